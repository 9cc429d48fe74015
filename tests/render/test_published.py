"""Which file stands for which address."""

import pytest

from statuspage.render.encoded import encode
from statuspage.render.published import file_of, files_of

HTML, JSON, SVG = "text/html", "application/json", "image/svg+xml"


@pytest.mark.parametrize(
    ("path", "content_type", "name"),
    [
        ("/", HTML, "index.html"),
        ("/models/moonshot-kimi-k2.6", HTML, "models/moonshot-kimi-k2.6/index.html"),
        ("/models/moonshot-kimi-k2.6.atom", "application/atom+xml", "models/moonshot-kimi-k2.6.atom"),
        ("/api/v1/models", JSON, "api/v1/models.json"),
        ("/v1/models/openrouter/moonshotai/kimi-k2.6", JSON, "v1/models/openrouter/moonshotai/kimi-k2.6.json"),
        ("/api/v2/incidents/unresolved.json", JSON, "api/v2/incidents/unresolved.json"),
        ("/feed.json", "application/feed+json", "feed.json"),
        ("/badge/all.svg", SVG, "badge/all.svg"),
        ("/.well-known/security.txt", "text/plain", ".well-known/security.txt"),
        ("/v1/models/a/../../../etc/passwd", JSON, None),
        ("/v1/models/a//b", JSON, None),
        ("/v1/models/a/\0", JSON, None),
        ("/v1/models/a/\ud800", JSON, None),
        ("/v1/models/a/" + "é" * 128, JSON, None),
    ],
)
def test_the_file_of_an_address(path: str, content_type: str, name: str | None) -> None:
    assert file_of(path, content_type) == name


def test_what_pages_refer_to_is_written_before_them_and_what_is_not_found_is_not() -> None:
    def document(content_type: bytes, status: int = 200, language: str | None = None) -> object:
        return encode(b"x", [(b"content-type", content_type)], status=status, language=language)

    documents = {
        "/": document(b"text/html; charset=utf-8", language="en"),
        "/ zh-CN": document(b"text/html; charset=utf-8", language="zh-CN"),
        "/gone": document(b"text/html; charset=utf-8", 404),
        "/static/page.abc.css": document(b"text/css; charset=utf-8"),
    }
    assert list(files_of(documents)) == ["static/page.abc.css", "index.html"]  # type: ignore[arg-type]
