"""Reports, told from a database that a monitor wrote."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from statuspage.cli import main
from statuspage.domain.ledger import line_of
from statuspage.domain.ports import WatchedModel
from statuspage.domain.words import ProbeKind
from statuspage.storage.store import SqlStore
from tests.storage.world import DAY_MS, HOUR_MS, KEY, NOW_MS, bucket, check, failed, good

CONFIG = {
    "database": "sqlite+aiosqlite:///history.db",
    "budget": {"monthly_usd": 25},
    "providers": {
        "moonshot": {"api_key": "env:NOT_SET", "models": ["kimi-k3", {"id": "unpriced", "public": False}]},
    },
}
UNPRICED = "moonshot/unpriced"


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """Two days of two models; one has no price."""
    path = tmp_path / "statuspage.yml"
    path.write_text(json.dumps(CONFIG), encoding="utf-8")
    store = SqlStore(f"sqlite+aiosqlite:///{tmp_path}/history.db", gather_s=0)
    await store.open()
    await store.watch([WatchedModel(key=key, interval_s=300) for key in (KEY, UNPRICED)], NOW_MS - 2 * DAY_MS)
    for at_ms in (NOW_MS, NOW_MS - DAY_MS):
        hour = bucket(at_ms // HOUR_MS * HOUR_MS)
        await store.record(msgspec.structs.replace(check(good(at_ms)), hours=(hour,)))
    await store.record(check(failed(NOW_MS + 1)))
    free = msgspec.structs.replace(good(NOW_MS), model=UNPRICED, probe=ProbeKind.TOOLS, cost_usd=None, assumed_usd=0.25)
    await store.spend([line_of(free)])
    await store.close()
    return path


def report(file: Path, *arguments: str) -> Result:
    kind, *rest = arguments
    return CliRunner().invoke(main, ["report", kind, "--config", str(file), *rest])


def of(file: Path, *arguments: str) -> Any:  # noqa: ANN401 - a document
    result = report(file, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def day(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, tz=UTC):%Y-%m-%d}"


SPAN = ("--from", day(NOW_MS), "--to", day(NOW_MS + DAY_MS))


def test_what_is_not_known_is_null_and_counted_apart(file: Path) -> None:
    found = of(file, "cost", *SPAN)
    assert (found["from"], found["to"]) == (f"{day(NOW_MS)}T00:00:00.000Z", f"{day(NOW_MS + DAY_MS)}T00:00:00.000Z")
    assert found["models"][UNPRICED]["cost_usd"] is None
    assert (found["models"][UNPRICED]["unpriced_probes"], found["models"][UNPRICED]["counted_usd"]) == (1, 0.25)
    known = found["models"][KEY]
    assert (known["probes"], known["cost_usd"], known["tokens"]) == (2, 0.0000213, {"input": 9, "output": 1})
    assert known["kinds"]["confirm"]["probes"] == 1
    assert (found["total"]["cost_usd"], found["total"]["unpriced_probes"]) == (0.0000213, 1)
    assert found["providers"]["moonshot"]["probes"] == 3
    assert found["month"]["cap_usd"] == 25


def test_a_week_is_seven_days(file: Path) -> None:
    assert of(file, "cost", "--weekly", "--to", day(NOW_MS + DAY_MS))["models"][KEY]["probes"] == 3
    assert of(file, "cost", "--weekly", "--to", day(NOW_MS + 7 * DAY_MS))["models"][KEY]["probes"] == 2
    assert of(file, "cost", "--weekly", "--to", day(NOW_MS + 8 * DAY_MS))["models"] == {}


def test_uptime_has_an_interval_and_what_went_wrong(file: Path) -> None:
    found = of(file, "uptime", "--from", day(NOW_MS - DAY_MS), "--to", day(NOW_MS + DAY_MS))["models"]
    assert (found[KEY]["samples"], found[KEY]["failed"], found[KEY]["ratio"]) == (24, 2, 0.9166)
    assert found[KEY]["low"] < found[KEY]["ratio"] < found[KEY]["high"]
    assert found[KEY]["classes"]["engine_overloaded"] == 2
    assert (found[UNPRICED]["ratio"], found[UNPRICED]["low"], found[UNPRICED]["cost_usd"]) == (None, None, None)


def test_people_get_a_table_or_markdown(file: Path) -> None:
    table = report(file, "cost", *SPAN)
    assert table.exit_code == 0
    assert "Cost of probing" in table.output
    assert "$0.000021" in table.output
    lines = report(file, "cost", *SPAN, "--markdown").stdout.splitlines()
    assert lines[2] == "| Model | Probes | Tokens in | Tokens out | Cost | Per 1,000 |"
    assert f"| {UNPRICED} | 1 | 9 | 1 | – | – |" in lines
    assert "Probes without a known price: 1. Their cost is in no sum; a budget counts them as dear models." in lines
    assert "91.66 %" in report(file, "uptime", "--from", day(NOW_MS - DAY_MS), "--to", day(NOW_MS + DAY_MS), "--markdown").output


@pytest.mark.parametrize(("arguments", "says"), [
    (("cost", "--from", "yesterday"), "is no time"),
    (("cost", "--from", "2026-11-20", "--to", "2026-11-20"), "--from must be before --to"),
    (("uptime", "--weekly", "--from", "2026-11-20"), "leave --from out"),
])  # fmt: skip
def test_what_cannot_be_meant_is_one_sentence(file: Path, arguments: tuple[str, ...], says: str) -> None:
    result = report(file, *arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert "Traceback" not in result.output


def test_the_operator_s_channels_get_it_on_request(file: Path, tmp_path: Path) -> None:
    assert report(file, "cost", *SPAN, "--notify").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "history.db")) as connection:
        ((raw,),) = connection.execute("SELECT notice FROM outbox").fetchall()
    told = msgspec.json.decode(raw)
    assert (told["kind"], told["audience"]) == ("operator.event", "operator")
    assert told["title"].startswith("Cost of probing")
    assert f"{KEY}: probes 2, tokens in 9, tokens out 1, cost $0.000021" in told["body"]


def test_a_bar_in_a_name_stays_in_its_cell() -> None:
    from statuspage.render.report import Drawn, markdown

    assert "| a\\|b |" in markdown(Drawn("T", ("Model",), [["a|b"]], ()))
