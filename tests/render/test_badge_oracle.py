"""Our badges beside those of badge-maker, which shields.io draws with: as large, and with as much room for the words."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from statuspage.render.badge_query import STYLES
from statuspage.render.badge_svg import badge_svg
from statuspage.render.badge_text import BadgeText

SVG = "{http://www.w3.org/2000/svg}"
MODULES = Path(__file__).parents[2] / ".cache" / "npm"
WORDS = [
    ("Kimi K3", "operational"),
    ("moonshotai/kimi-k2.6 via OpenRouter", "partial outage"),
    ("uptime", "99.98% (90d)"),
    ("iiiiillll", "WWWMMM@%"),
    ('Claude "Opus" & <co>', "~1.2 s (24h)"),
    ("", "no data"),
]
DRAW = """
const { makeBadge } = require("badge-maker");
let asked = "";
process.stdin.on("data", (piece) => (asked += piece)).on("end", () => {
  console.log(JSON.stringify(JSON.parse(asked).map((badge) => makeBadge(badge))));
});
"""


@pytest.fixture(scope="module")
def theirs() -> dict[tuple[str, str, str], ET.Element]:
    """Their drawing of every style and text."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or "node"
    asked = [{"label": label, "message": message, "style": style, "color": "red"} for style in STYLES for label, message in WORDS]
    drawn = subprocess.run([node, "-e", DRAW], input=json.dumps(asked), capture_output=True, text=True, cwd=MODULES, check=True)
    return {
        (each["style"], each["label"], each["message"]): ET.fromstring(svg)
        for each, svg in zip(asked, json.loads(drawn.stdout), strict=True)
    }


def lengths(root: ET.Element) -> dict[str, float]:
    """How long each text is drawn, in pixels, shadows being as long as what throws them."""
    drawn = ((text.text or "", float(text.get("textLength", "0"))) for text in root.iter(f"{SVG}text"))
    return {words: length / 10 for words, length in drawn if words}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("label", "message"), WORDS)
def test_a_badge_is_as_large_as_theirs(
    theirs: dict[tuple[str, str, str], ET.Element], style: str, label: str, message: str
) -> None:
    text = BadgeText(label=label, message=message, colour="#cf222e", shields="red")
    ours, other = ET.fromstring(badge_svg(text, style)), theirs[style, label, message]

    assert ours.get("height") == other.get("height")
    assert float(ours.get("width", "0")) == pytest.approx(float(other.get("width", "0")), abs=9, rel=0.06)
    assert lengths(ours) == pytest.approx(lengths(other), rel=0.06, abs=4)
    assert ours.get("role") == other.get("role") == "img"
    assert (ours.get("aria-label") or "").lower() == (other.get("aria-label") or "").lower()
