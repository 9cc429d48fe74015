"""A program with LiteLLM's Router, run by LiteLLM's Python: calls a group of deployments and prints who answered.

Its arguments: the page's address, the `model_list` as JSON, how many calls, the folder of msgspec.
"""

import asyncio
import json
import sys

page, model_list, calls, libraries = sys.argv[1:]
sys.path.append(libraries)

import litellm  # type: ignore[import-not-found]  # noqa: E402 - after the path

from statuspage.client.evidence import Evidence  # noqa: E402
from statuspage.client.litellm import attach, detach, keys_of  # noqa: E402


async def main() -> None:
    deployments = json.loads(model_list)
    router = litellm.Router(model_list=deployments, num_retries=1, retry_after=0)
    told = {}
    with Evidence(page, keys_of(deployments)) as evidence:
        evidence.refresh(10)
        callback = attach(evidence)
        told["with"] = await answers(router)
        detach(callback)
    told["without"] = await answers(router)
    print(json.dumps(told))


async def answers(router: "litellm.Router") -> list[str]:
    found = []
    for _ in range(int(calls)):
        try:
            reply = await router.acompletion(model="kimi", messages=[{"role": "user", "content": "Say ok."}])
            found.append(reply.model)
        except litellm.exceptions.APIError as error:
            found.append(type(error).__name__)
    return found


asyncio.run(main())
