"""The JSON Feed 1.1 of the page."""

from statuspage.domain.clock import rfc3339
from statuspage.domain.view import PageView
from statuspage.render.documents import dump
from statuspage.render.feed_entries import clean, entries


def json_feed(page: PageView) -> bytes:
    """Every incident and maintenance of the page."""
    site = page.site
    return dump(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": clean(f"{site.title}: history"),
            "home_page_url": f"{site.url}/",
            "feed_url": f"{site.url}/feed.json",
            "language": "en",
            "authors": [{"name": clean(site.title), "url": f"{site.url}/"}],
            "items": [
                {
                    "id": entry.id,
                    "url": entry.url,
                    "title": entry.title,
                    "content_html": entry.html,
                    "date_published": rfc3339(entry.published_ms),
                    "date_modified": rfc3339(entry.updated_ms),
                    "tags": list(entry.tags),
                }
                for entry in entries(page)
            ],
        }
    )
