"""Pictures of the running demo: `make screenshots` writes the README's under docs/images/.

`python -m tests.screenshots FOLDER` photographs every page instead, as phones and desktops see it, light and dark.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, Literal, TypeAlias

import httpx
from playwright.sync_api import Browser, sync_playwright

from statuspage.render.rooms.doors import DOORS
from statuspage.web.gate import COOKIE
from tests.first_light.processes import STATUSPAGE, running, until
from tests.generated import DOCS
from tests.ports import free_port

IMAGES: Final = DOCS / "images"
Scheme: TypeAlias = Literal["light", "dark"]
DESKTOP, SHORT, PHONE = (1280, 1180), (1280, 900), (360, 780)
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
COLOURS: Final = {"green", "yellow", "red", "grey"}


def _models(url: str) -> list[dict[str, str]]:
    return list(httpx.get(f"{url}/api/v1/models", trust_env=False).json()["models"].values())


def _all_colours(url: str) -> bool:
    return {model["level"] for model in _models(url)} >= COLOURS


def picture(
    browser: Browser,
    url: str,
    path: Path,
    scheme: Scheme,
    size: tuple[int, int] = DESKTOP,
    *,
    whole: bool = False,
    session: str | None = None,
) -> None:
    """Writes the page as a visitor of this colour scheme sees it, `whole` down to its end; with a `session` as an operator."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, device_scale_factor=1)
    if session is not None:
        context.add_cookies([{"name": COOKIE, "value": session, "url": url}])
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, full_page=whole)
    context.close()


def for_readers(browser: Browser, url: str, folder: Path, session: str) -> None:
    """The few pictures that documents show."""
    picture(browser, f"{url}/admin", folder / "admin-light.png", "light", SHORT, session=session)
    picture(browser, url, folder / "page-light.png", "light")
    picture(browser, url, folder / "page-dark.png", "dark")
    picture(browser, url, folder / "page-phone.png", "light", PHONE)
    picture(browser, _red(url), folder / "model-light.png", "light")
    picture(browser, f"{url}/compare", folder / "compare-light.png", "light", SHORT)
    picture(browser, f"{url}/history", folder / "history-dark.png", "dark", SHORT)


def for_makers(browser: Browser, url: str, folder: Path, session: str) -> None:
    """Every page, whole, at both widths and in both schemes."""
    incident = httpx.get(f"{url}/api/v1/incidents", trust_env=False).json()["incidents"][0]["url"]
    pages = {"page": url, "model": _red(url), "week": f"{_red(url)}?window=7d", "incident": incident}
    pages |= {name: f"{url}/{name}" for name in ("incidents", "compare", "history", "methodology", "nowhere")}
    pages |= {path.strip("/").replace("/", "-"): f"{url}{path}" for path in DOORS}
    for name, address in pages.items():
        for scheme in SCHEMES:
            for size in (SHORT, PHONE):
                picture(browser, address, folder / f"{name}-{size[0]}-{scheme}.png", scheme, size, whole=True, session=session)


def _session(url: str, log: Path) -> str:
    """The session of the demo's first admin, whose token stands in the log."""
    token = re.search(r"/admin/setup\?token=(\S+)", log.read_text(encoding="utf-8"))
    form = {"token": token[1] if token else "", "name": "ada", "password": "a long enough password"}
    return httpx.post(f"{url}/admin/setup", data=form, headers={"origin": url}, trust_env=False).cookies[COOKIE]


def _red(url: str) -> str:
    return next(model["url"] for model in _models(url) if model["level"] == "red")


def main(folder: Path | None) -> None:
    """Starts the demo, waits until every colour is there, and takes the pictures."""
    url = f"http://127.0.0.1:{free_port()}"
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    demo = [*STATUSPAGE, "demo", "--port", url.rpartition(":")[2]]
    target = IMAGES if folder is None else folder
    with (
        tempfile.TemporaryDirectory() as scratch,
        running(demo, url, "/livez", (log := Path(scratch) / "demo.log")),
        sync_playwright() as playwright,
    ):
        until(lambda: _all_colours(url), within_s=120)
        time.sleep(5)  # a few more rounds, so that the newest bars are drawn
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        target.mkdir(parents=True, exist_ok=True)
        (for_readers if folder is None else for_makers)(browser, url, target, _session(url, log))
        browser.close()
    for image in sorted(target.glob("*.png")):
        print(image.name, f"{image.stat().st_size // 1024} kB")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    except subprocess.SubprocessError as error:
        sys.exit(str(error))
