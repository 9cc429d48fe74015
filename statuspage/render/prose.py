"""What people wrote, as a page may show it."""

import re
from typing import Final

from markupsafe import Markup, escape

_PARAGRAPHS: Final = re.compile(r"\n\s*\n")


def prose(text: str) -> Markup:
    """Paragraphs and line breaks of the text; nothing in it is markup."""
    paragraphs = (escape(part.strip()) for part in _PARAGRAPHS.split(text) if part.strip())
    return Markup("").join(Markup("<p>{}</p>").format(part.replace("\n", Markup("<br>"))) for part in paragraphs)
