"""The README's pictures, taken from the running demo; `make screenshots` writes them under docs/images/."""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, Literal, TypeAlias

import httpx
from playwright.sync_api import Browser, sync_playwright

from tests.first_light.processes import STATUSPAGE, free_port, running, until
from tests.generated import DOCS

IMAGES: Final = DOCS / "images"
Scheme: TypeAlias = Literal["light", "dark"]
DESKTOP, PHONE = (1280, 1180), (360, 780)
COLOURS: Final = {"green", "yellow", "red", "grey"}


def _models(url: str) -> list[dict[str, str]]:
    return list(httpx.get(f"{url}/api/v1/models", trust_env=False).json()["models"].values())


def _all_colours(url: str) -> bool:
    return {model["level"] for model in _models(url)} >= COLOURS


def picture(browser: Browser, url: str, path: Path, scheme: Scheme, size: tuple[int, int] = DESKTOP) -> None:
    """Writes the page as a visitor of this colour scheme sees it."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, device_scale_factor=1)
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    context.close()


def main() -> None:
    """Starts the demo, waits until every colour is there, and takes the pictures."""
    url = f"http://127.0.0.1:{free_port()}"
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    demo = [*STATUSPAGE, "demo", "--port", url.rpartition(":")[2]]
    with (
        tempfile.TemporaryDirectory() as folder,
        running(demo, url, "/livez", Path(folder) / "demo.log"),
        sync_playwright() as playwright,
    ):
        until(lambda: _all_colours(url), within_s=120)
        time.sleep(5)  # a few more rounds, so that the newest bars are drawn
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        IMAGES.mkdir(parents=True, exist_ok=True)
        picture(browser, url, IMAGES / "page-light.png", "light")
        picture(browser, url, IMAGES / "page-dark.png", "dark")
        red = next(model for model in _models(url) if model["level"] == "red")
        picture(browser, red["url"], IMAGES / "model-light.png", "light")
        picture(browser, url, IMAGES / "page-phone.png", "light", PHONE)
        browser.close()
    for image in sorted(IMAGES.glob("*.png")):
        print(image.relative_to(DOCS.parent), f"{image.stat().st_size // 1024} kB")


if __name__ == "__main__":
    try:
        main()
    except subprocess.SubprocessError as error:
        sys.exit(str(error))
