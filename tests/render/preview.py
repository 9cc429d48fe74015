"""`python -m tests.render.preview out/`: the invented world as static files and screenshots, to look at."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.pages.browser import LAUNCH_ARGS
from tests.render import world
from tests.render.site import Site, served


def write(site: Site, out: Path) -> None:
    for address in site.addresses():
        _, media_type, content = site.answer(address)
        name = "index.html" if address == "/" else address.removeprefix("/")
        target = out / (f"{name}.html" if media_type.startswith("text/html") and address != "/" else name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def photograph(site: Site, out: Path, wanted: set[str]) -> None:
    slug = site.page.models[0].slug
    shots = {"front": "/", "model": f"/models/{slug}", "missing": "/nowhere"}
    with served(site) as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=LAUNCH_ARGS)
        for width in (360, 800, 1280):
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=scheme, device_scale_factor=1.5
                )
                page = context.new_page()
                page.clock.install(time=world.NOW_MS / 1000)
                for name, address in shots.items():
                    full = f"{name}-{width}-{scheme}"
                    if wanted and full not in wanted:
                        continue
                    page.goto(f"{base}{address}")
                    page.wait_for_timeout(150)
                    page.screenshot(path=out / f"{full}.png", full_page=True)
                context.close()
        browser.close()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    invented = Site(world.page(20))
    write(invented, folder)
    photograph(invented, folder, set(sys.argv[2:]))
