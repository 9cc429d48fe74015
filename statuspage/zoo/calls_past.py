"""What a program of the demo told of its own calls in the last day."""

import random
from collections.abc import Sequence
from typing import Final

from statuspage.domain.passive import OLDEST_MS, Call, Received, received
from statuspage.domain.sample import Tokens
from statuspage.zoo.fleet import DemoModel

PROGRAM: Final = "shop"
_CALLS: Final = {"moonshot/kimi-k3": 420, "moonshot/kimi-k2.6": 130}
_MET: Final = (("engine_overloaded", 429, 0.02), ("rate_limited", 429, 0.01), ("stream_reset", 200, 0.005))
"""What went wrong, with its status and share."""


def calls_past(models: Sequence[DemoModel], now_ms: int, seed: int) -> tuple[Received, ...]:
    """Calls as the product would have kept them."""
    luck = random.Random(f"{seed}/calls")
    return tuple(
        _call(model, number, luck, now_ms) for model in models if model.key in _CALLS for number in range(_CALLS[model.key])
    )


def _call(model: DemoModel, number: int, luck: random.Random, now_ms: int) -> Received:
    class_name, status = _outcome(luck.random())
    good = class_name == "ok"
    first_ms = luck.lognormvariate(6.7, 0.5)
    tokens = Tokens(input=luck.randint(300, 4000), output=luck.randint(50, 900)) if good else Tokens()
    call = Call(
        id=f"{model.key} {number}",
        model=model.key,
        age_ms=luck.randrange(OLDEST_MS - 3_600_000),
        class_name=class_name,
        http_status=status,
        first_content_ms=first_ms if good else None,
        total_ms=first_ms * luck.uniform(2, 8) if good else first_ms,
        tokens=tokens,
    )
    cost_usd = model.species.rate.of(tokens.input or 0, tokens.output or 0)
    return received(call, model.key, PROGRAM, cost_usd, now_ms, f"demo {call.id}")


def _outcome(drawn: float) -> tuple[str, int]:
    for class_name, status, share in _MET:
        if drawn < share:
            return class_name, status
        drawn -= share
    return "ok", 200
