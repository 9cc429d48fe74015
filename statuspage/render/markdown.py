"""What people write, as HTML that can do no harm: Markdown (CommonMark), then an allow-list of tags."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TAGS: Final = frozenset(
    {"p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "h5", "h6", "hr", "del"}
)


@lru_cache(maxsize=1024)
def rendered(text: str) -> Markup:
    """The text as sanitised HTML; images, raw HTML and scripts are gone, links tell nothing of the page they leave."""
    import nh3

    html = nh3.clean(
        _parser().render(text),
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(html.strip())  # noqa: S704 - it was cleaned a line above


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")
