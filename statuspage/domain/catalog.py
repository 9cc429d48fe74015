"""What a vendor's list of models says of one of them, in neutral words. Pure, and tolerant of any JSON."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec

_MILLION: Final = Decimal(1_000_000)
_LONGEST_NUMBER: Final = 40
_MOST_TOKENS: Final = 1_000_000_000
_DEAREST_TOKEN: Final = Decimal(1)
"""A token for more than a dollar is nonsense."""
_SIZES: Final = ("context_length", "context_window", "max_model_len", "max_context_length", "max_input_tokens")
_PARAMETERS: Final = {
    "tools": "tools",
    "reasoning": "reasoning",
    "structured_outputs": "structured_outputs",
    "response_format": "json",
}
_INPUTS: Final = {"image": "vision", "video": "video", "audio": "audio", "file": "files"}
_FLAGS: Final = {
    "supports_image_in": "vision",
    "supports_image_input": "vision",
    "supports_vision": "vision",
    "supports_video_in": "video",
    "supports_reasoning": "reasoning",
    "supports_tools": "tools",
    "supports_tool_calling": "tools",
}
_CHAT_TYPES: Final = frozenset({"chat", "language", "code", "text", "llm", "model"})


class CatalogEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One listed model; None is what the list does not say.

    Prices are US dollars per million tokens. `capabilities` are sorted words such as `tools`, `vision`, `reasoning`.
    `chat` is False for what plainly does not answer in text. `created_ms` is UTC milliseconds.
    """

    id: str
    name: str | None = None
    context_length: int | None = None
    capabilities: tuple[str, ...] | None = None
    input_usd: Decimal | None = None
    output_usd: Decimal | None = None
    expires_on: date | None = None
    alias_target: str | None = None
    canonical_slug: str | None = None
    created_ms: int | None = None
    chat: bool | None = None


def entry_of(model_id: str, raw: Mapping[str, object]) -> CatalogEntry:
    """The entry of one object of `/models`, whatever else it holds.

    Shapes: Moonshot's and Groq's flags, Together's prices per million, OpenRouter's strings per token.
    """
    input_usd, output_usd = _prices(_mapping(raw.get("pricing")), free="free" in model_id.lower())
    return CatalogEntry(
        id=model_id,
        name=_text(raw.get("display_name")) or _text(raw.get("name")),
        context_length=_context(raw),
        capabilities=_capabilities(raw),
        input_usd=input_usd,
        output_usd=output_usd,
        expires_on=day_said(raw.get("expiration_date")),
        alias_target=_text(raw.get("alias_target")),
        canonical_slug=_text(raw.get("canonical_slug")),
        created_ms=_moment_ms(raw.get("created", raw.get("created_at"))),
        chat=_chat(raw),
    )


def spell_usd(amount: Decimal) -> str:
    """Dollars without needless digits: `$3`, `$0.55`."""
    text = f"{amount:f}"
    return f"${text.rstrip('0').rstrip('.')}" if "." in text else f"${text}"


def _prices(pricing: Mapping[str, object], *, free: bool) -> tuple[Decimal | None, Decimal | None]:
    """Input and output per million: `prompt`/`completion` and texts are per token, plain numbers of `input`/`output` per million.

    Zero among plain numbers is how a list says that it does not know, unless the model is called free.
    """
    if "prompt" in pricing or "completion" in pricing:
        return _per_token(pricing.get("prompt")), _per_token(pricing.get("completion"))
    found = [_listed_price(pricing.get(key)) for key in ("input", "output")]
    if not free and not any(found):
        return None, None
    return found[0], found[1]


def _per_token(value: object) -> Decimal | None:
    amount = _number(value)
    return None if amount is None or not 0 <= amount <= _DEAREST_TOKEN else (amount * _MILLION).normalize()


def _listed_price(value: object) -> Decimal | None:
    if isinstance(value, str):
        return _per_token(value)
    amount = _number(value)
    return None if amount is None or not 0 <= amount <= _DEAREST_TOKEN * _MILLION else amount.normalize()


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if len(text) > _LONGEST_NUMBER:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _context(raw: Mapping[str, object]) -> int | None:
    for key in _SIZES:
        size = raw.get(key)
        if isinstance(size, int) and not isinstance(size, bool) and 0 < size <= _MOST_TOKENS:
            return size
    return None


def _capabilities(raw: Mapping[str, object]) -> tuple[str, ...] | None:
    """The union of every way to say it; None where nothing is said at all."""
    found: set[str] = set()
    said = False
    parameters = raw.get("supported_parameters")
    if isinstance(parameters, list):
        said = True
        found |= {word for name in parameters if isinstance(name, str) and (word := _PARAMETERS.get(name))}
    modalities = _mapping(raw.get("architecture")).get("input_modalities")
    if isinstance(modalities, list):
        said = True
        found |= {word for name in modalities if isinstance(name, str) and (word := _INPUTS.get(name))}
    for flag, word in _FLAGS.items():
        value = raw.get(flag)
        if isinstance(value, bool):
            said = True
            found |= {word} if value else set()
    return tuple(sorted(found)) if said else None


def _chat(raw: Mapping[str, object]) -> bool | None:
    outputs = _mapping(raw.get("architecture")).get("output_modalities")
    if isinstance(outputs, list) and outputs:
        return "text" in outputs
    kind = raw.get("type")
    return kind.lower() in _CHAT_TYPES if isinstance(kind, str) and kind else None


def day_said(value: object) -> date | None:
    """A day given as ISO text or as UTC seconds; None for anything else."""
    try:
        if isinstance(value, str):
            return date.fromisoformat(value[:10])
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _moment_ms(value: object) -> int | None:
    try:
        if isinstance(value, str):
            told = datetime.fromisoformat(value)
            return round((told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp() * 1000)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return round(datetime.fromtimestamp(value, tz=UTC).timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return value[:200] if isinstance(value, str) and value else None
