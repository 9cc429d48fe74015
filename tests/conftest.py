"""What several folders of tests share."""

import shutil
from collections.abc import Iterator

import pytest

from tests.ports import free_port
from tests.postgres import Server, running

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts tests with a browser last: Playwright holds the thread's event loop until the session ends."""
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the machine's own Chromium, for Playwright's `executable_path`."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        pytest.fail("No Chromium on this machine; `make test` installs Debian's.")
    return found


@pytest.fixture(name="free_port")
def a_free_port() -> int:
    """A loopback port that nobody listens on."""
    return free_port()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    with running() as server:
        yield server
