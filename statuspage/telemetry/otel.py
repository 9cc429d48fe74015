"""OpenTelemetry export: every probe as an operation of a client of generative AI, under the names of the convention.

Names, units and buckets: semantic-conventions-genai of 2026 (`gen_ai.client.*`, status Development). Everything is set by the
standard `OTEL_*` environment variables; the libraries come with the extra `otel` and are imported only when they are used.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from statuspage.domain.sample import Sample
from statuspage.domain.spending import NEVER_SENT
from statuspage.domain.words import Fault, ProbeKind

if TYPE_CHECKING:
    pass

_SECONDS: Final = tuple(0.01 * 2**step for step in range(14))
_TOKENS: Final = tuple(4**step for step in range(14))
_ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")
_MS: Final = 1000.0
_SHUTDOWN_MS: Final = 2000


class Whom(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asked: the convention's name of the provider, the model's id, and where its API is."""

    provider: str
    model: str
    address: str
    port: int


def is_wanted(environ: Mapping[str, str]) -> bool:
    """Whether the environment names somebody to export to, and does not turn the export off."""
    off = environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    chosen = environ.get("OTEL_METRICS_EXPORTER", "otlp").strip().lower()
    return not off and chosen == "otlp" and any(environ.get(name, "").strip() for name in _ENDPOINTS)


class Export:
    """Counts probes and sends the sums at the interval of `OTEL_METRIC_EXPORT_INTERVAL`, from a thread of its own."""

    def __init__(self, version: str) -> None:
        """Raises ImportError where the extra `otel` is not installed."""
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
        from opentelemetry.sdk.resources import OTELResourceDetector, Resource

        ours = Resource({"service.name": "statuspage", "service.version": version})
        # What the environment says of the service comes before what we say.
        resource = ours.merge(OTELResourceDetector().detect())
        self._provider: Final[MeterProvider] = MeterProvider(
            metric_readers=[PeriodicExportingMetricReader(OTLPMetricExporter())], resource=resource, shutdown_on_exit=False
        )
        meter = self._provider.get_meter("statuspage", version)
        self._duration: Final = meter.create_histogram(
            "gen_ai.client.operation.duration",
            unit="s",
            description="GenAI operation duration.",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )
        self._first_chunk: Final = meter.create_histogram(
            "gen_ai.client.operation.time_to_first_chunk",
            unit="s",
            description="Time to receive the first chunk of a streamed answer.",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )
        self._tokens: Final = meter.create_histogram(
            "gen_ai.client.token.usage",
            unit="{token}",
            description="Number of input and output tokens used.",
            explicit_bucket_boundaries_advisory=_TOKENS,
        )

    def record(self, sample: Sample, whom: Whom) -> None:
        """Counts one probe; what was never sent is no operation, and of a suite of many requests only tokens are known."""
        if sample.class_name in NEVER_SENT or sample.probe not in (ProbeKind.CHAT, ProbeKind.TOOLS):
            return
        facts = attributes(sample, whom)
        timings = sample.timings_ms
        if sample.probe is ProbeKind.CHAT and timings.total is not None:
            self._duration.record(timings.total / _MS, facts)
        if sample.probe is ProbeKind.CHAT and timings.first_content is not None:
            self._first_chunk.record(timings.first_content / _MS, facts)
        for kind, count in (("input", sample.tokens.input), ("output", sample.tokens.output)):
            if count is not None:
                self._tokens.record(count, {**facts, "gen_ai.token.type": kind})

    def close(self) -> None:
        """Sends what is left; takes two seconds at most. It blocks: not for the event loop."""
        self._provider.shutdown(timeout_millis=_SHUTDOWN_MS)


def attributes(sample: Sample, whom: Whom) -> dict[str, Any]:
    """The convention's attributes: few values, all of them ours but the model that the vendor says it served."""
    facts: dict[str, Any] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": whom.provider,
        "gen_ai.request.model": whom.model,
        "server.address": whom.address,
        "server.port": whom.port,
    }
    if sample.served_model is not None:
        facts["gen_ai.response.model"] = sample.served_model
    if sample.fault is not Fault.NONE:
        facts["error.type"] = sample.class_name
    return facts
