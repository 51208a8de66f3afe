"""What openapi-python-client makes of a committed contract, against the sandbox: a video, a refusal and an unknown job,
each decoded by its types.

Usage: generated_python.py CONTRACT FOLDER URL SCENE, where FOLDER is for the client that is made."""

import importlib
import inspect
import json
import pathlib
import subprocess
import sys

contract, folder, url, _ = sys.argv[1:]
document = json.loads(pathlib.Path(contract).read_text())
name = pathlib.Path(contract).stem
generator = pathlib.Path(sys.executable).with_name("openapi-python-client")
out = pathlib.Path(folder, name)
made = subprocess.run(
    [generator, "generate", "--path", contract, "--meta", "none", "--output-path", out, "--overwrite"],
    capture_output=True,
    text=True,
)
assert made.returncode == 0, made.stdout + made.stderr
sys.path.insert(0, folder)
package = importlib.import_module(name)

auth = document["components"]["securitySchemes"]["key"]["x-auth"]
if auth["in"] == "body":
    client = package.Client(base_url=url)
else:
    client = package.AuthenticatedClient(
        base_url=url, token="a-key", prefix=auth["prefix"].strip(), auth_header_name=auth["name"]
    )
operations = {
    operation["operationId"]: operation for item in document["paths"].values() for operation in item.values()
}


def call(operation, job=None, **fields):
    """Calls an operation as its types want it: its status, the name of its answer's type, and the answer."""
    module = importlib.import_module(f"{name}.api.default.{operation}")
    arguments = {}
    body = inspect.signature(module.sync_detailed).parameters.get("body")
    if body is not None:
        if auth["in"] == "body":
            fields[auth["name"]] = "a-key"
        arguments["body"] = body.annotation.from_dict(fields)
    for parameter in operations[operation].get("parameters", []):
        if parameter.get("required"):
            arguments[parameter["name"]] = job
    answer = module.sync_detailed(client=client, **arguments)
    return answer.status_code.value, type(answer.parsed).__name__, answer.parsed.to_dict()


def order(operation):
    """The least that may be ordered, by the contract's own words."""
    schema = operations[operation]["requestBody"]["content"]["application/json"]["schema"]
    schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    wanted = {"prompt": "A fox turns its head."}
    for field in schema["required"]:
        of = schema["properties"][field]
        if "contentMediaType" in of:
            wanted[field] = "https://example.com/fox.jpg"
        elif "enum" in of:
            wanted[field] = of["enum"][0]
    return wanted


def number(answer):
    """The job's number, wherever it stands in an answer."""
    for key in ("request_id", "task_id", "id"):
        if key in answer:
            return str(answer[key])
    return number(answer["data"])


def is_under_way(answer):
    """Whether a job's state, wherever it stands in an answer, is that of one that is not over."""
    places = [answer, answer.get("data"), answer.get("task")]
    words = [place.get("status") for place in places if isinstance(place, dict)]
    return any(word in words for word in ("IN_QUEUE", "IN_PROGRESS", "processing", "TASK_STATUS_QUEUED", "TASK_STATUS_PROCESSING"))


for submit in [operation for operation in operations if operations[operation]["x-role"] == "submit"]:
    tier = submit.removeprefix("submit")
    status, _, answer = call(submit, **order(submit))
    assert status == 200, (submit, status, answer)
    job = number(answer)
    for _ in range(10):
        status, _, answer = call("status" + tier, job)
        if not is_under_way(answer):
            break
    if "result" + tier in operations:
        status, _, answer = call("result" + tier, job)
    assert status == 200 and ".mp4" in json.dumps(answer), (submit, status, answer)
    if "cancel" + tier in operations:
        status, kind, answer = call("cancel" + tier, job)
        assert status == 400 and kind in ("Cancellation", "Error"), (submit, status, kind, answer)
    status, kind, answer = call("status" + tier, "no-such-job")
    assert (status, kind) == (404, "Error"), (submit, status, kind, answer)
    status, kind, answer = call(submit, **{**order(submit), "prompt": 5})
    assert status in (400, 422) and kind in ("Error", "InputError"), (submit, status, kind, answer)
