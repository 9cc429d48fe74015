"""The whole product, loaded and not started, and people before its operator's rooms."""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from statuspage.app.answering import application
from statuspage.app.product import Product
from statuspage.config.load import load_text
from statuspage.domain.access import Role
from statuspage.domain.ports import Store
from statuspage.storage.memory import MemoryStore
from statuspage.web.gate import COOKIE
from tests.service.world import HandClock
from tests.web.asking import Answer, ask

PASSWORD = "a long enough password"
KEY, OTHER, HIDDEN = "moonshot/kimi-k3", "moonshot/kimi-k2.6", "moonshot/secret-model"
CONFIG = """
site: {title: Kimi, url: "http://status.example"}
database: "sqlite+aiosqlite:///never-made.db"
probing: {allow_private_networks: true}
providers:
  moonshot:
    vendor: moonshot
    base_url: http://127.0.0.1:1/v1
    api_key: env:MOONSHOT_KEY
    rpm: 60
    models: [kimi-k3, kimi-k2.6, {id: secret-model, public: false}]
flags: flags.json
budget: {monthly_usd: 25}
notify:
  - {name: ops, kind: webhook, url: "http://127.0.0.1:1/PLANTED-hook", secret: "env:HOOK_SECRET", audience: operator}
"""
FLAGS = """{"flags": {"new-picker": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off"}}}"""
ENVIRON = {"MOONSHOT_KEY": "sk-PLANTED-0123456789", "HOOK_SECRET": "whsec_UExBTlRFRFBMQU5URURQTEFOVEVE"}


class Person:
    """Somebody with a browser and a session."""

    def __init__(self, product: Product, cookie: str) -> None:
        self._door = application(product)
        self._cookie = f"{COOKIE}={cookie}"

    async def look(self, path: str) -> Answer:
        return await ask(self._door, path, accept="text/html", cookie=self._cookie)

    async def page(self, path: str) -> str:
        answer = await self.look(path)
        assert answer.status == 200, (path, answer.status, answer.body[:300])
        return answer.body.decode()

    async def send(self, action: str, **fields: str | Sequence[str]) -> Answer:
        """Sends a form of a page, with its proof that it is ours."""
        csrf = re.search(r'name="csrf" value="([^"]+)"', await self.page("/admin"))
        assert csrf is not None
        return await self.send_raw(action, csrf=csrf[1], **fields)

    async def send_raw(self, action: str, **fields: str | Sequence[str]) -> Answer:
        body = urlencode(fields, doseq=True).encode()
        kind = "application/x-www-form-urlencoded"
        return await ask(self._door, action, "POST", body, accept="text/html", cookie=self._cookie, content_type=kind)


@asynccontextmanager
async def backstage(folder: Path, text: str = CONFIG, store: Store | None = None) -> AsyncIterator[Product]:
    """The product over a store, a fresh one in memory where none is given."""
    (folder / "flags.json").write_text(FLAGS, encoding="utf-8")
    loaded = load_text(text, folder / "statuspage.yml", ENVIRON)
    assert loaded.config is not None, loaded.problems
    product = Product(loaded.config, store or MemoryStore(), HandClock())
    await product.load()
    try:
        yield product
    finally:
        product.shelf.close()


async def person(product: Product, role: Role, name: str | None = None) -> Person:
    """Somebody new of that role, signed in."""
    named = name or role.value
    await product.access.add_user(named, role, PASSWORD)
    cookie = await product.access.sign_in(named, PASSWORD, "127.0.0.1")
    assert cookie is not None
    return Person(product, cookie)


def alerts(html: str) -> list[str]:
    """What was not taken, as it is said beside its form."""
    return [unescape(found) for found in re.findall(r'class="wrong" role="alert">([^<]+)<', html)]


def forms(html: str) -> Iterator[str]:
    """Where the forms of a page are sent."""
    yield from re.findall(r'<form method="post" action="([^"]+)"', html)
