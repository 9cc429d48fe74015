"""Values that the storage tests write and read."""

from statuspage.domain.histogram import Histogram
from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.ports import CheckRecord, WatchedModel
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample, Timings, Tokens
from statuspage.domain.state import ModelState
from statuspage.domain.words import Fault, Kind, Phase, ProbeKind, Retry, Status

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
NOW_MS = 1_795_000_000_123 // DAY_MS * DAY_MS + 13 * HOUR_MS
KEY = "moonshot/kimi-k3"
OTHER = "openrouter/moonshotai/kimi-k2.6"


def watched(*keys: str, interval_s: float = 300) -> list[WatchedModel]:
    return [WatchedModel(key=key, interval_s=interval_s) for key in keys or (KEY,)]


def good(at_ms: int = NOW_MS, model: str = KEY) -> Sample:
    return Sample(
        model=model,
        at_ms=at_ms,
        probe=ProbeKind.CHAT,
        class_name="ok",
        fault=Fault.NONE,
        http_status=200,
        phase=Phase.DONE,
        timings_ms=Timings(
            resolve=1.5, connect=20.1, tls=44.0, headers=600.7, first_event=630.2, first_content=640, total=1300, max_gap=35.0
        ),
        tokens=Tokens(input=9, output=1, reasoning=0),
        cost_usd=0.0000213,
        served_model="kimi-k3-preview",
        served_by="novita",
        request_id="chatcmpl-0001",
        thinking=True,
    )


def failed(at_ms: int = NOW_MS, model: str = KEY) -> Sample:
    return Sample(
        model=model,
        at_ms=at_ms,
        probe=ProbeKind.CHAT,
        class_name="engine_overloaded",
        fault=Fault.PROVIDER,
        kind=Kind.CONFIRM,
        retry=Retry.BACKOFF,
        retry_after_s=2.5,
        http_status=429,
        error_type="engine_overloaded_error",
        phase=Phase.HEADERS,
        message="Kimi K3 is overloaded.",
        advice="Try again later.",
        evidence='{"error": {"message": "The engine is currently overloaded – 繁忙"}}',
        timings_ms=Timings(resolve=1.5, total=80),
        request_id="req_0002",
        attempts=2,
        confident=False,
        tainted=True,
    )


def bucket(start_ms: int, judged: int = 12, **more: float) -> Bucket:
    first_content, total = Histogram(), Histogram()
    for step in range(judged):
        first_content.add(600 + step)
        total.add(1300 + step)
    return Bucket(
        start_ms=start_ms,
        judged=judged,
        failed=int(more.get("failed", 1)),
        slow=2,
        excluded=3,
        first_content_ms=first_content,
        total_ms=total,
        classes={"engine_overloaded": 1, "slow": 2},
        status_ms={Status.MAJOR_OUTAGE: 60_000, Status.NO_DATA: 1},
        cost_usd=more.get("cost_usd", 0.0021),
    )


def incident(number: int = 1, *, models: tuple[str, ...] = (KEY,), resolved_at_ms: int | None = None) -> Incident:
    update = IncidentUpdate(id=f"u{number}", status="investigating", body="It began.", at_ms=NOW_MS + number)
    return Incident(
        id=f"incident-{number}",
        title="Kimi K3 is overloaded",
        status="investigating" if resolved_at_ms is None else "resolved",
        impact="major",
        models=models,
        started_at_ms=NOW_MS + number,
        detected_at_ms=NOW_MS + number + 80_000,
        resolved_at_ms=resolved_at_ms,
        updates=(update,),
    )


def check(sample: Sample, state: ModelState | None = None, **more: object) -> CheckRecord:
    parts: dict[str, object] = {"hours": (), "days": (), "incidents": (), **more}
    return CheckRecord(sample=sample, state=state or ModelState(), **parts)  # type: ignore[arg-type]
