"""Imports only go down, and every outside library has its home (docs/architecture.md)."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from statuspage import paths

PACKAGE = Path(paths.__file__).parent
ROOT_MODULES = {"paths", "__init__", "__main__"}
"""Modules beside the floors; any floor may import them."""

MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "vendors": {"domain"},
    "storage": {"domain"},
    "outbound": {"domain"},
    "render": {"domain"},
    "telemetry": {"domain"},
    "probes": {"domain", "vendors", "outbound"},
    "official": {"domain", "vendors", "outbound"},
    "notify": {"domain", "vendors", "outbound"},
    "client": {"domain", "vendors", "outbound"},
    "config": {"domain", "vendors"},
    "service": {"domain", "vendors", "config", "render"},
    "scheduler": {"domain", "service", "render", "telemetry"},
    "web": {"domain", "service", "render", "telemetry"},
    "zoo": {"domain", "vendors"},
}
COMPOSITION = {"app", "cli"}
"""The top floor may import everything, and nothing below may import it."""

HOMES: dict[str, set[str]] = {
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "aiosqlite": {"storage"},
    "asyncpg": {"storage"},
    "httpx": {"outbound"},
    "litestar": {"web"},
    "apscheduler": {"scheduler"},
    "dateutil": {"domain"},
    "argon2": {"service"},
    "joserfc": {"service"},
    "babel": {"render"},
    "prometheus_client": {"render"},
    "icalendar": {"render"},
    "markdown_it": {"render"},
    "nh3": {"render"},
    "jinja2": {"render"},
    "jsonschema": {"probes"},
    "opentelemetry": {"telemetry"},
    "apprise": {"notify"},
    "standardwebhooks": {"notify"},
    "aiosmtplib": {"notify"},
    "openfeature": {"service"},
    "click": {"cli"},
    "rich": {"cli"},
    "yaml": {"config"},
    "uvicorn": {"app", "cli", "web"},
}
"""Who may import a library. Whoever is not named gets it through a port or a plain value."""

PURE = {"domain", "vendors"}
IO_MODULES = {"asyncio", "socket", "ssl", "sqlite3", "subprocess", "threading", "http", "urllib.request", "time"}
"""What decides may neither wait, nor read a clock, nor touch the world."""


def _imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                yield "." * node.level
            elif node.module == "statuspage":
                yield from (f"statuspage.{alias.name}" for alias in node.names)
            else:
                yield node.module


def _modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "_assets" not in path.parts]


def _floor(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _wrong_imports(floor: str, source: str) -> list[str]:
    """Every import that this floor may not make, with what the table says instead."""
    wrong = []
    for name in _imports(source):
        if name.startswith("."):
            wrong.append("relative imports hide the floor; write the whole name")
            continue
        top, _, rest = name.partition(".")
        target = rest.partition(".")[0]
        if top == "statuspage" and target and target not in ROOT_MODULES | {floor, "__version__"} and floor not in COMPOSITION:
            if target not in MAY_IMPORT.get(floor, set()):
                wrong.append(f"{floor} may not import {name}; it may import {sorted(MAY_IMPORT.get(floor, set()))}")
        elif top in HOMES and floor not in HOMES[top]:
            wrong.append(f"{top} lives in {sorted(HOMES[top])}, not in {floor}")
        if floor in PURE and name in IO_MODULES:
            wrong.append(f"{floor} is pure: it may not import {name}")
    return wrong


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_it_imports_only_downwards(path: Path) -> None:
    floor = _floor(path)
    if floor in ROOT_MODULES:
        return
    assert floor in MAY_IMPORT.keys() | COMPOSITION, f"{floor} has no floor; give it one in the table"
    assert _wrong_imports(floor, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("floor", "source"),
    [
        ("domain", "from statuspage.storage.store import SqlStore"),
        ("domain", "from statuspage import config"),
        ("domain", "import asyncio"),
        ("web", "import sqlalchemy.orm"),
        ("service", "import httpx"),
        ("render", "from . import badge"),
        ("storage", "import statuspage.cli"),
    ],
)
def test_it_would_see_an_import_that_goes_up(floor: str, source: str) -> None:
    assert _wrong_imports(floor, source)


_IMPORT_ALL = """
import builtins, importlib, os, pkgutil, socket, sys, threading, asyncio
import statuspage

opened = []
names = [
    module.name
    for module in pkgutil.walk_packages(statuspage.__path__, "statuspage.")
    if not module.name.endswith("__main__") and "._assets" not in module.name
]

def audit(event, args):
    if event == "open" and isinstance(args[1], str) and any(letter in args[1] for letter in "wax+"):
        opened.append((event, args[0]))
    elif event in {"socket.connect", "socket.bind", "sqlite3.connect", "subprocess.Popen", "os.mkdir", "os.remove"}:
        opened.append((event, repr(args)[:200]))

def no_loop(*_):
    raise AssertionError("an import built an event loop")

sys.dont_write_bytecode = True
sys.addaudithook(audit)
asyncio.new_event_loop = no_loop
before = len(os.listdir("/proc/self/fd"))
for name in names:
    importlib.import_module(name)
assert not opened, opened
assert threading.active_count() == 1, threading.enumerate()
after = len(os.listdir("/proc/self/fd"))
assert after <= before, f"{after - before} descriptors stayed open"
print(len(names))
"""


def test_importing_every_module_opens_nothing_and_starts_nothing(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALL], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) >= len(_modules()) // 2
    assert list(tmp_path.iterdir()) == []
