"""Whether who answered is who was asked."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from statuspage.vendors.vendor import Vendor

_HARMLESS: Final = re.compile(
    r"\d{3,}|v\d+|latest|preview|exp|experimental|beta|instruct|chat|it|hf|free|fp8|fp4|bf16|fp16|int4|int8|nvfp4|mxfp4|awq|gptq|"
    r"gguf|maas|online|default|q\d\w*|k|m|s|batch|global|original|tee"
)
_FLOATING: Final = re.compile(r"(?:^|[-/~:])(?:latest|auto|default|router)\b", re.IGNORECASE)


def same_model(requested: str, served: str, vendor: Vendor) -> bool:
    """Whether `served` names the requested model, generously: a path before it, a date, a variant or a format after it.

    An id that its vendor resolves over time (`…-latest`) may be served by anything.
    """
    if requested == served or _FLOATING.search(requested) or requested.lower() in vendor.floating:
        return True
    wanted, got = _parts(requested), _parts(served)
    short, long = sorted((wanted, got), key=len)
    if long[: len(short)] != short:
        return False
    return all(_HARMLESS.fullmatch(part) or (len(part) <= 2 and _dated(long, len(short))) for part in long[len(short) :])


def _parts(model_id: str) -> list[str]:
    name = model_id.lower().rstrip("/").rsplit("/", 1)[-1].removesuffix(".gguf")
    name = re.split(r"[:@]", name)[0] or name
    return [part for part in re.split(r"[^a-z0-9]+", name) if part]


def _dated(parts: Sequence[str], start: int) -> bool:
    """What follows is a date such as 2024-08-06 or 08-06."""
    return re.fullmatch(r"(?:20\d\d-)?[01]\d-[0-3]\d", "-".join(parts[start:])) is not None


def routed_elsewhere(pinned: Sequence[str], served_by: str | None) -> bool:
    """Whether another upstream than the pinned ones answered; unknown is no."""
    if not pinned or not served_by:
        return False
    got = _letters(served_by)
    wanted = [_letters(name.split("/")[0]) for name in pinned]
    return not any(got.startswith(name) or name.startswith(got) for name in wanted if name)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def from_cache(headers: Mapping[str, str]) -> bool:
    """Whether a response cache says that it answered."""
    for name, value in headers.items():
        if "cache" in name:
            word = value.strip().lower()
            if word.startswith("hit") or (name.endswith("cache-hit") and word == "true"):
                return True
    return False
