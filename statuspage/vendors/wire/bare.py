"""Finds the error that a good status may hold, in whatever wrapping it comes (failure rows 61 and 62)."""

from typing import Final

from statuspage.vendors.wire.shapes import items, mapping

_FAILED: Final = frozenset({"error", "fail", "failed", "failure"})


def error_in(found: dict[str, object]) -> object | None:
    """The error object, its text, or None where there is none. An answer beside it does not excuse it.

    Known wrappings: `error`, `errors`, the first choice's `error` (OpenRouter), `base_resp` with a status code other than 0
    (MiniMax), `Response.Error` (Tencent), and bare objects of gateways that hold a code and a message, or say that they failed,
    in the answer's place.
    """
    wrapped = found.get("error") or found.get("errors") or mapping(found.get("Response")).get("Error")
    if wrapped and not _says_success(mapping(wrapped)):
        return wrapped
    first = next(iter(items(found.get("choices"))), None)
    if mapping(first).get("error"):
        return mapping(first)["error"]
    verdict = mapping(found.get("base_resp"))
    if verdict.get("status_code"):
        return verdict
    if found.get("choices") or found.get("content"):
        return None
    return found if _is_bare(found) else None


def alone(found: object) -> object:
    """What stands alone in an array, as Google sends its errors; anything else as it is."""
    inside = items(found)
    return inside[0] if len(inside) == 1 else found


def _says_success(error: dict[str, object]) -> bool:
    """Some gateways fill in an `error` to say that there is none: code 0, message `success`."""
    said = str(error.get("message") or error.get("msg") or "").strip().lower()
    return str(error.get("code")) in ("0", "200") and said in ("", "ok", "success") and not error.get("type")


def _is_bare(found: dict[str, object]) -> bool:
    if found.get("success") is False or found.get("status") is False:
        return True
    if any(found.get(name) in _FAILED for name in ("object", "type", "status", "event") if isinstance(found.get(name), str)):
        return True
    told = isinstance(found.get("message"), str) or isinstance(found.get("msg"), str)
    return (told and ("code" in found or "type" in found)) or "error_msg" in found or "error_code" in found or "detail" in found
