"""The invented world's page, published into a folder as the product does it."""

import asyncio
from pathlib import Path

from statuspage import paths
from statuspage.render.assets import Assets
from statuspage.render.encoded import Document, encode
from statuspage.render.pages import Renderer
from statuspage.service.clock import SystemClock
from statuspage.service.press import Press
from statuspage.service.publish import NOT_FOUND, Publisher
from statuspage.storage.folder import Folder
from tests.render import world


def publish(folder: Path) -> dict[str, Document]:
    """Writes the files of twenty models; what the product would serve, by address."""
    assets = Assets(paths.STATIC)
    renderer = Renderer(paths.TEMPLATES, assets)
    files = {path: (one.content, one.media_type) for path, one in assets.files.items()}
    press = Press(renderer, files, {"/embed.js": files[assets.path("embed.js")]})
    page = world.page(20)
    press.fragments(page.models)
    documents = press.print(page, page.models)
    publisher = Publisher(Folder(folder), SystemClock(), {NOT_FOUND: encode(renderer.not_found(page.site), [])})
    publisher.shown(page, documents)
    loop = asyncio.new_event_loop()
    assert loop.run_until_complete(publisher.publish())
    loop.close()
    publisher.close()
    return documents
