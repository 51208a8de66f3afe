"""fal's official Python client against the sandbox, unchanged but for where its queue is.

Usage: python fal_python.py BASE_URL

Submit, status with logs, result and cancel; synchronous and asynchronous; by handle and by request id.
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
    assert states[-1].error is None, states[-1]
    is_video(handle.get())
    is_video(fal_client.result(app, handle.request_id))
    assert isinstance(fal_client.status(app, handle.request_id, with_logs=False), fal_client.Completed)

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
    handle = await client.submit(app, arguments=ORDER, webhook_url="https://example.com/hook")
    names = [type(state).__name__ async for state in handle.iter_events(with_logs=True, interval=0.01)]
    assert names[-1] == "Completed", names
    is_video(await handle.get())
    doomed = await client.submit(app, arguments=ORDER)
    await doomed.cancel()


def refused(app):
    try:
        fal_client.submit(app, arguments={"prompt": 7})
    except fal_client.client.FalClientHTTPError as error:
        assert error.response.status_code == 422, error.response
    else:
        raise AssertionError("an order without a picture is refused")


for app in APPS:
    blocking(app)
    asyncio.run(awaiting(app))
refused(APPS[0])
print("fal-client (Python): submit, status with logs, result and cancel done; jobs:", len(APPS) * 5)
