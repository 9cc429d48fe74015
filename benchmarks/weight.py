"""What a browser loads for the front page: compressed bytes, requests, third parties."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from benchmarks.http import get
from benchmarks.row import Row

_BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}


class _Assets(HTMLParser):
    """Collects what the page makes a browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        fetched = given.get("src") if tag in {"script", "img", "iframe"} else None
        if tag == "link" and given.get("rel") in {"stylesheet", "icon", "modulepreload", "preload", "manifest"}:
            fetched = given.get("href")
        if fetched and not fetched.startswith("data:"):
            self.urls.append(fetched)


def weigh(url: str, models: int) -> list[Row]:
    """Fetches the front page and everything it asks for, once each."""
    page = get(url + "/", _BROWSER)
    html = get(url + "/", {"Accept-Encoding": "identity"})
    parser = _Assets()
    parser.feed(html.body.decode())
    own = sorted(
        {urljoin(url + "/", each) for each in parser.urls if urlsplit(urljoin(url, each)).netloc == urlsplit(url).netloc}
    )
    foreign = [each for each in parser.urls if urlsplit(urljoin(url, each)).netloc != urlsplit(url).netloc]
    assets = [get(each, _BROWSER) for each in own]
    failed = [each for each, answer in zip(own, assets, strict=True) if answer.status != 200]
    if failed:
        raise RuntimeError(f"the page asks for what is not there: {failed}")
    total = len(page.body) + sum(len(answer.body) for answer in assets)
    used = page.headers.get("content-encoding", "identity")
    note = f"page {len(page.body):,} B {used} of {len(html.body):,} B, {len(own)} assets"
    return [
        Row(name=f"page weight, {models} models × 90 days", value=total / 1000, unit="kB", goal=40, note=note),
        Row(name="requests for the page", value=1 + len(own), unit="", goal=5),
        Row(name="third-party requests", value=len(foreign), unit="", note=" ".join(foreign)),
    ]
