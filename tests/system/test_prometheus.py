"""What Prometheus reads of a real server, and what OpenTelemetry is told."""

from pathlib import Path

from tests.system.conftest import GOOD
from tests.system.outside import Site, Upstream, config, serving, until
from tests.telemetry.sink import Sink, labels


def test_it_discovers_and_probes_every_public_model(gallery: Site) -> None:
    found = gallery.json("/sd/targets.json")
    keys = {key for group in found for key in group["targets"]}
    assert keys == set(gallery.models())
    body = gallery.ask(f"/probe?target={GOOD}").text
    assert "probe_success 1.0" in body
    assert "probe_http_status_code 200.0" in body


def test_a_probe_needs_a_target_and_knows_only_public_models(gallery: Site) -> None:
    missing, unknown = gallery.ask("/probe"), gallery.ask("/probe?target=nobody/x")
    assert (missing.status_code, unknown.status_code) == (400, 404)
    assert missing.json()["title"] == "Bad request"
    assert unknown.headers["content-type"] == "application/problem+json"


def test_metrics_are_never_kept(gallery: Site) -> None:
    answer = gallery.ask("/metrics")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    assert "process_resident_memory_bytes" in answer.text
    assert f'statuspage_up{{model="{GOOD}",provider="moonshot"}} 1.0' in answer.text
    assert gallery.ask("/metrics", "HEAD").status_code == 200
    other = gallery.ask("/metrics", accept="application/openmetrics-text; version=1.0.0")
    assert other.headers["content-type"].startswith("application/openmetrics-text")
    assert other.text.endswith("# EOF\n")


def test_the_same_reaches_opentelemetry_where_the_environment_says_so(tmp_path: Path, upstream: Upstream) -> None:
    sink = Sink()
    try:
        file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})
        env = {"OTEL_EXPORTER_OTLP_ENDPOINT": sink.url, "OTEL_METRIC_EXPORT_INTERVAL": "500"}
        with serving(file, env=env):
            assert until(lambda: sink.points("gen_ai.client.operation.duration"))
        point = sink.points("gen_ai.client.operation.duration")[-1]
        assert labels(point)["gen_ai.provider.name"] == "moonshot_ai"
        assert point.count >= 1
    finally:
        sink.close()
