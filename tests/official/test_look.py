"""Looks at real pages on loopback: finding the engine once, reading again at little cost, failing honestly."""

import json

from statuspage.domain.official import Availability, KnownPage, Severity
from statuspage.official.look import Looker
from tests.official import bodies
from tests.official.servers import looker, page, serving_at
from tests.wire import response
from tests.zoo.conftest import HandClock

STATUSPAGE = json.dumps(bodies.statuspage("minor")).encode()
SHIM = json.dumps(bodies.shim()).encode()
BETTERSTACK = json.dumps(bodies.betterstack()).encode()
INSTATUS = json.dumps(bodies.instatus()).encode()
HTML = b"<!doctype html><html><body>All good!</body></html>"


async def searched(ours: Looker, known: KnownPage) -> KnownPage:
    """What is known when the search is over."""
    while known.searching:
        known = await ours.look(known)
    return known


async def test_it_finds_the_engine_once_and_keeps_where_its_data_are(clock: HandClock) -> None:
    async with page(serving_at(api__v2__summary_json=STATUSPAGE)) as server:
        ours = looker(clock)
        found = await ours.look(KnownPage(url=server.url))
        assert (found.engine, found.data_url) == ("statuspage", f"{server.url}/api/v2/summary.json")
        assert (found.reading.severity, found.checked_at_ms) == (Severity.MINOR, clock.now_ms())
        await ours.look(found)
    assert server.paths == ["/api/v2/summary.json"] * 2


async def test_the_next_look_is_conditional_also_after_a_restart(clock: HandClock) -> None:
    async with page(serving_at(api__v2__summary_json=STATUSPAGE)) as server:
        found = await looker(clock).look(KnownPage(url=server.url))
        clock.advance(300)
        again = await looker(clock).look(found)
    assert server.asked[1].headers["if-none-match"] == f'"{len(STATUSPAGE)}"'
    assert again.reading == found.reading
    assert again.checked_at_ms == clock.now_ms()


async def test_it_searches_place_by_place_a_minute_apart(clock: HandClock) -> None:
    async with page(serving_at(index_json=BETTERSTACK)) as server:
        ours = looker(clock)
        known = await ours.look(KnownPage(url=server.url))
        assert known.searching
        assert known.reading.overall is Availability.FETCH_FAILED
        known = await searched(ours, known)
    assert known.engine == "betterstack"
    assert server.paths == ["/api/v2/summary.json", "/summary.json", "/index.json"]
    assert clock.elapsed_s == 120


async def test_the_vendors_engine_is_tried_first(clock: HandClock) -> None:
    async with page(serving_at(index_json=BETTERSTACK)) as server:
        found = await looker(clock).look(KnownPage(url=server.url), "betterstack")
    assert (found.engine, server.paths) == ("betterstack", ["/index.json"])


async def test_a_wrong_page_that_names_its_engine_shortens_the_search(clock: HandClock) -> None:
    documents = serving_at(v2__summary_json=INSTATUS)
    shell = b"<html>Powered by Instatus</html>"
    async with page(lambda asked: response(200, shell) if asked.path != "/v2/summary.json" else documents(asked)) as server:
        ours = looker(clock)
        known = await ours.look(KnownPage(url=server.url))
        known = await searched(ours, known)
    assert server.paths == ["/api/v2/summary.json", "/summary.json", "/v2/summary.json"]
    assert known.engine == "instatus"


async def test_a_page_that_answers_html_for_everything_failed_and_does_not_report_none(clock: HandClock) -> None:
    async with page(lambda _: response(200, HTML, content_type="text/html")) as server:
        ours = looker(clock)
        known = await ours.look(KnownPage(url=server.url))
        known = await searched(ours, known)
    assert known.engine is None
    assert known.reading.overall is known.reading.incidents.availability is Availability.FETCH_FAILED
    assert known.reading.status is None
    assert known.searched_ms == known.looked_at_ms
    assert len(server.paths) == len(set(server.paths))


async def test_a_known_page_that_turns_to_html_failed(clock: HandClock) -> None:
    async with page(serving_at(api__v2__summary_json=STATUSPAGE)) as server:
        ours = looker(clock)
        found = await ours.look(KnownPage(url=server.url))
        server.answer = lambda _: response(200, HTML, content_type="text/html")
        later = await ours.look(found)
        assert (later.engine, later.reading.overall) == ("statuspage", Availability.FETCH_FAILED)
        assert later.checked_at_ms == found.checked_at_ms
        server.answer = serving_at(api__v2__summary_json=STATUSPAGE)
        healed = await ours.look(later)
    assert "if-none-match" not in server.asked[-1].headers
    assert (healed.reading, healed.failures) == (found.reading, 0)


async def test_an_engine_that_stays_away_is_searched_anew(clock: HandClock) -> None:
    async with page(serving_at(api__v2__summary_json=STATUSPAGE)) as server:
        ours = looker(clock)
        known = await ours.look(KnownPage(url=server.url))
        server.answer = serving_at(index_json=BETTERSTACK)
        for _ in range(12):
            assert known.engine == "statuspage"
            known = await ours.look(known)
        assert known.engine is None
        known = await searched(ours, await ours.look(known))
    assert known.engine == "betterstack"


async def test_a_host_that_cannot_be_had_says_nothing_of_its_engine(clock: HandClock, free_port: int) -> None:
    found = await looker(clock).look(KnownPage(url=f"http://127.0.0.1:{free_port}"))
    assert (found.tried, found.searching) == ((), False)
    assert found.reading.reason == "the connection was refused"


async def test_a_gateway_that_refuses_says_nothing_of_the_engine(clock: HandClock) -> None:
    async with page(lambda _: response(503, HTML, content_type="text/html")) as server:
        found = await looker(clock).look(KnownPage(url=server.url))
    assert (found.tried, found.reading.reason) == ((), "the page answers HTTP 503")


async def test_an_error_status_is_no_data_whatever_its_body(clock: HandClock) -> None:
    async with page(serving_at(api__v2__summary_json=STATUSPAGE)) as server:
        ours = looker(clock)
        found = await ours.look(KnownPage(url=server.url))
        server.answer = lambda _: response(503, STATUSPAGE)
        assert (await ours.look(found)).reading.reason == "the page answers HTTP 503"


async def test_the_second_document_adds_to_the_first_a_minute_later(clock: HandClock) -> None:
    further = json.dumps({"incidents": [bodies.incident("major")]}).encode()
    async with page(serving_at(api__v2__summary_json=SHIM, api__v2__incidents_json=further)) as server:
        ours = looker(clock)
        first = await ours.look(KnownPage(url=server.url))
        assert first.reading.severity is Severity.NONE
        whole = await ours.look_further(first)
        assert whole is not None
        assert (whole.reading.severity, clock.elapsed_s) == (Severity.MAJOR, 60)
        again = await ours.look(whole)
        assert again.reading.severity is Severity.MAJOR
        assert await ours.look_further(again) is None
    assert server.asked[-1].headers["if-none-match"] == f'"{len(further)}"'


async def test_a_second_document_that_is_not_there_is_unsupported(clock: HandClock) -> None:
    async with page(serving_at(summary_json=INSTATUS)) as server:
        ours = looker(clock)
        first = await ours.look(KnownPage(url=server.url), "instatus")
        assert first.reading.components.availability is Availability.NOT_ATTEMPTED
        whole = await ours.look_further(first)
    assert whole is not None
    assert whole.reading.components.availability is Availability.UNSUPPORTED


async def test_there_is_no_second_document_of_most_pages(clock: HandClock) -> None:
    async with page(serving_at(api__v2__summary_json=STATUSPAGE)) as server:
        ours = looker(clock)
        assert await ours.look_further(await ours.look(KnownPage(url=server.url))) is None
