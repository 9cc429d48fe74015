"""OpenTelemetry over a real wire: a sink that speaks OTLP/HTTP, and what it was told."""

from collections.abc import Iterator

import msgspec
import pytest

from statuspage.domain.sample import Sample, Timings, Tokens
from statuspage.domain.words import Fault, ProbeKind
from statuspage.telemetry.otel import Export, Whom, attributes, is_wanted
from tests.telemetry.sink import Sink, labels

WHOM = Whom(provider="moonshot_ai", model="kimi-k3", address="api.moonshot.ai", port=443)
GOOD = Sample(
    model="moonshot/kimi-k3", at_ms=1, probe=ProbeKind.CHAT, class_name="ok", fault=Fault.NONE, http_status=200,
    timings_ms=Timings(first_content=640, total=1300), tokens=Tokens(input=15, output=16), served_model="kimi-k3-0711",
)  # fmt: skip


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    opened = Sink()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", opened.url)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-key=abc")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
    yield opened
    opened.close()


def test_probes_arrive_under_the_names_of_the_convention(sink: Sink) -> None:
    export = Export("0.1.0")
    export.record(GOOD, WHOM)
    export.record(GOOD, WHOM)
    failed = msgspec.structs.replace(
        GOOD,
        class_name="engine_overloaded",
        fault=Fault.PROVIDER,
        timings_ms=Timings(total=80),
        tokens=Tokens(),
        served_model=None,
    )
    export.record(failed, WHOM)
    export.record(msgspec.structs.replace(GOOD, class_name="budget_exhausted", fault=Fault.MONITOR), WHOM)
    export.close()
    assert (sink.paths[0], sink.keys[0]) == ("/v1/metrics", "abc")
    durations = {labels(point).get("error.type"): point for point in sink.points("gen_ai.client.operation.duration")}
    assert set(durations) == {None, "engine_overloaded"}
    assert durations[None].count == 2
    assert durations[None].sum == pytest.approx(2.6)
    assert list(durations[None].explicit_bounds)[:3] == [0.01, 0.02, 0.04]
    assert len(durations[None].explicit_bounds) == 14
    assert labels(durations[None]) == {
        "gen_ai.operation.name": "chat", "gen_ai.provider.name": "moonshot_ai", "gen_ai.request.model": "kimi-k3",
        "gen_ai.response.model": "kimi-k3-0711", "server.address": "api.moonshot.ai", "server.port": "443",
    }  # fmt: skip
    assert [point.sum for point in sink.points("gen_ai.client.operation.time_to_first_chunk")] == [pytest.approx(1.28)]
    tokens = {labels(point)["gen_ai.token.type"]: point.sum for point in sink.points("gen_ai.client.token.usage")}
    assert tokens == {"input": 30, "output": 32}
    assert (sink.unit("gen_ai.client.operation.duration"), sink.unit("gen_ai.client.token.usage")) == ("s", "{token}")
    resource = sink.resource()
    assert (resource["service.name"], resource["deployment.environment.name"]) == ("statuspage", "test")


def test_the_service_may_be_named_by_the_environment(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "kimi-page")
    export = Export("0.1.0")
    export.record(GOOD, WHOM)
    export.close()
    assert sink.resource()["service.name"] == "kimi-page"


def test_of_a_suite_only_tokens_are_told(sink: Sink) -> None:
    export = Export("0.1.0")
    export.record(msgspec.structs.replace(GOOD, probe=ProbeKind.TOOLS), WHOM)
    export.record(msgspec.structs.replace(GOOD, probe=ProbeKind.CATALOG), WHOM)
    export.close()
    assert sink.points("gen_ai.client.operation.duration") == []
    assert sum(point.count for point in sink.points("gen_ai.client.token.usage")) == 2


@pytest.mark.parametrize(("environ", "wanted"), [
    ({}, False),
    ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}, True),
    ({"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "http://127.0.0.1:4318/v1/metrics"}, True),
    ({"OTEL_EXPORTER_OTLP_ENDPOINT": " "}, False),
    ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_SDK_DISABLED": "True"}, False),
    ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_METRICS_EXPORTER": "none"}, False),
])  # fmt: skip
def test_the_environment_decides(environ: dict[str, str], wanted: bool) -> None:
    assert is_wanted(environ) is wanted


def test_no_text_of_anybody_else_becomes_an_attribute() -> None:
    sample = msgspec.structs.replace(GOOD, message="ours", evidence="theirs", error_type="x" * 80, fault=Fault.PROVIDER)
    assert set(attributes(sample, WHOM)) == {
        "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.response.model", "server.address",
        "server.port", "error.type",
    }  # fmt: skip
