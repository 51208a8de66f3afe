"""fal's official Python client against the sandbox, unchanged but for where its queue is.

Usage: python fal_python.py BASE_URL round|again|refused

round: submit, status with logs, result and cancel; synchronous and asynchronous; by handle and by request id.
again: the sandbox spoils the first submit, and the client sends it again. refused: it fails, and the client gives up.
"""

import asyncio
import os
import sys

BASE = sys.argv[1].rstrip("/")
os.environ["FAL_KEY"] = "referee-id:referee-secret"
os.environ["FAL_QUEUE_RUN_HOST"] = BASE.removeprefix("http://")

import fal_client  # noqa: E402
from fal_client import client as internals  # noqa: E402

# The host comes from the environment; that the sandbox speaks plain http, the client's own constant has to say.
internals.QUEUE_URL_FORMAT = f"{BASE}/"

APPS = [
    "fal-ai/minimax/hailuo-2.3/pro/image-to-video",
    "fal-ai/minimax/hailuo-2.3/standard/image-to-video",
]
ORDER = {
    "prompt": "A lighthouse lamp turns while fog rolls in.",
    "image_url": "https://example.com/lighthouse.jpg",
}


SCENE = sys.argv[2]


def is_video(result):
    video = result["video"]
    assert video["url"].startswith("http://127.0.0.1:"), video
    assert video["content_type"] == "video/mp4", video


def blocking(app):
    handle = fal_client.submit(app, arguments=ORDER)
    states = list(handle.iter_events(with_logs=True, interval=0.01))
    names = [type(state).__name__ for state in states]
    assert names[0] == "Queued" and states[0].position >= 0, names
    assert "InProgress" in names and names[-1] == "Completed", names
    running = next(state for state in states if isinstance(state, fal_client.InProgress))
    assert running.logs and running.logs[0]["message"], running
    assert states[-1].error is None and states[-1].metrics["inference_time"] > 0, states[-1]
    is_video(handle.get())
    is_video(fal_client.result(app, handle.request_id))
    status = fal_client.status(app, handle.request_id, with_logs=False)
    assert isinstance(status, fal_client.Completed) and status.logs is None, status

    seen = []
    result = fal_client.subscribe(app, arguments=ORDER, with_logs=True, on_queue_update=seen.append)
    is_video(result)
    assert any(isinstance(update, fal_client.InProgress) and update.logs for update in seen), seen

    doomed = fal_client.submit(app, arguments=ORDER)
    fal_client.cancel(app, doomed.request_id)
    assert doomed.status().error, "a cancelled request is completed with an error"
    try:
        doomed.cancel()
    except fal_client.client.FalClientHTTPError as error:
        assert error.response.status_code == 400, error.response
    else:
        raise AssertionError("a second cancel is refused")


async def awaiting(app):
    client = fal_client.AsyncClient()
    handle = await client.submit(
        app, arguments=ORDER, webhook_url="https://example.com/hook", priority="low", start_timeout=60
    )
    names = [type(state).__name__ async for state in handle.iter_events(with_logs=True, interval=0.01)]
    assert names[-1] == "Completed", names
    is_video(await handle.get())
    is_video(await client.subscribe(app, arguments=ORDER, with_logs=True, on_queue_update=lambda update: None))
    doomed = await client.submit(app, arguments=ORDER)
    await doomed.cancel()
    assert (await client.status(app, doomed.request_id)).error, "a cancelled request is completed with an error"


def hasty(app):
    """A client that runs out of time asks for its request to be stopped, and names it."""
    try:
        # The executor's thread ends with the request: it polls until that is over.
        fal_client.subscribe(app, arguments=ORDER, interval=0.4, client_timeout=1.1)
    except fal_client.client.FalClientTimeoutError as error:
        assert fal_client.status(app, error.request_id).error, "it was cancelled"
    else:
        raise AssertionError("four polls take longer than that")


def refused(order, status):
    try:
        fal_client.submit(APPS[0], arguments=order)
    except fal_client.client.FalClientHTTPError as error:
        assert error.response.status_code == status, error.response
        assert "x-fal-request-id" in error.response_headers, error.response_headers
    else:
        raise AssertionError("the order is refused")


if SCENE == "round":
    for app in APPS:
        blocking(app)
        asyncio.run(awaiting(app))
    hasty(APPS[0])
    refused({"prompt": 7}, 422)
    try:
        fal_client.status(APPS[0], "00000000-0000-4000-8000-000000000000")
    except fal_client.client.FalClientHTTPError as error:
        assert error.response.json() == {"status": "NOT_FOUND"}, error.response.text
    else:
        raise AssertionError("nobody knows that request")
elif SCENE == "again":
    is_video(fal_client.submit(APPS[0], arguments=ORDER).get())
else:
    refused(ORDER, 500)
