"""Prints every public document of the page, and keeps what did not change."""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

import msgspec

from statuspage.domain.view import ModelView, PageView
from statuspage.render.badge_svg import badge_svg, dot_svg
from statuspage.render.badge_text import model_badge, page_badge
from statuspage.render.documents import assemble, fragment
from statuspage.render.encoded import Document, Headers, encode
from statuspage.render.headers import BADGE, FOR_EVER, REVALIDATE, SHORT, headers_for
from statuspage.render.model_documents import model_document
from statuspage.render.openai_models import model_card, models_list
from statuspage.render.shields import shields_endpoint

_HTML: Final = headers_for(b"text/html; charset=utf-8", REVALIDATE)
_JSON: Final = headers_for(b"application/json", SHORT)
_BADGE_SVG: Final = headers_for(b"image/svg+xml", BADGE)
_BADGE_JSON: Final = headers_for(b"application/json", BADGE)


class Pages(Protocol):
    """What the templates make."""

    def row(self, model: ModelView) -> str:
        """A model's row of the front page."""
        ...

    def front(self, page: PageView, rows: Mapping[str, str]) -> bytes:
        """The front page of these rows, by key."""
        ...

    def model_page(self, page: PageView, model: ModelView) -> bytes:
        """A model's own page."""
        ...


class _Printed(msgspec.Struct):
    """One model's pieces, kept until the model changes."""

    fragment: bytes
    row: str


class Press:
    """Turns views into documents; what did not change is neither rendered nor compressed again.

    It is used from one thread at a time, never from the loop that probes.
    """

    def __init__(self, pages: Pages, assets: Mapping[str, tuple[bytes, str]]) -> None:
        self._pages = pages
        self._printed: dict[str, _Printed] = {}
        self._documents: dict[str, Document] = {
            path: encode(body, headers_for(content_type.encode(), FOR_EVER)) for path, (body, content_type) in assets.items()
        }

    def fragments(self, models: Iterable[ModelView]) -> bool:
        """Renders the models' part of the dropdown document; whether any of them came out different."""
        different = False
        for model in models:
            made = fragment(model)
            printed = self._printed.get(model.key)
            if printed is None or printed.fragment != made:
                self._printed[model.key] = _Printed(made, self._pages.row(model))
                different = True
        return different

    def print(self, page: PageView, changed: Iterable[ModelView]) -> dict[str, Document]:
        """All documents by path, after these models changed."""
        documents = dict(self._documents)
        for model in changed:
            self._print_model(documents, page, model)
        self._print_page(documents, page)
        self._documents = documents
        return documents

    def _print_model(self, documents: dict[str, Document], page: PageView, model: ModelView) -> None:
        slug = model.slug
        badge = model_badge(model)
        self._put(documents, f"/models/{slug}", self._pages.model_page(page, model), _HTML)
        self._put(documents, f"/api/v1/models/{slug}", model_document(model), _JSON)
        self._put(documents, f"/v1/models/{model.key}", model_card(model), _JSON)
        self._put(documents, f"/badge/{slug}.svg", badge_svg(badge), _BADGE_SVG, takes_query=True)
        self._put(documents, f"/badge/{slug}.json", shields_endpoint(badge), _BADGE_JSON, takes_query=True)
        self._put(documents, f"/badge/{slug}.dot.svg", dot_svg(model.status, model.name), _BADGE_SVG)

    def _print_page(self, documents: dict[str, Document], page: PageView) -> None:
        printed = self._printed
        badge = page_badge(page)
        dropdown = assemble(page, [printed[model.key].fragment for model in page.models])
        front = self._pages.front(page, {key: each.row for key, each in printed.items()})
        self._put(documents, "/api/v1/models", dropdown, _JSON, takes_query=True)
        self._put(documents, "/", front, _HTML)
        self._put(documents, "/v1/models", models_list(page.models), _JSON)
        self._put(documents, "/badge/all.svg", badge_svg(badge), _BADGE_SVG, takes_query=True)
        self._put(documents, "/badge/all.json", shields_endpoint(badge), _BADGE_JSON, takes_query=True)

    def _put(
        self, documents: dict[str, Document], path: str, body: bytes, headers: Headers, *, takes_query: bool = False
    ) -> None:
        documents[path] = encode(body, headers, takes_query=takes_query, unlike=self._documents.get(path))
