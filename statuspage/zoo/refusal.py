"""How a vendor says no: status, body and headers of one condition."""

from typing import Final

import msgspec

from statuspage.zoo.reply import HTML, JSON, Headers, Reply, as_json, whole


class Refusal(msgspec.Struct, frozen=True):
    """One answer other than 200; strings of the body and of headers may hold `{model}`, `{parameter}`, `{detail}`."""

    status: int
    body: object
    """JSON, or text that starts with `<` for a web page."""
    headers: Headers = ()


def openai_error(
    status: int,
    message: str,
    kind: str | None = None,
    code: str | int | None = None,
    *,
    param: str | None = None,
    headers: Headers = (),
    whole_shape: bool = False,
) -> Refusal:
    """`{"error": {message, type, code, param}}`; `whole_shape` sends absent fields as null, as OpenAI does."""
    fields: dict[str, object] = {"message": message, "type": kind, "param": param, "code": code}
    error = fields if whole_shape else {name: value for name, value in fields.items() if value is not None}
    return Refusal(status, {"error": error}, headers)


def anthropic_error(
    status: int, kind: str, message: str, *, details: dict[str, object] | None = None, headers: Headers = ()
) -> Refusal:
    """`{"type": "error", "error": {type, message}, "request_id"}`."""
    error: dict[str, object] = {"type": kind, "message": message}
    if details:
        error["details"] = details
    return Refusal(status, {"type": "error", "error": error, "request_id": "req_011CZoo"}, headers)


def web_page(status: int, title: str, body: str = "", headers: Headers = ()) -> Refusal:
    """An HTML page, as gateways and firewalls send."""
    text = (
        f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center>{body}</body></html>\n"
    )
    return Refusal(status, text, headers)


def fill(refusal: Refusal, words: dict[str, str]) -> bytes:
    """The body's bytes with its placeholders filled."""
    text = refusal.body if isinstance(refusal.body, str) else as_json(refusal.body).decode()
    for name, word in words.items():
        escaped = word if isinstance(refusal.body, str) else as_json(word).decode()[1:-1]
        text = text.replace("{" + name + "}", escaped)
    return text.encode()


def reply_of(refusal: Refusal, words: dict[str, str], headers: Headers = ()) -> Reply:
    """The refusal as a whole HTTP answer."""
    body = fill(refusal, words)
    content_type = HTML if body.startswith(b"<") else JSON
    return whole(refusal.status, body, content_type, (*headers, *refusal.headers))


FALLBACK: Final = "server_error"
NEAREST: Final = {
    "flex": "overloaded",
    "slow_down": "overloaded",
    "revoked_key": "bad_key",
    "wrong_region": "bad_key",
    "missing_key": "bad_key",
    "auth_outage": "bad_key",
    "spend_limit": "quota",
    "credit_too_low": "payment",
    "suspended": "payment",
    "retired": "unknown_model",
    "not_entitled": "unknown_model",
    "tpm": "rate",
    "concurrency": "rate",
    "region_blocked": "forbidden",
    "unknown_parameter": "parameter",
}
"""Which condition a vendor without words of its own for one falls back to."""


def refusal_for(condition: str, own: dict[str, Refusal], *others: dict[str, Refusal]) -> Refusal:
    """The words for `condition`: the vendor's own, for it or the nearest condition, before anybody else's."""
    chain = [condition]
    while chain[-1] in NEAREST:
        chain.append(NEAREST[chain[-1]])
    for tables in ((own,), others):
        for wanted in chain:
            for table in tables:
                if wanted in table:
                    return table[wanted]
    return others[-1][FALLBACK]
