"""Prints every public document of the page, and keeps what did not change."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, Protocol

import msgspec

from statuspage.domain.languages import ENGLISH
from statuspage.domain.view import ModelView, PageView
from statuspage.render.documents import assemble, fragment
from statuspage.render.encoded import Document, Headers, encode
from statuspage.render.headers import FOR_EVER, MODULE, REVALIDATE, SHORT, dated, headers_for
from statuspage.render.language import speaking
from statuspage.render.sheets import Sheet
from statuspage.render.surfaces import HISTORY_SURFACES, MODEL_SURFACES, PAGE_SURFACES, HistorySurface

_HTML: Final = headers_for(b"text/html; charset=utf-8", REVALIDATE)
_JSON: Final = headers_for(b"application/json", SHORT)


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

    def sheets(self, page: PageView) -> Iterable[Sheet]:
        """Every other page that lies ready."""
        ...


class _Printed(msgspec.Struct):
    """One model's pieces, kept until the model changes; its rows by language."""

    fragment: bytes
    rows: dict[str, str]


class _MadeOf(msgspec.Struct, eq=False):
    """What some documents were made of when they were last looked at, and whether it is still the same."""

    known: object = None
    page: PageView | None = None
    stays: bool = False


class Press:
    """Turns views into documents; what did not change is neither rendered nor compressed again.

    `assets` and `modules` are content and media type by address: those have the hash in their name, these are asked for anew.
    It is used from one thread at a time, never from the loop that probes. Pages of a language other than the page's own
    are printed from the first time somebody asks for it; they stand under `path language`.
    """

    def __init__(
        self,
        pages: Pages,
        assets: Mapping[str, tuple[bytes, str]],
        modules: Mapping[str, tuple[bytes, str]] = MappingProxyType({}),
        language: str = ENGLISH,
    ) -> None:
        self._pages = pages
        self._own = language
        self._languages = [language]
        self._unspoken: list[str] = []
        self._printed: dict[str, _Printed] = {}
        self._told: dict[str, object] = {}
        self._made_of: dict[Callable[[PageView], object], _MadeOf] = {}
        self._documents: dict[str, Document] = {
            path: encode(body, headers_for(content_type.encode(), cache))
            for files, cache in ((assets, FOR_EVER), (modules, MODULE))
            for path, (body, content_type) in files.items()
        }

    def fragments(self, models: Iterable[ModelView]) -> bool:
        """Renders the models' part of the dropdown document; whether any of them came out different."""
        different = False
        for model in models:
            made = fragment(model)
            printed = self._printed.get(model.key)
            if printed is None or printed.fragment != made:
                self._printed[model.key] = _Printed(made, {})
                different = True
        return different

    def speak(self, language: str) -> bool:
        """Has pages printed in that language too from the next time on; whether that is new."""
        if language in (*self._languages, *self._unspoken):
            return False
        self._unspoken.append(language)
        return True

    def print(self, page: PageView, changed: Iterable[ModelView]) -> dict[str, Document]:
        """All documents by path, after these models changed."""
        documents = dict(self._documents)
        changed = list(changed)
        try:
            for model in changed:
                self._print_model(documents, model)
            self._print_page(documents, page)
            for language in self._languages:
                self._print_pages(documents, page, changed, language)
            while self._unspoken:
                self._print_pages(documents, page, page.models, self._unspoken[0])
                self._languages.append(self._unspoken.pop(0))
        except BaseException:
            self._made_of.clear()  # what was not printed is not known
            self._told.clear()
            raise
        self._documents = documents
        return documents

    def _print_model(self, documents: dict[str, Document], model: ModelView) -> None:
        for each in MODEL_SURFACES:
            path = each.path.format(slug=model.slug, key=model.key)
            self._put(documents, path, each.body(model), each.headers, takes_query=each.takes_query)

    def _print_pages(self, documents: dict[str, Document], page: PageView, changed: Iterable[ModelView], language: str) -> None:
        """The pages for people, in one language."""
        behind = "" if language == self._own else f" {language}"
        with speaking(language):
            for model in changed:
                body = self._pages.model_page(page, model)
                self._put(documents, f"/models/{model.slug}{behind}", body, _HTML, takes_query=True, spoken=language)
            for model in page.models:
                rows = self._printed[model.key].rows
                if language not in rows:
                    rows[language] = self._pages.row(model)
            front = self._pages.front(page, {key: each.rows[language] for key, each in self._printed.items()})
            self._put(documents, f"/{behind}", front, _HTML, spoken=language)
            for sheet in self._pages.sheets(page):
                place = f"{sheet.path}{behind}"
                if place not in documents or self._told.get(place) != sheet.shows:
                    self._put(documents, place, sheet.body(), _HTML, takes_query=sheet.takes_query, spoken=language)
                    self._told[place] = sheet.shows

    def _print_page(self, documents: dict[str, Document], page: PageView) -> None:
        printed = self._printed
        dropdown = assemble(page, [printed[model.key].fragment for model in page.models])
        self._put(documents, "/api/v1/models", dropdown, _JSON, takes_query=True)
        for each in PAGE_SURFACES:
            if each.made_of is not None and self._stays(each.made_of, page):
                continue
            body = each.body(page)
            if body is not None:
                headers = dated(each.headers, page.generated_at_ms) if each.dated else each.headers
                self._put(documents, each.path, body, headers, takes_query=each.takes_query)
        for history in HISTORY_SURFACES:
            if not self._stays(history.made_of, page):
                self._print_history(documents, page, history)

    def _print_history(self, documents: dict[str, Document], page: PageView, surface: HistorySurface) -> None:
        for model in page.models:
            path = surface.path.format(slug=model.slug)
            of_model = surface.of_model(page, model)
            if path not in self._documents or self._told.get(path) != of_model:
                self._put(documents, path, surface.body(page, model), dated(surface.headers, page.generated_at_ms))
                self._told[path] = of_model

    def _stays(self, made_of: Callable[[PageView], object], page: PageView) -> bool:
        """Whether nothing changed that documents are made of."""
        known = self._made_of.setdefault(made_of, _MadeOf())
        if known.page is not page:
            now = made_of(page)
            known.stays, known.known, known.page = now == known.known, now, page
        return known.stays

    def _put(
        self,
        documents: dict[str, Document],
        path: str,
        body: bytes,
        headers: Headers,
        *,
        takes_query: bool = False,
        spoken: str | None = None,
    ) -> None:
        unlike = self._documents.get(path)
        documents[path] = encode(body, headers, takes_query=takes_query, language=spoken, unlike=unlike)
