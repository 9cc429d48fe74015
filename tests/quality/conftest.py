"""The demo with fifty models, in a process of its own, and a browser before it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, StorageState, StorageStateCookie, sync_playwright

from statuspage.render.rooms.doors import DOORS
from statuspage.web.gate import COOKIE
from tests.pages.browser import LAUNCH_ARGS
from tests.ports import free_port
from tests.system.outside import until

MODELS = 50
NAME, PASSWORD = "ada", "a long enough password"
PATIENCE_S = 90.0


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo in which everything has happened that pages can show."""
    port, log = free_port(), tmp_path_factory.mktemp("demo") / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "statuspage", "demo", "--port", str(port), "--models", str(MODELS)],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        url = f"http://127.0.0.1:{port}"
        try:
            assert until(lambda: _measured(url), PATIENCE_S, every_s=0.5), log.read_text(encoding="utf-8")
            yield url
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def cookie(demo: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The session of the demo's first admin."""
    (log,) = tmp_path_factory.getbasetemp().glob("demo[0-9]*/log")
    token = re.search(r"/admin/setup\?token=(\S+)", log.read_text(encoding="utf-8"))
    assert token is not None
    form = {"token": token[1], "name": NAME, "password": PASSWORD}
    made = httpx.post(f"{demo}/admin/setup", data=form, headers={"origin": demo}, trust_env=False)
    assert made.status_code == 303, made.text
    return made.cookies[COOKIE]


@pytest.fixture(scope="session")
def insider(cookie: str) -> StorageState:
    """What a browser keeps of the admin's session."""
    kept: StorageStateCookie = {
        "name": COOKIE,
        "value": cookie,
        "domain": "127.0.0.1",
        "path": "/",
        "expires": -1,
        "httpOnly": True,
        "secure": False,
        "sameSite": "Lax",
    }
    return {"cookies": [kept]}


def _measured(url: str) -> bool:
    """Whether most models have been judged."""
    try:
        document = httpx.get(f"{url}/api/v1/models", trust_env=False).json()
    except httpx.HTTPError:
        return False
    checked = [model for model in document["models"].values() if model["checked_at"]]
    return len(checked) > MODELS * 0.8


@pytest.fixture(scope="session")
def addresses(demo: str) -> list[str]:
    """Every kind of page, an address each; a new kind is a line here."""
    models = httpx.get(f"{demo}/api/v1/models", trust_env=False).json()["models"]
    red = next((m["slug"] for m in models.values() if m["level"] == "red"), next(iter(models.values()))["slug"])
    tested = next((m["slug"] for m in models.values() if m["tools"]), red)
    grey = next(m["slug"] for m in models.values() if m["level"] == "grey")
    incident = httpx.get(f"{demo}/api/v1/incidents", trust_env=False).json()["incidents"][0]["id"]
    return [
        "/",
        "/?lang=zh-CN",
        f"/models/{red}",
        f"/models/{tested}?window=30d",
        f"/models/{grey}?lang=zh-CN",
        "/compare",
        "/incidents",
        f"/incidents/{incident}",
        "/history",
        "/methodology",
        "/subscribe",
        "/schema",
        "/admin/login",
        "/admin",
        "/admin/people",
        f"/admin/incidents/{incident}",
        f"/admin/models/{red}?lang=zh-CN",
        f"/embed/{tested}",
        "/nothing-is-here",
    ]


@pytest.fixture(scope="session")
def rooms() -> list[str]:
    """The operator's other rooms, which the same template draws."""
    return [*DOORS, "/admin/flags?lang=zh-CN"]


@pytest.fixture(scope="session")
def modules() -> Path:
    """Where other people's JavaScript is."""
    return Path(__file__).parents[2] / ".cache" / "npm" / "node_modules"


@pytest.fixture(scope="session")
def node() -> Path:
    return Path(sys.executable).parent / "node"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=LAUNCH_ARGS)
        yield opened
        opened.close()
