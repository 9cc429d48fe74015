"""Single probes of the demo's past: what they met, how long they took, what they cost."""

import math
import random
import zlib
from typing import Final

import msgspec

from statuspage.domain.classes import judge
from statuspage.domain.sample import Sample, Timings, Tokens
from statuspage.domain.words import Fault, Judgement, Kind, Phase, ProbeKind
from statuspage.zoo.fleet import DemoModel
from statuspage.zoo.past import Past, load
from statuspage.zoo.species import Thinking

_INPUT_TOKENS: Final = 14
_OUTPUT_TOKENS: Final = 16
_SPREAD: Final = 0.3
_SLOW_FACTOR: Final = 9.0
_STATUSES: Final = {
    "engine_overloaded": 429, "server_error": 500, "bad_gateway": 502, "gateway_timeout": 504, "maintenance": 503,
    "quota_exhausted": 429, "model_retired": 404,
}  # fmt: skip
_NO_ANSWER: Final = frozenset({"connection_reset"})
_TIMED_OUT: Final = frozenset({"first_event_timeout"})


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one probe met; latencies in milliseconds, None when nothing good came."""

    class_name: str
    fault: Fault
    judgement: Judgement
    first_content_ms: float | None = None
    total_ms: float | None = None


def offset_ms(model: DemoModel, interval_s: float) -> int:
    """When in its interval a model is asked: fixed by its key."""
    return zlib.crc32(model.key.encode()) % round(interval_s * 1000)


def base_error(busy: float) -> float:
    """The share of stray failures at that load."""
    return 0.0006 + 0.0018 * busy


def cost_usd(model: DemoModel) -> float:
    """What one probe costs."""
    return model.species.rate.of(_INPUT_TOKENS, _OUTPUT_TOKENS)


def draw_latency_ms(model: DemoModel, busy: float, luck: random.Random, factor: float = 1.0) -> tuple[float, float]:
    """Time to first content and total time of a good answer."""
    median_ms = model.species.first_content_s * 1000 * (0.85 + 0.5 * busy) * factor
    first_ms = median_ms * math.exp(luck.gauss(0, _SPREAD))
    return first_ms, first_ms + _OUTPUT_TOKENS / model.species.tokens_per_s * 1000 * luck.uniform(0.8, 1.3)


def outcome(life: Past, at_ms: int, luck: random.Random) -> Outcome:
    """What a probe at that moment met."""
    busy = load(at_ms)
    trouble = life.trouble_at(at_ms)
    if trouble is not None and luck.random() < trouble.rate:
        if trouble.class_name == "slow":
            return _good(life.model, busy, luck, "slow", _SLOW_FACTOR)
        return Outcome(class_name=trouble.class_name, fault=trouble.fault, judgement=judge(trouble.class_name, trouble.fault))
    if trouble is None and luck.random() < base_error(busy):
        return Outcome(class_name="server_error", fault=Fault.PROVIDER, judgement=Judgement.FAILED)
    return _good(life.model, busy, luck)


def sample_of(model: DemoModel, met: Outcome, at_ms: int, kind: Kind, luck: random.Random) -> Sample:
    """The same as the product would have recorded it."""
    good = met.first_content_ms is not None
    thinking = model.species.thinking is Thinking.ALWAYS
    took_ms = met.total_ms if met.total_ms is not None else 5_000.0 if met.class_name in _TIMED_OUT else luck.uniform(40, 400)
    answered = met.class_name not in _NO_ANSWER
    return Sample(
        model=model.key,
        at_ms=at_ms,
        probe=ProbeKind.CHAT,
        class_name="reasoning_only" if met.class_name == "ok" and thinking else met.class_name,
        fault=met.fault,
        kind=kind,
        http_status=200 if good else _STATUSES.get(met.class_name, 200 if answered else None),
        phase=Phase.DONE if good else Phase.HEADERS,
        timings_ms=Timings(
            resolve=round(luck.uniform(0.5, 4), 1),
            connect=round(luck.uniform(5, 30), 1),
            tls=round(luck.uniform(31, 80), 1),
            headers=round(took_ms * 0.3, 1) if answered else None,
            first_event=round(met.first_content_ms * 0.98, 1) if met.first_content_ms is not None else None,
            first_content=round(met.first_content_ms, 1) if met.first_content_ms is not None else None,
            total=round(took_ms, 1),
            max_gap=round(took_ms * 0.2, 1) if good else None,
        ),
        tokens=Tokens(input=_INPUT_TOKENS, output=_OUTPUT_TOKENS, reasoning=_OUTPUT_TOKENS if thinking else None)
        if good
        else Tokens(),
        cost_usd=cost_usd(model) if good else None,
        served_model=model.species.id if good else None,
        request_id=f"zoo-{zlib.crc32(f'{model.key}{at_ms}'.encode()):08x}" if answered else None,
        thinking=thinking and good,
    )


def _good(model: DemoModel, busy: float, luck: random.Random, class_name: str = "ok", factor: float = 1.0) -> Outcome:
    first_ms, total_ms = draw_latency_ms(model, busy, luck, factor)
    judgement = Judgement.SLOW if class_name == "slow" else Judgement.OK
    return Outcome(class_name=class_name, fault=Fault.NONE, judgement=judgement, first_content_ms=first_ms, total_ms=total_ms)
