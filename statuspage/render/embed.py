"""What stands in other people's pages: the small page of an iframe, and the answer to oEmbed's question (oembed.com)."""

from typing import Final
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from jinja2 import Environment

from statuspage.domain.view import ModelView, SiteView
from statuspage.domain.words import Level, Status
from statuspage.render.documents import Json, dump
from statuspage.render.language import tr
from statuspage.render.looks import LOOKS

THEMES: Final = ("auto", "light", "dark")
WIDTH: Final = 360
HEIGHT: Final = 66
"""The size of the small page in CSS pixels; it bears less."""
_CACHE_S: Final = 3600
_PAGES: Final = ("/models/", "/embed/")


class Frame:
    """The small page of one model."""

    def __init__(self, environment: Environment) -> None:
        self._template = environment.get_template("embed.html")

    def of(self, site: SiteView, model: ModelView | None, theme: str = "auto") -> bytes:
        """The page in a theme; None is a model that nobody knows or that is not public."""
        look = LOOKS[model.status if model else Status.NO_DATA]
        return self._template.render(
            site=site,
            model=model,
            theme=theme,
            name=model.name if model else tr("No such model"),
            word=tr(look.word) if model else tr("Unknown"),
            glyph=look.glyph,
            level=(model.level if model else Level.GREY).value,
        ).encode()


def slug_of_url(url: str, site_url: str) -> str | None:
    """The slug in the address of a model's page or frame on this site; None when it is another address."""
    try:
        asked, site = urlsplit(url), urlsplit(site_url)
    except ValueError:
        return None
    base = site.path.rstrip("/")
    if asked.scheme not in ("http", "https") or asked.netloc.lower() != site.netloc.lower():
        return None
    begins = (f"{base}{page}" for page in _PAGES)
    return next((asked.path.removeprefix(begin).rstrip("/") for begin in begins if asked.path.startswith(begin)), None)


def frame_html(model: ModelView, site: SiteView, width: int = WIDTH, height: int = HEIGHT) -> str:
    """The iframe that somebody puts into a page."""
    source = f"{site.url.rstrip('/')}/embed/{quote(model.slug)}"
    title = escape(f"Status of {model.name}", {'"': "&quot;"})
    return f'<iframe src="{source}" width="{width}" height="{height}" title="{title}" loading="lazy" style="border:0"></iframe>'


def oembed_fields(model: ModelView, site: SiteView, max_width: int | None, max_height: int | None) -> dict[str, Json]:
    """The rich answer: an iframe no larger than asked for, in CSS pixels."""
    width, height = min(WIDTH, max_width or WIDTH), min(HEIGHT, max_height or HEIGHT)
    return {
        "version": "1.0",
        "type": "rich",
        "title": f"{model.name}: {LOOKS[model.status].word}",
        "provider_name": site.title,
        "provider_url": f"{site.url}/",
        "cache_age": _CACHE_S,
        "html": frame_html(model, site, width, height),
        "width": width,
        "height": height,
    }


def oembed_json(fields: dict[str, Json]) -> bytes:
    """As JSON."""
    return dump(fields)


def oembed_xml(fields: dict[str, Json]) -> bytes:
    """As XML."""
    inside = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in fields.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{inside}</oembed>\n'.encode()
