"""The errors the classifier is held to, each in its vendor's shape and none of them real.

`bodies/<vendor>.json` has at least one for every failure row a vendor can show; `likenesses/<vendor>.jsonl` says the same things
in other wordings, languages and shapes. A case's `row` begins with the number of its row of the taxonomy, where it has one.
"""

import json
import re
from pathlib import Path
from typing import Any, Final

from statuspage.vendors.classify import classify
from statuspage.vendors.errorbody import read_error
from statuspage.vendors.evidence import UNHURRIED, Classified, Evidence, Pace, Where
from statuspage.vendors.registry import VENDORS

NOW_MS: Final = 1_795_000_000_000
_HERE: Final = Path(__file__).parent


def _cases() -> list[tuple[str, dict[str, Any]]]:
    whole = [
        (path.stem, case) for path in sorted((_HERE / "bodies").glob("*.json")) for case in json.loads(path.read_text("utf-8"))
    ]
    lines = [
        (path.stem, json.loads(line))
        for path in sorted((_HERE / "likenesses").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [*whole, *lines]


CASES: Final = _cases()
"""Vendor and case, each."""


def row_number(case: dict[str, Any]) -> int | None:
    """The taxonomy's row of a case, None where it has none."""
    found = re.match(r"\d+", case["row"])
    return int(found.group()) if found and int(found.group()) <= 110 else None


def classified(vendor: str, case: dict[str, Any], pace: Pace = UNHURRIED, sent: tuple[str, ...] = ()) -> Classified:
    """What the classifier makes of a case."""
    body = json.dumps(case["json"]) if "json" in case else case["text"]
    headers = case.get("headers", {})
    evidence = Evidence(
        status=case["status"],
        words=read_error(body.encode(), headers.get("content-type", "")),
        headers=headers,
        where=Where(case.get("where", "status")),
        pace=pace,
        sent=sent,
        now_ms=NOW_MS,
    )
    return classify(evidence, VENDORS[vendor])
