"""Whatever is played, the zoo itself stays well."""

import asyncio

import pytest

from statuspage.zoo.rows.registry import ALL
from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import Answered, chat, get


@pytest.mark.parametrize("prefix", ["moonshot", "openrouter", "anthropic"])
@pytest.mark.parametrize("stream", [True, False])
async def test_it_plays_every_row_and_goes_on_serving(zoo: Zoo, prefix: str, stream: bool) -> None:
    async def ask(label: str) -> Answered:
        wait = ";wait=1ms" if label in {"16", "17", "20", "57", "drip"} else ""
        return await chat(zoo, prefix, f"fault-{label}{wait}", stream=stream, timeout_s=0.6)

    playable = [row for row in ALL if row.play is not None]
    answered = await asyncio.gather(*(ask(row.label) for row in playable))
    assert all(each.status != 501 and (each.status or each.broken) for each in answered)
    assert (await get(zoo, prefix)).status in {200, 401, 404}
    assert (await get(zoo, prefix, "models", key="sk-another")).status == 200
