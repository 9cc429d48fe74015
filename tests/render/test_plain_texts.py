"""security.txt by RFC 9116's rules, and robots.txt."""

from datetime import UTC, datetime

import msgspec
import pytest

from statuspage.render.plain_texts import robots_txt, security_txt
from tests.render.world import NOW_MS, page


def fields(contact: str | None, now_ms: int = NOW_MS, url: str = "https://status.example") -> dict[str, str] | None:
    made = page(1)
    site = msgspec.structs.replace(made.site, contact=contact, url=url)
    text = security_txt(msgspec.structs.replace(made, site=site, generated_at_ms=now_ms))
    return None if text is None else dict(line.split(": ", 1) for line in text.decode().splitlines())


def test_it_says_whom_to_tell() -> None:
    assert fields("mailto:ops@example.com") == {
        "Contact": "mailto:ops@example.com",
        "Expires": "2027-10-01T00:00:00.000Z",
        "Preferred-Languages": "en, zh",
        "Canonical": "https://status.example/.well-known/security.txt",
    }


def test_nobody_to_tell_is_no_file_and_a_plain_address_is_not_canonical() -> None:
    assert fields(None) is None
    assert "Canonical" not in (fields("tel:+1-201-555-0123", url="http://127.0.0.1:8000") or {})


@pytest.mark.parametrize("month", range(1, 13))
def test_it_never_ends_within_ten_months_nor_after_a_year_and_changes_once_a_month(month: int) -> None:
    first, last = datetime(2026, month, 1, tzinfo=UTC), datetime(2026, month, 28, 23, 59, tzinfo=UTC)
    (early, late) = (fields("mailto:x@example.com", int(at.timestamp() * 1000)) for at in (first, last))
    assert early == late
    ends = datetime.fromisoformat((early or {})["Expires"])
    assert 300 < (ends - last).days < (ends - first).days < 366


def test_robots_may_read_everything_but_what_is_behind_the_login() -> None:
    assert robots_txt(page(1)) == b"User-agent: *\nAllow: /\nDisallow: /admin/\n"
