"""Commands that steer: what they print, and what the audit book keeps of them."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from statuspage.cli import main
from statuspage.domain.access import AuditEntry
from statuspage.storage.store import SqlStore

KEY = "moonshot/kimi-k3"
FILE = """
site: {url: "https://status.example"}
providers:
  moonshot: {vendor: moonshot, api_key: env:NO_SUCH_KEY, models: [kimi-k3]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "statuspage.yml").write_text(FILE, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--config", str(folder / "statuspage.yml")])


def book(folder: Path) -> list[AuditEntry]:
    async def read() -> list[AuditEntry]:
        store = SqlStore(f"sqlite+aiosqlite:///{folder / 'statuspage.db'}")
        await store.open()
        try:
            return list(await store.access.audited(99))
        finally:
            await store.close()

    return asyncio.run(read())


def test_an_id_alone_is_printed_and_json_is_the_object_of_the_api(folder: Path) -> None:
    opened = run(folder, "incident", "open", "--title", "Logins", "--model", f"{KEY}=critical", "--message", "We look.")
    assert opened.exit_code == 0
    incident_id = opened.stdout.strip()
    resolved = run(folder, "incident", "resolve", incident_id, "--message", "Over.", "--json")
    told = json.loads(resolved.stdout)
    assert (told["id"], told["url"]) == (incident_id, f"https://status.example/incidents/{incident_id}")
    assert list(told) == [
        *("id", "title", "status", "impact", "models", "started_at", "detected_at", "resolved_at", "auto", "url", "updates")
    ]


def test_a_list_shows_what_people_wrote_as_they_wrote_it(folder: Path) -> None:
    run(folder, "incident", "open", "--title", "[bold]Logins[/x]", "--message", "m")
    assert "[bold]Logins[/x]" in run(folder, "incident", "list").stdout
    assert "No maintenance is announced." in run(folder, "maintenance", "list").stdout
    assert "Everything is shown as it is measured." in run(folder, "override", "list").stdout


def test_a_rule_that_never_ends_is_noted_beside_the_id(folder: Path) -> None:
    window = ["--start", "2099-01-01T00:00:00Z", "--end", "2099-01-01T01:00:00Z"]
    added = run(folder, "maintenance", "add", "--title", "t", *window, "--rrule", "FREQ=DAILY", "--message", "m")
    assert "note: This rule never ends" in added.stderr
    assert len(added.stdout.strip()) == 12


def test_the_audit_book_keeps_who_wrote_what(folder: Path) -> None:
    opened = run(folder, "incident", "open", "--title", "Logins", "--message", "m", "--author", "ada")
    run(folder, "override", "set", KEY, "retired", "--reason", "r", "--until", "2099-01-01T00:00:00Z", "--author", "bob")
    run(folder, "override", "clear", KEY)
    run(folder, "override", "clear", KEY)
    kept = [(entry.what, entry.subject, entry.place) for entry in reversed(book(folder))]
    assert kept == [
        ("opened an incident", opened.stdout.strip(), "command line"),
        ("set an override", KEY, "command line"),
        ("cleared an override", KEY, "command line"),
    ]
    assert [entry.who for entry in reversed(book(folder))][:2] == ["ada", "bob"]
