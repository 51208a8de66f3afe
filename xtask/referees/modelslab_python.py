"""ModelsLab's official Python SDK against the sandbox, unchanged but for where the API is.

Usage: python modelslab_python.py BASE_URL round: submits by the SDK's own method for this model, fetches until it is done,
and two orders that the vendor's page does not allow.
"""

import sys

from modelslab_py.core.client import Client
from modelslab_py.providers.minimax.api import MinimaxProvider
from modelslab_py.providers.minimax.schemas import Hailuo23I2VSchema

BASE = sys.argv[1].rstrip("/").removesuffix("v7")
ORDER = {"init_image": "https://example.com/lighthouse.jpg", "prompt": "A lighthouse lamp turns while fog rolls in."}

client = Client(api_key="referee", fetch_timeout=0)
client.base_url = BASE
videos = MinimaxProvider(client=client)
# The SDK knows how to fetch, and for this provider not where; the page's answer says it.
videos.base_url = f"{BASE}v7/video-fusion/"

for duration in ["6", "10"]:
    accepted = videos.hailuo_23_i2v(Hailuo23I2VSchema(**ORDER, duration=duration))
    assert accepted["status"] == "processing", accepted
    assert accepted["fetch_result"] == f"{videos.base_url}fetch/{accepted['id']}", accepted
    done = videos.fetch(str(accepted["id"]))
    assert done["status"] == "success" and done["output"][0].startswith("http://127.0.0.1:"), done

# The SDK's own description says `6s`, and that the duration may be left out; the page says neither.
for wrong in [{"duration": "6s"}, {}]:
    try:
        videos.hailuo_23_i2v(Hailuo23I2VSchema(**ORDER, **wrong))
    except Exception as error:  # The SDK has no type of its own.
        assert "status code 400" in str(error) and "duration" in str(error), error
    else:
        raise AssertionError(f"the order is refused: {wrong}")
