"""Atom feeds (RFC 4287): of the page, and of one model."""

from typing import Final
from xml.etree import ElementTree as ET

from statuspage.domain.clock import rfc3339
from statuspage.domain.view import ModelView, PageView
from statuspage.render.feed_entries import Entry, clean, entries, tag_uri, updated_ms

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"


def history_atom(page: PageView) -> bytes:
    """Every incident and maintenance of the page."""
    site = page.site
    return _feed(page, entries(page), None, f"{site.url}/history.atom", f"{site.url}/incidents", f"{site.title}: history")


def model_atom(page: PageView, model: ModelView) -> bytes:
    """What concerns one model."""
    found = entries(page, model.key)
    title = f"{model.name} ({page.site.title}): history"
    return _feed(page, found, model.key, f"{page.site.url}/models/{model.slug}.atom", model.url, title)


def _feed(page: PageView, found: list[Entry], key: str | None, self_url: str, page_url: str, title: str) -> bytes:
    feed = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    path = self_url.removeprefix(page.site.url).strip("/").removesuffix(".atom")
    _add(feed, "id", tag_uri(page.site.url, f"/{path}"))
    _add(feed, "title", clean(title))
    _add(feed, "updated", rfc3339(updated_ms(found, page, key)))
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": self_url})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page_url})
    _add(ET.SubElement(feed, "author"), "name", clean(page.site.title))
    for entry in found:
        made = ET.SubElement(feed, "entry")
        _add(made, "id", entry.id)
        _add(made, "title", entry.title)
        _add(made, "published", rfc3339(entry.published_ms))
        _add(made, "updated", rfc3339(entry.updated_ms))
        ET.SubElement(made, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
        for tag in entry.tags:
            ET.SubElement(made, "category", {"term": tag})
        content = ET.SubElement(made, "content", {"type": "html"})
        content.text = entry.html
    return document(feed)


def document(root: ET.Element) -> bytes:
    """The element as an XML document in UTF-8."""
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
