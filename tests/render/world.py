"""A believable page for tests, previews and benchmarks: n models at several vendors, 90 days, faults of every colour."""

import math
import random
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.method import Method, Profile
from statuspage.domain.model import slug_of
from statuspage.domain.sample import Sample, Timings, Tokens
from statuspage.domain.view import (
    DayMinutes,
    DayView,
    LatencyPoint,
    LatencyView,
    ModelView,
    OutcomePoint,
    PageView,
    PriceView,
    SiteView,
    UptimeView,
)
from statuspage.domain.words import Fault, Kind, Phase, ProbeKind, Status, page_status

NOW_MS: Final = int(datetime(2026, 11, 20, 10, 0, tzinfo=UTC).timestamp() * 1000)
_MINUTE_MS: Final = 60_000
_HOUR_MS: Final = 60 * _MINUTE_MS
_URL: Final = "https://status.example"

_CATALOGUE: Final = (
    ("moonshot", "kimi-k3", "Kimi K3", 3.0, 15.0),
    ("moonshot", "kimi-k2.6", "Kimi K2.6", 0.95, 4.0),
    ("moonshot", "kimi-k2-thinking", "Kimi K2 Thinking", 0.6, 2.5),
    ("moonshot", "kimi-latest", "Kimi Latest", 2.0, 5.0),
    ("openrouter", "moonshotai/kimi-k2.6", "Kimi K2.6 via OpenRouter", 0.75, 3.5),
    ("openrouter", "moonshotai/kimi-k3", "Kimi K3 via OpenRouter", 3.0, 15.0),
    ("openrouter", "z-ai/glm-5", "GLM 5", 0.6, 2.2),
    ("openrouter", "qwen/qwen3-max", "Qwen3 Max", 1.2, 6.0),
    ("together", "moonshotai/Kimi-K2.6", "Kimi K2.6 on Together", 1.0, 3.0),
    ("together", "meta-llama/Llama-4-Maverick", "Llama 4 Maverick", 0.27, 0.85),
    ("groq", "moonshotai/kimi-k2-instruct", "Kimi K2 on Groq", 1.0, 3.0),
    ("groq", "llama-3.3-70b-versatile", "Llama 3.3 70B", 0.59, 0.79),
    ("deepseek", "deepseek-chat", "DeepSeek V4", 0.28, 0.42),
    ("deepseek", "deepseek-reasoner", "DeepSeek V4 Reasoner", 0.28, 0.42),
    ("anthropic", "claude-opus-5", "Claude Opus 5", 5.0, 25.0),
    ("anthropic", "claude-haiku-5", "Claude Haiku 5", 1.0, 5.0),
    ("openai", "gpt-6", "GPT-6", 1.75, 14.0),
    ("openai", "gpt-6-mini", "GPT-6 mini", 0.25, 2.0),
    ("fireworks", "accounts/fireworks/models/kimi-k2p6", "Kimi K2.6 on Fireworks", 0.95, 4.0),
    ("fireworks", "accounts/fireworks/models/glm-5", "GLM 5 on Fireworks", 1.0, 3.2),
)

_TROUBLES: Final[dict[int, tuple[Status, str, str, str, Fault | None]]] = {
    0: (Status.MAJOR_OUTAGE, "engine_overloaded", "Overloaded", "{} is overloaded: 4 of the last 5 requests were refused",
        Fault.PROVIDER),
    6: (Status.DEGRADED_PERFORMANCE, "slow", "Slow", "{} answers slowly: first words took 6.2 s, usually 0.7 s", Fault.NONE),
    9: (Status.PARTIAL_OUTAGE, "server_error", "Server errors", "{} answers with server errors: 4 of the last 12 requests failed",
        Fault.PROVIDER),
    11: (Status.UNDER_MAINTENANCE, "maintenance", "Maintenance", "{} is under maintenance", Fault.PROVIDER),
    13: (Status.NO_DATA, "quota_exhausted", "Our quota is used up", "{} is not measured: our quota is used up", Fault.ACCOUNT),
    17: (Status.RETIRED, "model_retired", "Retired", "{} has been retired by its vendor", Fault.PROVIDER),
}  # fmt: skip


def page(count: int = 20, *, seed: int = 7, sentence: str | None = None, well: bool = False, days: int = 90) -> PageView:
    """A page of `count` models at `NOW_MS`; with `well` nothing is wrong."""
    models = tuple(model(index, seed=seed, well=well, days=days) for index in range(count))
    incidents = () if well else tuple(_incidents([one.key for one in models]))
    if sentence is None:
        sentence = f"All {count} models work." if well else "Kimi K3 is overloaded; 3 other models have trouble."
    return PageView(
        site=SiteView(title="Kimi model status", url=_URL, version="0.1.0"),
        status=page_status([one.status for one in models]),
        generated_at_ms=NOW_MS,
        poll_after_seconds=15,
        max_stale_seconds=660,
        models=models,
        incidents=incidents,
        archive=incidents,
        provider_names={"moonshot": "Moonshot", "openrouter": "OpenRouter", "together": "Together", "groq": "Groq",
                        "deepseek": "DeepSeek", "anthropic": "Anthropic", "openai": "OpenAI", "fireworks": "Fireworks"},
        sentence=sentence,
        method=Method(profiles=_profiles([one.key for one in models]), canaries=2),
    )  # fmt: skip


def _profiles(keys: list[str]) -> tuple[Profile, ...]:
    usual = Profile(
        probes=(ProbeKind.CHAT,), interval_s=300, timeout_s=30, max_output_tokens=16, confirm_probes=4, confirm_spacing_s=20,
        max_stale_s=660, models=tuple(keys[1:]),
    )  # fmt: skip
    seldom = msgspec.structs.replace(usual, probes=(ProbeKind.CHAT, ProbeKind.TOOLS), interval_s=900, models=tuple(keys[:1]))
    return tuple(profile for profile in (seldom, usual) if profile.models)


def model(index: int = 1, *, seed: int = 7, well: bool = False, days: int = 90) -> ModelView:
    """The model with this place in the catalogue; beyond its end names get a number."""
    dice = random.Random(seed * 1000 + index)
    provider, model_id, name, price_in, price_out = _CATALOGUE[index % len(_CATALOGUE)]
    if index >= len(_CATALOGUE):
        model_id, name = f"{model_id}-{index}", f"{name} #{index}"
    key = f"{provider}/{model_id}"
    calm = (Status.OPERATIONAL, "ok", "Operational", "{} works: the last 12 requests succeeded", Fault.NONE)
    status, class_name, label, reason, fault = calm if well else _TROUBLES.get(index, calm)
    typical = int(dice.lognormvariate(math.log(700), 0.5))
    retired = status is Status.RETIRED
    hours = () if status in (Status.NO_DATA, Status.RETIRED) else _hours(dice, typical, slow=class_name == "slow")
    return ModelView(
        key=key,
        slug=slug_of(key),
        name=name,
        provider=provider,
        url=f"{_URL}/models/{slug_of(key)}",
        status=status,
        label=label,
        reason=reason.format(name),
        class_name=class_name,
        fault=fault,
        since_ms=NOW_MS - (12 * _MINUTE_MS if status.level in ("red", "yellow") else 31 * _HOUR_MS),
        checked_at_ms=NOW_MS - (index % 7) * 40_000 - 12_000,
        max_stale_seconds=660,
        interval_seconds=300,
        uptime={
            "24h": UptimeView(ratio=0.9861, low=0.9648, high=0.9945, samples=288, coverage=1.0),
            "7d": UptimeView(ratio=0.9915, low=0.9862, high=0.9948, samples=2016, coverage=0.9991),
            "30d": UptimeView(ratio=0.9951, low=0.9932, high=0.9964, samples=8630, coverage=0.9989),
            "90d": UptimeView(
                ratio=round(1 - dice.random() ** 3 * 0.02, 4), low=0.9924, high=0.9952, samples=25650,
                coverage=round(1 - dice.random() ** 4 * 0.06, 4),
            ),
        },
        latency=LatencyView(first_content_p50=typical, first_content_p95=typical * 3, total_p50=typical * 2) if hours else None,
        price=None if index % 11 == 3 else PriceView(input=price_in, output=price_out),
        use_instead="moonshot/kimi-k2.6" if status.level == "red" or retired else None,
        retires_on="2026-12-31" if index == 3 else None,
        days=_days(dice, days, status),
        hours=hours,
        outcomes=_outcomes(hours, class_name),
        evidence=_evidence(key, class_name, fault or Fault.NONE, typical),
        decided_by="4 of 5 requests in one burst failed (red from 3 of 5 on)" if status is Status.MAJOR_OUTAGE
        else "0 of the last 12 requests failed (yellow from 3 of 12, red from 8 of 12 on)",
        first_seen_ms=NOW_MS - 200 * 24 * _HOUR_MS,
    )  # fmt: skip


def _days(dice: random.Random, count: int, status: Status) -> tuple[DayView, ...]:
    today = datetime.fromtimestamp(NOW_MS / 1000, tz=UTC).date()
    found: list[DayView] = []
    for back in range(count - 1, -1, -1):
        day = (today - timedelta(days=back)).isoformat()
        judged = 288 if back else 120
        if (status is Status.RETIRED and back < 20) or back == 41:
            found.append(DayView(date=day, ratio=None, judged=0, failed=0, excluded=288, minutes=DayMinutes(no_data=1440)))
            continue
        failed = sum(dice.random() < 0.004 for _ in range(judged))
        minutes = DayMinutes()
        incidents: tuple[str, ...] = ()
        luck = dice.random()
        if luck < 0.012 or (back == 0 and status is Status.MAJOR_OUTAGE):
            lost = dice.choice((12, 45, 190, 600))
            failed += min(lost // 5, judged - failed)
            minutes, incidents = DayMinutes(major_outage=lost), (f"inc-{day}",)
        elif luck < 0.035:
            lost = dice.choice((20, 75, 240))
            failed += min(lost // 15, judged - failed)
            minutes, incidents = DayMinutes(partial_outage=lost, degraded_performance=lost // 2), (f"inc-{day}",)
        elif luck < 0.045:
            minutes = DayMinutes(no_data=dice.choice((60, 300, 700)))
            judged = 288 - minutes.no_data // 5
        elif luck < 0.05:
            minutes = DayMinutes(under_maintenance=180)
        found.append(
            DayView(date=day, ratio=math.floor((1 - failed / judged) * 10_000) / 10_000, judged=judged, failed=failed,
                    excluded=0, minutes=minutes, incidents=incidents)
        )  # fmt: skip
    return tuple(found)


def _hours(dice: random.Random, typical: int, *, slow: bool) -> tuple[LatencyPoint, ...]:
    start_ms = NOW_MS - 23 * _HOUR_MS
    points = []
    for hour in range(24):
        p50 = int(typical * dice.lognormvariate(0, 0.12) * (1 + 0.25 * math.sin(hour / 24 * 2 * math.pi)))
        if slow and hour > 21:
            p50 *= 6
        p95 = int(p50 * dice.uniform(1.6, 3.2))
        gap = hour == 9 and typical % 3 == 0
        points.append(
            LatencyPoint(
                at_ms=start_ms + hour * _HOUR_MS,
                first_content_p50=None if gap else p50,
                first_content_p95=None if gap else p95,
                total_p50=None if gap else p50 * 2,
                total_p95=None if gap else p95 * 2,
            )
        )
    return tuple(points)


def _outcomes(hours: tuple[LatencyPoint, ...], class_name: str) -> tuple[OutcomePoint, ...]:
    bad = {} if class_name == "ok" else {class_name: 4, "gateway_timeout": 1, "slow": 2}
    return tuple(
        OutcomePoint(at_ms=point.at_ms, judged=12, classes=bad if place == len(hours) - 1 else {})
        for place, point in enumerate(hours)
    )


def _evidence(key: str, class_name: str, fault: Fault, typical: int) -> tuple[Sample, ...]:
    found = []
    for back in range(12):
        bad = class_name not in ("ok", "slow") and back < 4 and back != 2
        at_ms = NOW_MS - 12_000 - back * (20_000 if bad else 300_000)
        found.append(
            Sample(
                model=key, at_ms=at_ms, probe=ProbeKind.CHAT, class_name=class_name, fault=fault,
                kind=Kind.CONFIRM if back else Kind.SCHEDULED,
                http_status=429, error_type="engine_overloaded_error", phase=Phase.HEADERS,
                message="The vendor says it is overloaded.",
                evidence='{"error":{"message":"The engine is currently overloaded, please try again later",'
                '"type":"engine_overloaded_error"}}',
                timings_ms=Timings(resolve=3.1, connect=18.4, tls=41.0, headers=233.0, total=234.0),
                request_id=f"chatcmpl-{back:04x}e1c",
            )
            if bad
            else Sample(
                model=key, at_ms=at_ms, probe=ProbeKind.CHAT, class_name="ok", fault=Fault.NONE,
                http_status=200, phase=Phase.DONE,
                timings_ms=Timings(resolve=2.8, connect=17.9, tls=39.5, headers=210.0, first_event=typical * 0.9,
                                   first_content=float(typical), total=typical * 2.0, max_gap=typical * 0.4),
                tokens=Tokens(input=14, output=2), served_model=key.split("/", 1)[1], request_id=f"chatcmpl-{back:04x}a9d",
            )
        )  # fmt: skip
    return tuple(found)


def _incidents(keys: list[str]) -> list[Incident]:
    if not keys:
        return []
    opened = Incident(
        id="i-7f3a", title="Kimi K3: overloaded", status="investigating", impact="critical", models=(keys[0],),
        started_at_ms=NOW_MS - 12 * _MINUTE_MS, detected_at_ms=NOW_MS - 10 * _MINUTE_MS,
        updates=(IncidentUpdate(id="u-2", status="investigating", body="4 of the last 5 requests were refused.",
                                at_ms=NOW_MS - 10 * _MINUTE_MS),),
    )  # fmt: skip
    resolved = Incident(
        id="i-6e21", title="Kimi K2.6: server errors", status="resolved", impact="major", models=(keys[-1],),
        started_at_ms=NOW_MS - 30 * _HOUR_MS, detected_at_ms=NOW_MS - 30 * _HOUR_MS + 4 * _MINUTE_MS,
        resolved_at_ms=NOW_MS - 29 * _HOUR_MS,
        updates=(IncidentUpdate(id="u-1", status="resolved", body="The model works again after 56 minutes.",
                                at_ms=NOW_MS - 29 * _HOUR_MS),),
    )  # fmt: skip
    return [opened, resolved]
