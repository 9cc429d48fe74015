"""Names as readers may see them."""

import unicodedata

_INVISIBLE = frozenset({"Cc", "Zl", "Zp", "Cs"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def display_name(text: str) -> str:
    """The name with a space for each control character (line breaks and text-turning marks too), trimmed."""
    return "".join(" " if char in _TURNING or unicodedata.category(char) in _INVISIBLE else char for char in text).strip()


def has_control(text: str) -> bool:
    """Whether some character of an id cannot be seen."""
    return any(char in _TURNING or unicodedata.category(char) in _INVISIBLE for char in text)
