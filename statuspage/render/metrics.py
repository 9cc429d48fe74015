"""The page as Prometheus metrics: the same views as every other surface, base units, bounded labels.

What is not known has no series: an absent figure is no zero.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from statuspage.domain.sample import Sample
from statuspage.domain.tally import Tally
from statuspage.domain.view import ModelView, PageView
from statuspage.domain.words import Judgement, Level, Status

if TYPE_CHECKING:
    from prometheus_client.core import Metric

_MODEL: Final = ("provider", "model")
_MS: Final = 1000.0
_WORKS: Final = (Status.OPERATIONAL, Status.DEGRADED_PERFORMANCE)
_BROKEN: Final = (Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE)


def page_metrics(
    page: PageView,
    tally: Tally,
    waiting: Mapping[str, int],
    shares: Mapping[str, float] = MappingProxyType({}),
    *,
    reloaded: bool = True,
) -> "Iterator[Metric]":
    """Every metric of `/metrics`.

    `waiting` are messages that wait, by channel, `shares` are of users, by flag; `reloaded` is whether the newest
    configuration is in effect.
    """
    yield _gauge("build_info", "Which version runs.", ("version",), [((page.site.version,), 1)])
    yield _gauge("page_status", "1 for the status of the page.", ("status",), _one_hot((), page.status))
    yield _gauge("config_last_reload_successful", "1 while the newest configuration is in effect.", (), [((), int(reloaded))])
    open_count = sum(incident.resolved_at_ms is None for incident in page.archive)
    yield _gauge("incidents_open", "Incidents that are open.", (), [((), open_count)])
    going_on = sum(each.status == "in_progress" for each in page.maintenances)
    yield _gauge("maintenances_in_progress", "Maintenances under way.", (), [((), going_on)])
    yield from _model_metrics(page.models)
    yield from _tallied(page.models, tally)
    yield _gauge("messages_waiting", "Messages that wait at a channel.", ("channel",), [((k,), v) for k, v in waiting.items()])
    yield _gauge("flag_ratio", "Share of users who are given true by a flag.", ("flag",), [((k,), v) for k, v in shares.items()])


def _model_metrics(models: Sequence[ModelView]) -> "Iterator[Metric]":
    yield _gauge(
        "component_status",
        "1 for the status of a model.",
        (*_MODEL, "status"),
        [point for model in models for point in _one_hot(_names(model), model.status)],
    )
    yield _gauge(
        "up",
        "1 while a model answers, 0 in an outage; absent while that is not known.",
        _MODEL,
        [(_names(model), int(model.status in _WORKS)) for model in models if model.status in (*_WORKS, *_BROKEN)],
    )
    windows = [(model, window, view) for model in models for window, view in model.uptime.items()]
    yield _gauge(
        "uptime_ratio",
        "Successful among judged scheduled probes of a window.",
        (*_MODEL, "window"),
        [((*_names(model), window), view.ratio) for model, window, view in windows],
    )
    yield _gauge(
        "uptime_coverage_ratio",
        "Judged among due scheduled probes of a window.",
        (*_MODEL, "window"),
        [((*_names(model), window), view.coverage) for model, window, view in windows],
    )
    latencies = [(model, model.latency) for model in models if model.latency is not None]
    yield _gauge(
        "first_content_seconds",
        "Time to first content over the last 24 hours.",
        (*_MODEL, "percentile"),
        [((*_names(model), "p50"), _seconds(view.first_content_p50)) for model, view in latencies]
        + [((*_names(model), "p95"), _seconds(view.first_content_p95)) for model, view in latencies],
    )
    yield _gauge(
        "answer_seconds",
        "Time to the end of an answer over the last 24 hours.",
        (*_MODEL, "percentile"),
        [((*_names(model), "p50"), _seconds(view.total_p50)) for model, view in latencies],
    )
    yield _gauge(
        "tools_low_ratio",
        "Lower bound (95 %) of tool calls that were right, over seven days.",
        _MODEL,
        [(_names(model), None if model.tools is None else model.tools.low) for model in models],
    )
    yield _gauge(
        "probe_last_timestamp_seconds",
        "When a model was last judged.",
        _MODEL,
        [(_names(model), _seconds(model.checked_at_ms)) for model in models],
    )
    yield _gauge(
        "max_stale_seconds",
        "Age from which on a model's last result says nothing.",
        _MODEL,
        [(_names(model), model.max_stale_seconds) for model in models],
    )
    priced = [(model, model.price) for model in models if model.price is not None]
    yield _gauge(
        "price_usd_per_million_tokens",
        "Price of a model.",
        (*_MODEL, "direction"),
        [((*_names(model), "input"), price.input) for model, price in priced]
        + [((*_names(model), "output"), price.output) for model, price in priced],
    )


def _tallied(models: Sequence[ModelView], tally: Tally) -> "Iterator[Metric]":
    names = {model.key: _names(model) for model in models}
    yield _counter(
        "probes",
        "Probes since the start, by what they ended in.",
        (*_MODEL, "kind", "class"),
        [((*names[key], kind, class_name), count) for (key, kind, class_name), count in tally.probes.items() if key in names],
    )
    yield _counter(
        "probe_tokens",
        "Tokens that probes used since the start.",
        (*_MODEL, "direction"),
        [((*names[key], direction), count) for (key, direction), count in tally.tokens.items() if key in names],
    )
    yield _counter(
        "probe_cost_usd",
        "What probes cost since the start, as far as prices are known.",
        _MODEL,
        [(names[key], cost) for key, cost in tally.cost_usd.items() if key in names],
    )


def probe_metrics(model: ModelView, now_ms: int) -> "Iterator[Metric]":
    """A model's newest probe under blackbox_exporter's names; nothing is asked for it.

    `probe_success` is absent while nobody knows: after a fault of our own, and once the result is stale.
    """
    if not model.evidence:
        return
    sample = model.evidence[0]
    timings = sample.timings_ms
    known = model.status.level is not Level.GREY and sample.judgement is not Judgement.EXCLUDED
    success = int(sample.judgement is not Judgement.FAILED) if known else None
    yield _plain("probe_success", "Whether the newest probe succeeded; absent while that is not known.", success)
    yield _plain("probe_duration_seconds", "How long the probe took.", _seconds(timings.total))
    yield _plain("probe_dns_lookup_time_seconds", "How long resolving the name took.", _seconds(timings.resolve))
    yield _plain("probe_http_status_code", "The HTTP status.", sample.http_status)
    yield _plain("probe_http_ssl", "Whether it was encrypted.", None if timings.connect is None else int(timings.tls is not None))
    yield _family(
        "probe_http_duration_seconds", "How long each phase took.", ("phase",), [((name,), s) for name, s in _phases(sample)]
    )
    yield _plain("probe_first_content_seconds", "Time to first content.", _seconds(timings.first_content))
    yield _plain("probe_age_seconds", "How old the result is.", max(0.0, (now_ms - sample.at_ms) / _MS))


def exposed(families: "Iterable[Metric]", accept: str, *, process: bool = False) -> tuple[bytes, bytes]:
    """The metrics in the format that the reader accepts, and its media type; with `process` also this process's own."""
    from prometheus_client import CollectorRegistry, ProcessCollector
    from prometheus_client.exposition import choose_encoder
    from prometheus_client.registry import Collector

    made = list(families)

    class Made(Collector):
        def collect(self) -> "Iterable[Metric]":
            return made

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Made())
    if process:
        ProcessCollector(registry=registry)
    encoder, media_type = choose_encoder(accept)
    return encoder(registry), media_type.encode()


Labels = tuple[str, ...]
Point = tuple[Labels, float | None]


def _gauge(name: str, says: str, labels: Labels, points: Iterable[Point]) -> "Metric":
    return _family(f"statuspage_{name}", says, labels, points)


def _counter(name: str, says: str, labels: Labels, points: Iterable[Point]) -> "Metric":
    from prometheus_client.core import CounterMetricFamily

    family = CounterMetricFamily(f"statuspage_{name}", says, labels=labels)
    for values, figure in points:
        if figure is not None:
            family.add_metric(values, figure)
    return family


def _plain(name: str, says: str, figure: float | None) -> "Metric":
    return _family(name, says, (), [((), figure)])


def _family(name: str, says: str, labels: Labels, points: Iterable[Point]) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(name, says, labels=labels)
    for values, figure in points:
        if figure is not None:
            family.add_metric(values, figure)
    return family


def _one_hot(labels: Labels, status: Status) -> list[Point]:
    return [((*labels, each.value), int(each is status)) for each in Status]


def _names(model: ModelView) -> Labels:
    return model.provider, model.key


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / _MS


def _phases(sample: Sample) -> Iterator[tuple[str, float]]:
    """Lengths of the phases that were reached, seconds."""
    timings = sample.timings_ms
    moments = {"resolve": timings.resolve, "connect": timings.connect, "tls": timings.tls}
    last = 0.0
    for name, moment in moments.items():
        if moment is not None:
            yield name, (moment - last) / _MS
            last = moment
    if timings.headers is not None:
        yield "processing", (timings.headers - last) / _MS
        if timings.total is not None:
            yield "transfer", (timings.total - timings.headers) / _MS
