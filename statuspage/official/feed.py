"""RSS and Atom: incidents as articles, without components or a headline; what is open is told by the words of phases."""

import html
import re
from typing import Final
from xml.etree import ElementTree as ET

from statuspage.domain.official import Availability, Detail, OfficialIncident, OfficialReading, Severity
from statuspage.official import words
from statuspage.official.json import Json, UnreadableError, link, text, text_of
from statuspage.official.reader import Engine, Page, detail, reading
from statuspage.official.times import at_ms

NAME: Final = "feed"
_ROOTS: Final = frozenset({"rss", "feed", "RDF"})
_DECLARES: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")
_ENDED: Final = re.compile(
    r"\b(?:resolved|completed|postmortem|cancell?ed|fixed|has ended|closed|back to normal|fully recovered)\b", re.IGNORECASE
)
_OPEN: Final = re.compile(r"\b(?:investigating|identified|monitoring|in progress|ongoing|verifying)\b", re.IGNORECASE)
_PLANNED: Final = re.compile(r"\b(?:scheduled|planned|maintenance)\b", re.IGNORECASE)


def is_feed(body: bytes) -> bool:
    """Whether a body is RSS or Atom."""
    try:
        return _name(_root(body).tag) in _ROOTS
    except UnreadableError:
        return False


def _root(body: bytes) -> ET.Element:
    written = text_of(body)
    if _DECLARES.search(written):
        raise UnreadableError("the feed declares entities, which we do not read")
    written = re.sub(r"^\s*<\?xml[^>]*\?>", "", written.lstrip("\ufeff"))
    try:
        return ET.fromstring(written)  # noqa: S314 - nothing is declared, so nothing can grow
    except (ET.ParseError, ValueError):
        raise UnreadableError("the answer is no feed") from None


def _read(page: Page) -> OfficialReading:
    root = _root(page.body)
    if _name(root.tag) not in _ROOTS:
        raise UnreadableError("the answer is no feed")
    articles = [each for each in root.iter() if _name(each.tag) in ("item", "entry")]
    told = [(each, _told(each)) for each in articles]
    incidents = detail(_incident(each) for each, said in told if _is_open(said) and not _PLANNED.search(said))
    newest_is_clear = not told or _is_open(told[0][1]) or _ENDED.search(told[0][1]) is not None
    return reading(
        NAME,
        Severity.NONE if newest_is_clear else None,
        incidents=incidents,
        maintenances=Detail(availability=Availability.UNSUPPORTED),
        components=Detail(availability=Availability.UNSUPPORTED),
    )


def _is_open(said: str) -> bool:
    return _ENDED.search(said) is None and _OPEN.search(said) is not None


def _told(article: ET.Element) -> str:
    """Title and text without markup, marked up once or twice."""
    parts = [
        part.text or ""
        for part in article.iter()
        if _name(part.tag) in ("title", "description", "summary", "content", "encoded", "status")
    ]
    parts += [_TAG.sub(" ", html.unescape(part)) for part in parts]
    return " ".join(parts)


def _incident(article: ET.Element) -> OfficialIncident:
    published_ms = next(
        (at for name in ("pubDate", "published", "date", "updated") if (at := at_ms(_child(article, name))) is not None), None
    )
    said = _told(article)
    return OfficialIncident(
        name=text(html.unescape(_child(article, "title") or "")) or "An incident without a name",
        severity=words.sentence_severity(said) if re.search(r"\bmajor|\bcritical", said, re.IGNORECASE) else Severity.MINOR,
        published_ms=published_ms,
        started_ms=published_ms,
        url=link(_child(article, "link") or next((part.get("href") for part in article if _name(part.tag) == "link"), None)),
    )


def _child(article: ET.Element, name: str) -> str | None:
    return next((part.text for part in article if _name(part.tag) == name and part.text), None)


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _claims(document: Json) -> bool:
    return document is None


ENGINE: Final = Engine(
    name=NAME,
    title="RSS or Atom feed",
    claims=_claims,
    read=_read,
    paths=("/feed.xml", "/feed.rss", "/history.atom"),
    hosts=("status.x.ai",),
    plain=False,
)
