"""Tells a firewall's page from a gateway's."""

import re
from typing import Final

from statuspage.vendors.errorbody import ErrorWords, Shape
from statuspage.vendors.evidence import Evidence

_CHALLENGE: Final = re.compile(
    r"just a moment|attention required|challenge[-_ ](?:platform|form|running)|cf[-_](?:chl|challenge|"
    r"mitigated|error-details)|captcha|are you (?:a )?human|verify you are human|"
    r"access denied|request (?:was )?(?:blocked|rejected)|you have been blocked|incapsula|_incap_|akamai|"
    r"reference #[0-9a-f.]+|web application firewall|"
    r"\bwaf\b|sucuri|perimeterx|datadome|errors\.aliyun\.com|安全验证|访问被拒绝|您的访问",
    re.IGNORECASE,
)
_CLOUDFLARE_CODE: Final = re.compile(r"^\s*error code: 10(?:05|06|07|08|09|10|15|20)\b", re.IGNORECASE)


def is_blocked(evidence: Evidence) -> bool:
    """Whether a firewall or a bot check answered in the vendor's place (HTML 403 and 429, challenge pages)."""
    if "cf-mitigated" in evidence.headers:
        return True
    words: ErrorWords = evidence.words
    if words.shape is Shape.TEXT:
        return bool(_CLOUDFLARE_CODE.search(words.text))
    if words.shape is not Shape.HTML:
        return False
    return evidence.status in (403, 406, 429) or bool(
        _CHALLENGE.search(words.text) and evidence.status in (None, 200, 401, 405, 503)
    )
