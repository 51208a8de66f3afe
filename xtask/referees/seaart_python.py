"""SeaArt's official Python SDK against the sandbox, unchanged but for where the API is.

Usage: python seaart_python.py BASE_URL round: orders through the SDK's pass-through of a model's own API, which is what the
vendor's page describes; status, result and cancel; and an order that the page does not allow.
"""

import json
import sys

import seaart_sdk

MODEL = "/v1/queue/minimax_hailuo_23_i2v"
ORDER = {
    "first_frame_image": "https://example.com/lighthouse.jpg",
    "prompt": "A lighthouse lamp turns while fog rolls in.",
    "duration": 6,
    "resolution": "768P",
}

client = seaart_sdk.Client(seaart_sdk.ClientConfig(api_key="referee", model_base_url=sys.argv[1], project="referee"))


def said(answer, status):
    assert answer.status_code == status, answer
    return json.loads(answer.body)


def order(**changes):
    return said(client.passthrough.post(MODEL, {**ORDER, **changes}), 200)["request_id"]


for changes in [{}, {"duration": 10}, {"resolution": "1080P"}, {"prompt_optimizer": False}]:
    request = f"{MODEL}/requests/{order(**changes)}"
    waiting = said(client.passthrough.get(f"{request}/response"), 202)
    assert waiting["status"] == "IN_QUEUE", waiting
    words = []
    while "COMPLETED" not in words:
        words.append(said(client.passthrough.get(f"{request}/status"), 200)["status"])
        assert len(words) < 20, words
    assert "IN_PROGRESS" in words, words
    [video] = said(client.passthrough.get(f"{request}/response"), 200)["outputs"]
    assert video["url"].startswith("http://127.0.0.1:") and video["content_type"] == "video/mp4", video
    assert (video["duration"], video["height"]) == (
        changes.get("duration", 6),
        1080 if changes.get("resolution") == "1080P" else 768,
    ), video

request = f"{MODEL}/requests/{order()}"
said(client.passthrough.put(f"{request}/cancel"), 202)
said(client.passthrough.put(f"{request}/cancel"), 400)
after = said(client.passthrough.get(f"{request}/status"), 200)
assert (after["status"], after["error_type"]) == ("COMPLETED", "CANCELED"), after

wrong = said(client.passthrough.post(MODEL, {"prompt": 7}), 400)
assert wrong["data"] is None and "first_frame_image" in wrong["status"]["message"], wrong
