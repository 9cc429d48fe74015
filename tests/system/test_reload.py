"""A running service follows its configuration: what is valid takes effect, what is not is said, and nothing is lost."""

import signal
from pathlib import Path

from tests.system.outside import Upstream, config, serving, until

KEPT, OLD, NEW = "moonshot/kimi-k3", "moonshot/kimi-k2.6", "moonshot/kimi-k2.7-code"
PROBING = {"interval": "2s", "max_stale": "60s"}


def models(*more: object) -> dict[str, dict[str, object]]:
    return {"moonshot": {"models": ["kimi-k3", *more]}}


def test_a_changed_file_takes_effect_and_a_renamed_model_keeps_what_is_known_of_it(tmp_path: Path, upstream: Upstream) -> None:
    upstream.do(lambda zoo: zoo.play(OLD, "server_error"))
    with serving(config(tmp_path, upstream, models("kimi-k2.6"), probing=PROBING)) as site:
        site.until_status(KEPT, "operational")
        red = site.until_status(OLD, "major_outage")
        incident = site.json("/api/v1/incidents")["incidents"][0]
        samples = [sample["id"] for sample in site.samples(OLD)]

        renamed = {"id": "kimi-k2.7-code", "aliases": ["kimi-k2.6"], "interval": "10m"}
        config(tmp_path, upstream, models(renamed), probing=PROBING, site={"title": "Renamed"})
        assert until(lambda: NEW in site.models()), site.log
        model = site.model(NEW)
        assert (model["status"], model["since"]) == (red["status"], red["since"])
        assert [sample["id"] for sample in site.samples(NEW)][: len(samples)] == samples
        assert OLD not in site.models()
        (now,) = [each for each in site.json("/api/v1/incidents")["incidents"] if each["id"] == incident["id"]]
        assert (now["models"], now["started_at"]) == ([NEW], incident["started_at"])
        assert "<title>Renamed" in site.ask("/").text
        asked = upstream.do(lambda zoo: zoo.asked[KEPT])
        assert until(lambda: upstream.do(lambda zoo: zoo.asked[KEPT]) > asked)
        assert "Traceback" not in site.log
        assert site.stop()[0] == 0


def test_a_file_with_mistakes_changes_nothing_and_is_said(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, models(), probing=PROBING)
    good = file.read_text()
    with serving(file) as site:
        site.until_status(KEPT, "operational")
        file.write_text(good.replace('"kimi-k3"', '"kimi-k3", {"id": "kimi-k2.6", "intervall": "0s"}'))
        site.process.send_signal(signal.SIGHUP)
        assert until(lambda: "configuration" in site.ask("/readyz?verbose").text), site.log
        assert site.ask("/readyz").status_code == 200
        assert list(site.models()) == [KEPT]
        assert "providers.moonshot.models[1].intervall" in site.log
        (said,) = [line for line in site.log.splitlines() if "a problem of the configuration" in line]
        assert 'did you mean \\"interval\\"' in said

        file.write_text(good)
        assert until(lambda: "configuration" not in site.ask("/readyz?verbose").text), site.log
        assert site.stop()[0] == 0


def test_another_database_needs_a_restart(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, models(), probing=PROBING)) as site:
        config(tmp_path, upstream, models("kimi-k2.6"), database=f"sqlite+aiosqlite:///{tmp_path}/other.db", probing=PROBING)
        assert until(lambda: "restart to change `database`" in site.log), site.log
        assert list(site.models()) == [KEPT]
        assert not (tmp_path / "other.db").exists()


def test_a_changed_file_of_a_key_is_used(tmp_path: Path, upstream: Upstream) -> None:
    key = tmp_path / "moonshot.key"
    providers = {"moonshot": {"models": ["kimi-k3"], "api_key": "file:moonshot.key"}}
    with serving(config(tmp_path, upstream, providers, probing=PROBING)) as site:
        assert until(lambda: site.model(KEPT)["class"] == "not_configured"), site.model(KEPT)
        key.write_text("sk-zoo-0123456789abcdefPLANTED\n")
        site.until_status(KEPT, "operational")
        assert "PLANTED" not in site.log
