"""Where data are looked for, and in which order."""

import pytest

from statuspage.domain.official import focus_of
from statuspage.official.detect import beside, candidates, engine_of_host, hint
from statuspage.official.registry import ENGINES


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("https://status.moonshot.cn", "https://status.moonshot.cn/api/v2/summary.json"),
        ("https://status.openai.com/", "https://status.openai.com/api/v2/summary.json"),
        ("https://status.together.ai", "https://status.together.ai/index.json"),
        ("https://status.perplexity.com", "https://status.perplexity.com/summary.json"),
        ("https://status.openrouter.ai", "https://api.onlineornot.com/v1/status_pages/openrouter/summary"),
        ("https://acme.onlineornot.com", "https://api.onlineornot.com/v1/status_pages/acme/summary"),
        ("https://status.cloud.google.com", "https://status.cloud.google.com/incidents.json"),
        ("https://status.x.ai", "https://status.x.ai/feed.xml"),
        ("https://acme.instatus.com", "https://acme.instatus.com/summary.json"),
        ("https://status.acme.example", "https://status.acme.example/api/v2/summary.json"),
        ("https://status.acme.example/some/feed.xml", "https://status.acme.example/some/feed.xml"),
        ("https://acme.example/widget/summary?lang=en", "https://acme.example/widget/summary?lang=en"),
        ("https://acme.example/team", "https://acme.example/team/api/v2/summary.json"),
        ("https://status.acme.example/#Open%20API", "https://status.acme.example/api/v2/summary.json"),
    ],
)
def test_the_likeliest_place_comes_first(url: str, first: str) -> None:
    assert candidates(url)[0] == first


def test_no_address_is_asked_twice_and_the_page_itself_is_the_last() -> None:
    found = candidates("https://status.acme.example/", likely="statuspage", hinted="instatus")
    assert len(found) == len(set(found))
    assert found[-1] == "https://status.acme.example/"


def test_a_hint_comes_before_what_the_vendor_is_known_for_and_that_before_the_common_places() -> None:
    found = candidates("https://status.acme.example", likely="betterstack", hinted="instatus")
    assert [url.rpartition("example")[2] for url in found[:4]] == [
        "/summary.json", "/v2/summary.json", "/v3/summary.json", "/index.json",
    ]  # fmt: skip


@pytest.mark.parametrize("host", ["notinstatus.com", "instatus.com.example", "status.together.ai.example", "xstatus.together.ai"])
def test_hosts_are_compared_by_whole_labels(host: str) -> None:
    assert engine_of_host(host) is None


def test_a_host_below_a_known_one_is_known() -> None:
    assert engine_of_host("unknown.example", "acme.statuspage.io") is ENGINES["statuspage"]


def test_a_web_page_gives_away_the_one_engine_it_names() -> None:
    assert hint(b"<html>Powered by <a href=https://Instatus.com>Instatus</a>") == "instatus"
    assert hint(b"<html>incident.io and statuspage.io") is None
    assert hint(b"<html>Welcome") is None
    assert hint(b"\xff\xfe<incident.io>") == "incidentio"


def test_the_second_document_lies_where_the_first_does() -> None:
    assert beside("https://a.example/team/summary.json", ENGINES["instatus"]) == "https://a.example/team/v2/components.json"
    assert beside("https://a.example/v2/summary.json", ENGINES["instatus"]) == "https://a.example/v2/components.json"
    assert beside("https://a.example/api/v2/summary.json", ENGINES["incidentio"]) == "https://a.example/api/v2/incidents.json"
    assert beside("https://a.example/index.json", ENGINES["betterstack"]) is None


def test_the_fragment_names_what_is_of_interest() -> None:
    assert focus_of("https://status.acme.example/#Open%20API") == "Open API"
    assert focus_of("https://status.acme.example/") is None
