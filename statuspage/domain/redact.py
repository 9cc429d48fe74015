"""Takes out of a text what nobody may read: keys, ids of organisations, e-mail and IP addresses.

Of any key, organisation or key id at most its first 8 characters remain (contract §3); 4 of what may be its secret part.
"""

import base64
import re
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote, quote_plus

MAX_BYTES: Final = 1024
_MARK: Final = "…"
_MAX_READ: Final = 16 * 1024
_MIN_SECRET: Final = 4


def _gone(_: re.Match[str]) -> str:
    return _MARK


def _after_first_group(found: re.Match[str]) -> str:
    return f"{found.group(1)}{_MARK}"


def _prefix(found: re.Match[str]) -> str:
    """The well-known beginning, at most 8 characters: it says which kind of key it was."""
    return f"{found.group(1)[:8]}{_MARK}"


def _keep_if_word(found: re.Match[str]) -> str:
    """Long runs of letters and digits are secrets unless they read like words joined by hyphens or underscores."""
    text = found.group(0)
    parts = re.split(r"[-_./]", text)
    wordlike = all(len(part) <= (20 if part.isalpha() else 8 if part.isdigit() else 6) for part in parts)
    return text if wordlike else _MARK


_KEY_PREFIXES: Final = (
    "sk-or-v1-|sk-ant-|sk-proj-|sk-svcacct-|sk-kimi-|sk-|pk-|rk-|ak-|ak_|org-|org_|proj_|proj-|key-|key_|fw_|fw-|gsk_|xai-|hf_|tgp_v1_|"
    "nvapi-|AIza|AKIA|ghp_|gho_|github_pat_|glpat-|xoxb-|xoxp-|ya29\\.|user-|user_|usr_|acct_|team_|workspace_|wrkspc_|apikey_|api-"
)

_RULES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"-----BEGIN [^-]+-----.*?(?:-----END [^-]+-----|$)", re.DOTALL), _gone),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*){0,2}"), _gone),
    (re.compile(r"(?i)\b(https?://)[^\s/@]*:[^\s/@]*@"), _after_first_group),
    (
        re.compile(r"(?i)([?&;](?:[a-z_-]*(?:key|token|secret|sig|signature|password|auth|credential)[a-z_-]*)=)[^&\s\"'<>]+"),
        _after_first_group,
    ),
    (re.compile(r"(?i)\b((?:bearer|basic)\s+)[A-Za-z0-9._~+/=*-]{6,}"), _after_first_group),
    (
        re.compile(
            r"(?i)(\b(?:authorization|x-api-key|api[-_ ]?key|access[-_ ]?token|secret|password|"
            r"passwd)[\"']?\s*[:=]\s*[\"']?)(?!\s)[^\s\"',;}]{6,}"
        ),
        _after_first_group,
    ),
    (re.compile(rf"(?<![A-Za-z0-9])((?:{_KEY_PREFIXES}))(?=[A-Za-z0-9_*.-]{{0,80}}[0-9*A-Z])[A-Za-z0-9_*.-]{{4,}}"), _prefix),
    (re.compile(r"(?<![A-Za-z0-9])((?:sk-|ak-|org-|gsk_|proj_|org_))[A-Za-z0-9_*.-]{{8,}}"), _prefix),
    (re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), _gone),
    (re.compile(r"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9.]*[0-9])"), _gone),
    (
        re.compile(
            r"(?<![0-9A-Za-z:.])(?=[0-9A-Fa-f:]*::|"
            r"(?:[0-9A-Fa-f]{1,4}:){4})(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|"
            r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}|:)(?![0-9A-Za-z:])"
        ),
        _gone,
    ),
    (re.compile(r"(?<![A-Za-z0-9])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![A-Za-z0-9])"), _gone),
    (re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}"), _keep_if_word),
)


def redact(text: str, known_secrets: Iterable[str] = ()) -> str:
    """The text without secrets, control characters a space, at most 1 kB of UTF-8.

    `known_secrets` are removed in whatever encoding they appear: plain, percent-encoded, base64, hexadecimal, reversed
    or escaped as in JSON; a beginning of a known secret longer than 8 characters too.
    """
    here = text[:_MAX_READ]
    for secret in known_secrets:
        here = _without(here, secret)
    here = "".join(char if char.isprintable() else " " for char in here)
    for pattern, replacement in _RULES:
        here = pattern.sub(replacement, here)
    return _bounded(here)


def _without(text: str, secret: str) -> str:
    if len(secret) < _MIN_SECRET:
        return text
    raw = secret.encode("utf-8", "surrogatepass")
    plain = base64.b64encode(raw).decode()
    forms = {
        secret,
        quote(raw, safe=""),
        quote(raw),
        quote_plus(raw),
        quote(raw, safe="").lower(),
        plain,
        plain.rstrip("="),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
        raw.hex(),
        raw.hex().upper(),
        secret[::-1],
        secret.encode("unicode_escape", "surrogatepass").decode("ascii"),
    }
    for form in sorted(forms, key=len, reverse=True):
        if len(form) >= _MIN_SECRET:
            text = re.sub(re.escape(form), _MARK, text, flags=re.IGNORECASE)
    for cut in range(len(secret) - 1, 8, -1):
        if secret[:cut] in text:
            text = text.replace(secret[:cut], _MARK)
            break
    return text


def _bounded(text: str) -> str:
    raw = text.encode("utf-8", "replace")
    if len(raw) <= MAX_BYTES:
        return raw.decode()
    return raw[: MAX_BYTES - 3].decode("utf-8", "ignore") + _MARK
