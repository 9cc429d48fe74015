"""Nothing secret survives redaction, whatever it is wrapped in."""

import base64
import string
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.redact import MAX_BYTES, redact

SECRETS = {
    "an OpenAI key": ("key sk-proj-Ab12Cd34Ef56Gh78Ij90 is wrong", "Ab12Cd34Ef56Gh78Ij90"),
    "a masked key": ("Incorrect API key provided: sk-abcd***************wxyz.", "wxyz"),
    "a Moonshot quota text": ("Your account org-0123456789abcdef<ak-fedcba9876> is suspended", "0123456789abcdef"),
    "a key id": ("Your account org-0123456789abcdef<ak-fedcba9876> is suspended", "fedcba9876"),
    "an OpenRouter key": ("sk-or-v1-0123456789abcdef0123456789abcdef", "456789abcdef"),
    "an Anthropic key": ("x-api-key: sk-ant-api03-AAAAbbbbCCCC1111-xyz", "AAAAbbbbCCCC1111"),
    "a Groq key": ("gsk_AbCdEfGhIjKlMnOpQrStUvWxYz123456", "IjKlMnOpQrStUvWxYz123456"),
    "a project": ("Project `proj_AbCdEf123456` does not have access", "AbCdEf123456"),
    "an organisation": ("in organization org_01hzyabcdefghjkmnp on", "zyabcdefghjkmnp"),
    "a bearer token": ("Authorization: Bearer abcDEF123.456-789", "DEF123"),
    "a JSON Web Token": ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl expired", "eyJzdWIiOiIxIn0"),
    "hexadecimal": ("id 0123456789abcdef0123456789abcdef", "89abcdef"),
    "base64": ("blob QWxhZGRpbjpvcGVuIHNlc2FtZQ== end", "pvcGVuIHNlc2FtZQ"),
    "a UUID": ("request 123e4567-e89b-12d3-a456-426614174000", "426614174000"),
    "an e-mail address": ("ask bob.smith+x@mail.example.com", "bob.smith"),
    "an IPv4 address": ("your IP 203.0.113.77 is not allowed", "203.0.113.77"),
    "an IPv6 address": ("your IP 2001:db8::ff00:42:8329 is not allowed", "8329"),
    "a password in an address": ("see https://user:hunter22@host.example/x", "hunter22"),
    "a key in a query": ("GET /v1?model=x&api_key=abc123&y=1", "abc123"),
    "a private key": ("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "MIIE"),
    "a header dump": ("{'x-api-key': 'plainsecretvalue'}", "plainsecretvalue"),
}


@pytest.mark.parametrize("name", SECRETS)
def test_it_takes_out(name: str) -> None:
    text, secret = SECRETS[name]
    assert secret not in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "The engine is currently overloaded, please try again later",
        "invalid temperature: only 1 is allowed for this model",
        "Not found the model kimi-k2-0905-preview or Permission denied",
        "Unsupported parameter: 'max_completion_tokens' at 12:30:45",
        "meta-llama/llama-4-scout-17b-16e-instruct reached max RPM: 3",
        "organization_spend_limit_exceeded rate_limit_reached_error",
        "账户余额不足，请充值",
    ],
)
def test_it_leaves_what_operators_need(text: str) -> None:
    assert redact(text) == text


def test_it_keeps_at_most_eight_characters_of_a_key() -> None:
    assert redact("sk-proj-Ab12Cd34Ef56") == "sk-proj-…"
    assert redact("org-0123456789abcdef") == "org-…"


_SECRET = st.text(alphabet=string.ascii_letters + string.digits + "-_+/=. %&", min_size=12, max_size=40)
_AROUND = st.text(max_size=60)


@given(_SECRET, _AROUND, _AROUND)
def test_it_takes_out_a_known_secret_in_any_encoding(secret: str, before: str, after: str) -> None:
    raw = secret.encode()
    for form in (secret, quote(secret, safe=""), base64.b64encode(raw).decode(), raw.hex(), secret[::-1], secret.upper()):
        if form not in before + after:
            assert form not in redact(f"{before} {form} {after}", [secret])


@given(_SECRET, st.integers(9, 39))
def test_it_takes_out_the_beginning_of_a_known_secret(secret: str, length: int) -> None:
    assert secret[: max(9, min(length, len(secret)))] not in redact(f"key {secret[:length]} (cut)", [secret])


@given(st.text(max_size=3000))
def test_it_answers_any_text_with_at_most_one_kilobyte_of_printable_text(text: str) -> None:
    clean = redact(text, ["a known secret"])
    assert len(clean.encode()) <= MAX_BYTES
    assert clean.isprintable()


@given(st.text(max_size=400))
def test_it_finds_nothing_more_the_second_time(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


def test_it_takes_lone_surrogates() -> None:
    assert redact("a\ud800b") == "a b"


def test_it_is_quick_on_hostile_text() -> None:
    for piece in ("sk-", "a@", "1.", "::", "eyJ", "Bearer ", "://", "?key="):
        redact(piece * 20_000)
