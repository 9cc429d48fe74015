"""What keeps the product from running is said in one sentence, and nothing is touched."""

import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.system.outside import Upstream, command, config

PROVIDERS = {"moonshot": {"models": ["kimi-k3"]}}


@pytest.fixture
def file(tmp_path: Path, upstream: Upstream) -> Path:
    return config(tmp_path, upstream, PROVIDERS)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        yield port


def sentences(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What was said beside the line with the address."""
    assert done.returncode not in (0, None)
    assert "Traceback" not in done.stderr
    return [line for line in done.stderr.splitlines() if line and "http://127.0.0.1" not in line]


def test_a_port_that_is_taken(file: Path, taken: int) -> None:
    done = command("serve", "--config", file, "--port", taken)
    said = sentences(done)
    assert len(said) == 1
    assert str(taken) in said[0]
    assert not (file.parent / "history.db").exists()


def test_a_host_that_is_not_ours(file: Path) -> None:
    said = sentences(command("serve", "--config", file, "--host", "nowhere.invalid", "--port", free_port()))
    assert len(said) == 1
    assert "nowhere.invalid" in said[0]


def _newer(path: Path) -> None:
    assert command("migrate", "--config", path.parent / "statuspage.yml").returncode == 0
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")


def _garbage(path: Path) -> None:
    path.write_bytes(b"this is no database at all\n" * 100)


def _a_directory(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("made", [_newer, _garbage, _a_directory])
def test_a_database_that_is_not_ours_to_use_is_left_as_it_is(file: Path, made: object) -> None:
    path = file.parent / "history.db"
    assert callable(made)
    made(path)
    before = None if path.is_dir() else path.read_bytes()
    said = sentences(command("serve", "--config", file, "--port", free_port()))
    assert len(said) == 1, said
    assert "history.db" in said[0]
    assert (None if path.is_dir() else path.read_bytes()) == before


def test_commands_that_read_the_database_refuse_it_too(file: Path) -> None:
    _garbage(file.parent / "history.db")
    before = (file.parent / "history.db").read_bytes()
    for name in ("status", "migrate"):
        assert len(sentences(command(name, "--config", file))) == 1
    assert (file.parent / "history.db").read_bytes() == before


def test_a_database_in_a_directory_that_is_missing(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, PROVIDERS, database="sqlite+aiosqlite:///nowhere/at/all.db")
    said = sentences(command("serve", "--config", file, "--port", free_port()))
    assert len(said) == 1
    assert "nowhere" in said[0]
    assert not (tmp_path / "nowhere").exists()


def test_a_configuration_with_mistakes_is_told_all_of_them(tmp_path: Path) -> None:
    file = tmp_path / "statuspage.yml"
    file.write_text(
        "site: {titel: Kimi}\nprobing: {interval: 5 apples}\n"
        "providers: {moonshot: {api_key: sk-plain0123456789, models: [kimi-k3]}}\n"
    )
    for name in ("serve", "probe", "status", "migrate"):
        done = command(name, "--config", file)
        assert done.returncode == 2
        lines = done.stderr.splitlines()
        assert len(lines) == 3, lines
        assert [line.split(":")[0] for line in sorted(lines)] == ["probing.interval", "providers.moonshot.api_key", "site.titel"]
        assert "sk-plain0123456789" not in done.stderr


def test_a_configuration_that_is_not_there(tmp_path: Path) -> None:
    done = command("serve", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "statuspage.yml" in done.stderr
