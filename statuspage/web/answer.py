"""A document as a Litestar response: negotiated and conditional like the ready ones."""

from litestar import Request, Response
from litestar.datastructures import State

from statuspage.render.encoded import Document
from statuspage.web.negotiation import is_unchanged, request_conditions, variant_for

AnyRequest = Request[object, object, State]


def answer(request: AnyRequest, document: Document) -> Response[bytes]:
    """The document in the encoding the client takes, or 304 when the client has it."""
    accept_encoding, *conditions = request_conditions(request.scope["headers"])
    variant = variant_for(document, accept_encoding)
    unchanged = document.status == 200 and is_unchanged(variant, *conditions)
    headers = variant.unchanged_headers if unchanged else variant.headers
    return Response(
        content=b"" if unchanged else variant.body,
        status_code=304 if unchanged else document.status,
        headers={name.decode(): value.decode() for name, value in headers if name != b"content-length"},
    )
