"""Questions to a model's history, to the dropdown and to badges; and questions that make no sense."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest

from statuspage.domain.model import slug_of
from tests.system.conftest import GOOD
from tests.system.outside import Site, moment, until

SLUG = slug_of(GOOD)
FAILING = slug_of("moonshot/fault-server_error")
SAMPLE_KEYS = [
    "id", "at", "kind", "judgement", "class", "fault", "http_status", "first_content_ms", "total_ms", "tokens", "cost_usd",
    "vantage", "request_id",
]  # fmt: skip
MODEL_KEYS = [
    "slug", "name", "provider", "url", "status", "level", "label", "reason", "class", "fault", "since", "checked_at", "uptime",
    "latency_ms", "tools", "price", "use_instead", "official", "retires_on", "max_stale_seconds", "stale",
]  # fmt: skip
WINDOWS = ("24h", "7d", "30d", "90d")


def all_samples(site: Site, limit: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    path: str | None = f"/api/v1/models/{FAILING}/samples?limit={limit}"
    while path:
        page = site.json(path)
        assert page["model"] == "moonshot/fault-server_error"
        assert 1 <= len(page["samples"]) <= limit
        found += page["samples"]
        path = page["next"]
    return found


def test_samples_are_paged_oldest_first_without_loss_or_repetition(gallery: Site) -> None:
    assert until(lambda: len(gallery.samples("moonshot/fault-server_error")) >= 5)
    paged = all_samples(gallery, 2)
    whole = gallery.samples("moonshot/fault-server_error")[: len(paged)]
    assert [sample["id"] for sample in paged] == [sample["id"] for sample in whole]
    assert [sample["at"] for sample in paged] == sorted(sample["at"] for sample in paged)
    assert len({sample["id"] for sample in paged}) == len(paged)
    for sample in paged:
        assert list(sample) == SAMPLE_KEYS
        assert (sample["class"], sample["fault"], sample["judgement"]) == ("server_error", "provider", "failed")
        assert sample["http_status"] == 500
        assert sample["first_content_ms"] is None
        assert moment(sample["at"]).microsecond % 1000 == 0
    assert {sample["kind"] for sample in paged} == {"scheduled", "confirm"}


def test_a_sample_is_found_by_its_own_time_to_the_millisecond(gallery: Site) -> None:
    for sample in gallery.samples(GOOD)[:5]:
        after = (moment(sample["at"]) + timedelta(milliseconds=1)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        found = gallery.json(f"/api/v1/models/{SLUG}/samples?from={sample['at']}&to={after}")["samples"]
        assert [each["id"] for each in found] == [sample["id"]]


def test_samples_as_csv_say_the_same(gallery: Site) -> None:
    answer = gallery.ask(f"/api/v1/models/{SLUG}/samples?limit=3&format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    told = gallery.json(f"/api/v1/models/{SLUG}/samples?limit=3")["samples"]
    assert [row["id"] for row in rows] == [sample["id"] for sample in told]
    for row, sample in zip(rows, told, strict=True):
        assert row["at"] == sample["at"]
        assert row["class"] == sample["class"]
        assert float(row["total_ms"]) == sample["total_ms"]
        assert row["request_id"] == (sample["request_id"] or "")


@pytest.mark.parametrize("window", WINDOWS)
def test_uptime_has_its_window_and_its_days(gallery: Site, window: str) -> None:
    document = gallery.json(f"/api/v1/models/{FAILING}/uptime?window={window}")
    assert list(document) == ["model", "window", "ratio", "low", "high", "samples", "coverage", "days"]
    assert (document["model"], document["window"], document["ratio"]) == ("moonshot/fault-server_error", window, 0.0)
    assert document["samples"] >= 1
    assert 0 < document["coverage"] <= 1
    today = document["days"][-1]
    assert list(today) == ["date", "ratio", "judged", "failed", "excluded", "minutes", "incidents"]
    assert today["failed"] == today["judged"] >= 1
    assert set(today["minutes"]) == {"major_outage", "partial_outage", "degraded_performance", "under_maintenance", "no_data"}
    assert len(today["incidents"]) == 1


@pytest.mark.parametrize("window", WINDOWS)
def test_latency_has_its_points(gallery: Site, window: str) -> None:
    document = gallery.json(f"/api/v1/models/{SLUG}/latency?window={window}")
    assert (document["model"], document["window"]) == (GOOD, window)
    for point in document["points"]:
        assert list(point) == ["at", "first_content_p50", "first_content_p95", "total_p50", "total_p95"]
        assert point["first_content_p50"] <= point["first_content_p95"]
    assert document["points"]


def test_the_dropdown_document_has_every_key(gallery: Site) -> None:
    document = gallery.json("/api/v1/models")
    assert list(document) == ["schema_version", "generated_at", "poll_after_seconds", "max_stale_seconds", "page", "models"]
    assert document["schema_version"] == 1
    assert document["max_stale_seconds"] == 60
    for key, model in document["models"].items():
        assert list(model) == MODEL_KEYS
        assert model["slug"] == slug_of(key)
        assert set(model["uptime"]) == set(WINDOWS)
        assert len(model["label"]) <= 24
        for name in ("since", "checked_at"):
            assert model[name] is None or datetime.fromisoformat(model[name]).tzinfo is not None
    assert document["models"][GOOD]["price"] == {
        "input": 3.0, "output": 15.0, "currency": "USD", "per": 1_000_000, "source": "config"
    }  # fmt: skip


def test_the_dropdown_document_is_narrowed_by_keys_and_provider(gallery: Site) -> None:
    def keys(query: str) -> list[str]:
        answer = gallery.ask(f"/api/v1/models?{query}")
        assert answer.status_code == 200
        return list(answer.json()["models"])

    assert keys(f"keys={GOOD},nobody/nothing") == [GOOD]
    assert keys("keys=openrouter%2Fmoonshotai%2Fkimi-k2.6") == ["openrouter/moonshotai/kimi-k2.6"]
    assert keys("provider=anthropic") == ["anthropic/claude-haiku-4-5"]
    assert keys("provider=nobody") == []
    assert keys(f"keys={GOOD}&provider=anthropic") == []
    assert keys("unheard=of") == list(gallery.models())


def test_a_key_may_be_spelled_with_encoded_slashes(gallery: Site) -> None:
    plain = gallery.json("/v1/models/openrouter/moonshotai/kimi-k2.6")
    encoded = gallery.json("/v1/models/openrouter%2Fmoonshotai%2Fkimi-k2.6")
    assert plain["id"] == encoded["id"] == "openrouter/moonshotai/kimi-k2.6"
    assert (plain["object"], plain["level"]) == ("model", "green")


ABSURD = [
    "limit=0", "limit=-1", "limit=1e3", "limit=99999999999999999999", "limit=", "limit=%D9%A3", "from=yesterday", "to=",
    "from=9999999999999", "from=0000-00-00T00:00:00Z", "from=2026-13-01", "format=xml", "from=%ff%fe", "from=" + "9" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("query", ABSURD)
def test_a_question_that_makes_no_sense_is_told_what_would(gallery: Site, query: str) -> None:
    answer = gallery.ask(f"/api/v1/models/{SLUG}/samples?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    name = query.split("=", maxsplit=1)[0]
    assert answer.json()["detail"].startswith(name) or f"no {name};" in answer.json()["detail"]
    assert len(answer.json()["detail"]) < 300


ODD = [
    "/api/v1/models/{slug}/samples?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z&limit=1",
    "/api/v1/models/{slug}/samples?from=2026-11-20",
    "/api/v1/models/{slug}/samples?from=2999-01-01T00:00:00Z",
    "/api/v1/models/{slug}/samples?limit=1&limit=2",
    "/api/v1/models?keys=" + ",".join(["a/b"] * 900),
    "/api/v1/models?keys=%00%ff%f0",
    "/api/v1/models?%",
    "/?" + "x" * 3000,
    "/badge/{slug}.svg?label=%3Cscript%3Ealert(1)%3C/script%3E",
    "/badge/{slug}.svg?label=",
    "/badge/{slug}.json?label=%F0%9F%99%88",
]


@pytest.mark.parametrize("path", ODD)
def test_an_odd_question_is_answered(gallery: Site, path: str) -> None:
    answer = gallery.ask(path.format(slug=SLUG))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("query", ["window=1y", "metric=mood", "style=rococo", "metric=uptime&window=1h", "label=" + "x" * 5000])
@pytest.mark.parametrize("end", ["svg", "json"])
def test_a_badge_that_cannot_be_drawn_is_400(gallery: Site, query: str, end: str) -> None:
    for name in (SLUG, "all"):
        answer = gallery.ask(f"/badge/{name}.{end}?{query}")
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("metric", ["status", "uptime", "latency", "ttft"])
@pytest.mark.parametrize("name", [SLUG, FAILING, "keyless-kimi-k3", "all"])
def test_a_badge_tells_each_metric_whatever_the_status(gallery: Site, metric: str, name: str) -> None:
    for style in ("flat", "flat-square", "for-the-badge", "plastic"):
        drawn = gallery.ask(f"/badge/{name}.svg?metric={metric}&style={style}&window=7d&label=mine")
        assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
    told = gallery.json(f"/badge/{name}.json?metric={metric}&label=mine")
    assert told["label"] == "mine"
    assert set(told) <= {"schemaVersion", "label", "message", "color", "labelColor", "isError", "style", "cacheSeconds"}


def test_a_window_nobody_knows_is_400(gallery: Site) -> None:
    for path in ("uptime", "latency"):
        answer = gallery.ask(f"/api/v1/models/{SLUG}/{path}?window=1y")
        assert answer.status_code == 400
        assert "24h, 7d, 30d, 90d" in answer.json()["detail"]


def test_an_address_of_any_length_is_answered(gallery: Site) -> None:
    long = ("/" + "a" * 20_000, "/api/v1/models/" + "%2e%2e%2f" * 500)
    for path in (*long, "/%00", "/%ff", "/static/%2e%2e/%2e%2e/etc/passwd", "/badge/"):
        assert gallery.ask(path).status_code in {400, 404, 414}, path
