"""How wide a text is in Verdana, so that a badge fits its words without a font at hand."""

import unicodedata
from typing import Final

_UNITS_PER_EM: Final = 2048
_WIDTHS: Final = {
    550: "'", 562: "il", 705: "j", 720: " f", 745: ",.", 806: "!", 807: "t", 862: "I", 874: "r",
    930: '()-/:;[]\\|', 931: "J", 940: '"', 1067: "cs", 1076: "z", 1117: "?", 1140: "L", 1177: "F",
    1212: "kvxy", 1220: "e", 1230: "a", 1235: "P", 1243: "o", 1260: "Y", 1262: "T", 1276: "bdgpq", 1295: "E",
    1296: "hnu", 1300: "{}", 1302: "0123456789$*_`", 1400: "AVS", 1403: "XZ", 1404: "B", 1419: "K", 1424: "R",
    1430: "C", 1488: "&", 1499: "U", 1532: "N", 1539: "H", 1578: "D", 1588: "G", 1612: "OQ", 1676: "#+<=>^~w",
    1726: "M", 1992: "m", 2025: "W", 2048: "@", 2204: "%",
}  # fmt: skip
_UNITS: Final = {character: units for units, characters in _WIDTHS.items() for character in characters}
_OTHER_UNITS: Final = 1400
_BOLD: Final = 1.14
_WIDE: Final = frozenset("WF")


def text_width(text: str, size: float = 11, *, bold: bool = False) -> float:
    """Pixels that `text` takes; wide (East Asian) characters count one em, combining ones nothing."""
    return sum(_units(character) for character in text) * size / _UNITS_PER_EM * (_BOLD if bold else 1)


def _units(character: str) -> int:
    known = _UNITS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0
    return _UNITS_PER_EM if unicodedata.east_asian_width(character) in _WIDE else _OTHER_UNITS
