"""The RSS 2.0 feed of the page."""

from email.utils import formatdate
from typing import Final
from xml.etree import ElementTree as ET

from statuspage.domain.view import PageView
from statuspage.render.atom import document
from statuspage.render.feed_entries import clean, entries, updated_ms

_ATOM: Final = "http://www.w3.org/2005/Atom"


def history_rss(page: PageView) -> bytes:
    """Every incident and maintenance of the page."""
    site = page.site
    found = entries(page)
    rss = ET.Element("rss", {"version": "2.0", "xmlns:atom": _ATOM})
    channel = ET.SubElement(rss, "channel")
    _add(channel, "title", clean(f"{site.title}: history"))
    _add(channel, "link", f"{site.url}/incidents")
    _add(channel, "description", clean(f"Incidents and maintenance of {site.title}"))
    _add(channel, "language", "en")
    for name in ("pubDate", "lastBuildDate"):
        _add(channel, name, _date(updated_ms(found, page)))
    ET.SubElement(channel, "atom:link", {"rel": "self", "type": "application/rss+xml", "href": f"{site.url}/history.rss"})
    for entry in found:
        item = ET.SubElement(channel, "item")
        _add(item, "title", entry.title)
        _add(item, "link", entry.url)
        _add(item, "description", entry.html)
        _add(item, "pubDate", _date(entry.updated_ms))
        for tag in entry.tags:
            _add(item, "category", tag)
        ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = entry.id
    return document(rss)


def _date(at_ms: int) -> str:
    """RFC 822 with four digits of the year and a zone that validators take."""
    return formatdate(at_ms / 1000, usegmt=True)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
