"""Models that come and go, seen from outside."""

import json
from pathlib import Path

from tests.system.outside import Site, Upstream, command, config, serving, until

KEY = "moonshot/kimi-k3"
SLUG = "moonshot-kimi-k3"


def test_a_model_that_its_vendor_takes_off_is_retired_on_every_surface(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3", "kimi-k2.6"]}})) as site:
        site.until_status(KEY, "operational")
        upstream.do(lambda zoo: zoo.play(KEY, "model_retired"))
        model = site.until_status(KEY, "retired")
        assert (model["class"], model["fault"], model["level"]) == ("model_retired", "provider", "grey")
        assert set(site.levels(KEY).values()) == {"grey"}
        assert site.json("/api/v1/models")["page"]["status"] == "operational"
        told = until(lambda: site.json(f"/api/v1/models/{SLUG}")["events"])
        assert [(event["kind"], event["sentence"]) for event in told] == [("retired", "kimi-k3 has been retired by its vendor.")]
        assert "has been retired by its vendor" in site.ask(f"/models/{SLUG}").text


def test_a_model_that_is_listed_but_refused_stays_grey(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})) as site:
        site.until_status(KEY, "operational")
        upstream.do(lambda zoo: zoo.play(KEY, "not_entitled"))
        assert site.until_status(KEY, "no_data")["class"] == "not_entitled"


def test_it_finds_its_models_by_itself(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"openrouter": {"discover": {"include": ["moonshotai/kimi-k3*"], "exclude": ["*-pro"]}}})
    with serving(file) as site:
        model = site.until_status("openrouter/moonshotai/kimi-k3", "operational") if until(site.models) else {}
        assert list(site.models()) == ["openrouter/moonshotai/kimi-k3"]
        assert model["price"] == {"input": 3.0, "output": 15.0, "currency": "USD", "per": 1_000_000, "source": "discovered"}
        document = site.json("/api/v1/models/openrouter-moonshotai-kimi-k3")
        assert document["lifecycle"]["context_length"] == 262_144
        assert site.stop()[0] == 0
    upstream.do(lambda zoo: zoo.cut("openrouter"))
    with serving(file) as again:
        assert list(again.models()) == ["openrouter/moonshotai/kimi-k3"]


def test_a_listed_last_day_is_shown(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"openrouter": {"models": ["deepseek/deepseek-v3.2"]}})
    with serving(file) as site:
        found = until(lambda: site.model("openrouter/deepseek/deepseek-v3.2")["retires_on"])
        assert found == "2027-03-31"


def test_a_single_round_asks_what_is_listed_too(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"openrouter": {"discover": {"include": ["moonshotai/kimi-k3"]}}})
    ran = command("probe", "--config", file, "--json")
    assert (ran.returncode, json.loads(ran.stdout)["model"]) == (0, "openrouter/moonshotai/kimi-k3")


def test_an_unknown_id_is_told_its_nearest_ids(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"openrouter": {"models": ["kimi-k3"]}})
    ran = command("probe", "--config", file, "--json", "--no-confirm")
    line = json.loads(ran.stdout)
    assert (ran.returncode, line["class"]) == (3, "model_unknown")
    assert "Did you mean moonshotai/kimi-k3" in line["advice"]


def kinds_of(site: Site) -> list[str]:
    """What happened to the model, newest first; it is told just after the status that follows from it."""
    return [event["kind"] for event in site.json(f"/api/v1/models/{SLUG}")["events"]]


def test_a_model_that_is_unlisted_but_works_stays_green_and_one_that_is_gone_does_not(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})) as site:
        upstream.do(lambda zoo: zoo.alter(KEY, listed=False))
        site.until_status(KEY, "operational")
        life = until(lambda: site.json(f"/api/v1/models/{SLUG}")["lifecycle"]["listed"] is False)
        assert life
        assert site.model(KEY)["status"] == "operational"
        assert "no, but it works" in site.ask(f"/models/{SLUG}").text
        upstream.do(lambda zoo: zoo.alter(KEY, retired=True))
        site.until_status(KEY, "retired")
        upstream.do(lambda zoo: zoo.alter(KEY, retired=False))
        site.until_status(KEY, "operational")
        assert until(lambda: kinds_of(site) == ["works_again", "retired"]), kinds_of(site)


def test_changes_of_the_list_are_followed_while_it_runs(tmp_path: Path, upstream: Upstream) -> None:
    key, slug = "openrouter/moonshotai/kimi-k3", "openrouter-moonshotai-kimi-k3"
    file = config(tmp_path, upstream, {"openrouter": {"discover": {"include": ["moonshotai/kimi-k3", "new/*"]}}})
    with serving(file) as site:
        assert until(lambda: site.models().get(key))
        upstream.do(lambda zoo: zoo.alter(key, price=[6, 30], context=1000, expiration="2031-01-31"))
        upstream.do(lambda zoo: zoo.alter("openrouter/new/model"))
        events = until(lambda: site.json(f"/api/v1/models/{slug}")["events"])
        assert {event["kind"]: (event["old"], event["new"]) for event in events} == {
            "price_changed": ("$3 in, $15 out", "$6 in, $30 out"),
            "context_changed": ("262144", "1000"),
            "retires_on": (None, "2031-01-31"),
        }
        model = site.model(key)
        assert (model["price"]["input"], model["retires_on"]) == (6.0, "2031-01-31")
        assert site.until_status("openrouter/new/model", "operational")
