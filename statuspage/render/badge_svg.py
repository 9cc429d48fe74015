"""Badges as SVG: four styles and the dot alone. White on every ground has a contrast of 4.5:1 or more.

Nothing in a drawing refers to the outside, and its ids are its own, so that several may stand in one document.
"""

import zlib
from collections.abc import Callable
from html import escape
from typing import Final

import msgspec

from statuspage.domain.words import Status
from statuspage.render.badge_text import BadgeText
from statuspage.render.looks import LOOKS
from statuspage.render.verdana import text_width

LABEL_GROUND: Final = "#424a53"
_FONT: Final = "Verdana,Geneva,DejaVu Sans,sans-serif"
_PADDING: Final = 6
_CAPS_PADDING: Final = 10
_CAPS_SPACING: Final = 1.25


class _Box(msgspec.Struct, frozen=True):
    """One half of a badge: escaped text, where it begins, how wide it is."""

    text: str
    x: int
    width: int
    text_length: float


def badge_svg(text: BadgeText, style: str = "flat") -> bytes:
    """Draws a badge in `flat`, `flat-square`, `plastic` or `for-the-badge`."""
    return _STYLES[style](text).encode()


def dot_svg(status: Status | None, name: str) -> bytes:
    """The shape of a status alone, 16 × 16, named for screen readers; None is an unknown model."""
    look = LOOKS[status or Status.NO_DATA]
    title = escape(f"{name}: {look.message if status else 'unknown'}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" role="img" aria-label="{title}"'
        f' color="{look.colour}" fill="{look.colour}"><title>{title}</title>{look.drawing}</svg>'
    ).encode()


def _boxes(
    text: BadgeText, padding: int, measure: Callable[[str], float], measure_message: Callable[[str], float] | None = None
) -> tuple[_Box, _Box]:
    label_length, message_length = measure(text.label), (measure_message or measure)(text.message)
    label_width = round(label_length) + 2 * padding if text.label else 0
    message_width = round(message_length) + 2 * padding
    return (
        _Box(escape(text.label), 0, label_width, label_length),
        _Box(escape(text.message), label_width, message_width, message_length),
    )


def _frame(text: BadgeText, width: int, height: int, body: str) -> str:
    title = escape(f"{text.label}: {text.message}" if text.label else text.message)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img" aria-label="{title}">'
        f"<title>{title}</title>{body}</svg>"
    )


def _id(text: BadgeText, style: str) -> str:
    return f"b{zlib.crc32(f'{style}|{text.label}|{text.message}|{text.colour}'.encode()):08x}"


def _write(box: _Box, baseline: float, *, shadow: bool) -> str:
    if not box.text:
        return ""
    middle = (box.x + box.width / 2) * 10
    place = f'x="{middle:g}" textLength="{box.text_length * 10:.0f}" transform="scale(.1)"'
    below = f'<text {place} y="{(baseline + 1) * 10:g}" fill="#010101" fill-opacity=".3">{box.text}</text>' if shadow else ""
    return f'{below}<text {place} y="{baseline * 10:g}">{box.text}</text>'


def _words(boxes: tuple[_Box, _Box], baseline: float, *, shadow: bool) -> str:
    written = "".join(_write(box, baseline, shadow=shadow) for box in boxes)
    return (
        f'<g fill="#fff" text-anchor="middle" font-family="{_FONT}" text-rendering="geometricPrecision"'
        f' font-size="110">{written}</g>'
    )


def _grounds(boxes: tuple[_Box, _Box], height: int, colour: str) -> str:
    label, message = boxes
    left = f'<rect width="{label.width}" height="{height}" fill="{LABEL_GROUND}"/>' if label.width else ""
    return f'{left}<rect x="{message.x}" width="{message.width}" height="{height}" fill="{colour}"/>'


def _rounded(text: BadgeText, style: str, height: int, radius: int, gloss: str, baseline: float) -> str:
    boxes = _boxes(text, _PADDING, text_width)
    width = boxes[0].width + boxes[1].width
    name = _id(text, style)
    body = (
        f'<linearGradient id="{name}s" x2="0" y2="100%">{gloss}</linearGradient>'
        f'<clipPath id="{name}r"><rect width="{width}" height="{height}" rx="{radius}" fill="#fff"/></clipPath>'
        f'<g clip-path="url(#{name}r)">{_grounds(boxes, height, text.colour)}'
        f'<rect width="{width}" height="{height}" fill="url(#{name}s)"/></g>'
    )
    return _frame(text, width, height, body + _words(boxes, baseline, shadow=True))


def _flat(text: BadgeText) -> str:
    gloss = '<stop offset="0" stop-opacity="0"/><stop offset="1" stop-opacity=".12"/>'
    return _rounded(text, "flat", 20, 3, gloss, 14)


def _plastic(text: BadgeText) -> str:
    gloss = (
        '<stop offset="0" stop-color="#fff" stop-opacity=".18"/><stop offset=".1" stop-opacity="0"/>'
        '<stop offset=".9" stop-opacity=".15"/><stop offset="1" stop-opacity=".35"/>'
    )
    return _rounded(text, "plastic", 18, 4, gloss, 13)


def _flat_square(text: BadgeText) -> str:
    boxes = _boxes(text, _PADDING, text_width)
    body = f'<g shape-rendering="crispEdges">{_grounds(boxes, 20, text.colour)}</g>'
    return _frame(text, boxes[0].width + boxes[1].width, 20, body + _words(boxes, 14, shadow=False))


def _caps_width(words: str, *, bold: bool = False) -> float:
    return text_width(words, 10, bold=bold) + _CAPS_SPACING * len(words)


def _for_the_badge(text: BadgeText) -> str:
    capitals = msgspec.structs.replace(text, label=text.label.upper(), message=text.message.upper())
    label, message = _boxes(capitals, _CAPS_PADDING, _caps_width, lambda words: _caps_width(words, bold=True))
    written = _write(label, 17.5, shadow=False) + _write(message, 17.5, shadow=False).replace("<text", '<text font-weight="bold"')
    body = (
        f'<g shape-rendering="crispEdges">{_grounds((label, message), 28, text.colour)}</g>'
        f'<g fill="#fff" text-anchor="middle" font-family="{_FONT}" text-rendering="geometricPrecision"'
        f' font-size="100">{written}</g>'
    )
    return _frame(text, label.width + message.width, 28, body)


_STYLES: Final[dict[str, Callable[[BadgeText], str]]] = {
    "flat": _flat,
    "flat-square": _flat_square,
    "for-the-badge": _for_the_badge,
    "plastic": _plastic,
}
