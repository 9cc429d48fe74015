"""What the operator's rooms and doors answer with: pages that nobody keeps, and the way elsewhere."""

from typing import Final

from litestar.response import Response

from statuspage.render.encoded import encode
from statuspage.render.headers import NO_STORE, headers_for
from statuspage.web.answer import AnyRequest, answer

_HTML: Final = headers_for(b"text/html; charset=utf-8", NO_STORE)


def page(request: AnyRequest, body: bytes, status: int = 200) -> Response[bytes]:
    """A page that nobody keeps."""
    return answer(request, encode(body, _HTML, status=status))


def led_to(location: str) -> Response[bytes]:
    """303, kept by nobody."""
    return Response(b"", status_code=303, headers={"location": location, "cache-control": "no-store"})
