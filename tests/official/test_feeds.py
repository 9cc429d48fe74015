"""RSS and Atom as a second opinion: what is open is told by the phases they name."""

from statuspage.domain.official import Availability, Severity
from statuspage.official.reader import read
from statuspage.official.registry import ENGINES, engine_for
from tests.official.bodies import rss

FEED = ENGINES["feed"]
OPEN = ("Elevated errors", "&lt;p&gt;&lt;strong&gt;Investigating&lt;/strong&gt; - We look into it.&lt;/p&gt;")
OVER = ("Slow replies", "<![CDATA[<b>Resolved</b> - Fixed. <b>Investigating</b> - We look into it.]]>")
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title>
<entry><title>Errors</title><link href="https://status.acme.example/1"/><published>2026-11-20T10:00:00Z</published>
<content type="html">Monitoring - a fix is in place</content></entry></feed>"""


def test_it_is_known_by_its_root() -> None:
    assert engine_for(rss().encode()) is FEED
    assert engine_for(ATOM.encode("utf-16")) is FEED
    assert engine_for(b"<html><body>rss</body></html>") is None


def test_an_open_article_is_an_incident_and_an_ended_one_is_not() -> None:
    found = read(FEED, rss(OPEN, OVER).encode())
    assert [each.name for each in found.incidents.items] == ["Elevated errors"]
    assert found.severity is Severity.MINOR
    assert found.incidents.items[0].published_ms == 1_795_168_800_000


def test_only_ended_articles_are_no_incident() -> None:
    found = read(FEED, rss(OVER).encode())
    assert (found.severity, found.incidents.availability) == (Severity.NONE, Availability.NONE_REPORTED)


def test_an_empty_feed_reports_none() -> None:
    assert read(FEED, rss().encode()).severity is Severity.NONE


def test_a_newest_article_without_a_phase_says_nothing() -> None:
    found = read(FEED, rss(("We moved offices", "Come and see us"), OVER).encode())
    assert (found.severity, found.overall) == (None, Availability.UNSUPPORTED)


def test_planned_work_is_no_incident() -> None:
    assert read(FEED, rss(("Scheduled maintenance", "Identified - we will move")).encode()).incidents.items == ()


def test_it_reads_atom_with_its_links() -> None:
    (found,) = read(FEED, ATOM.encode()).incidents.items
    assert (found.name, found.url, found.published_ms) == ("Errors", "https://status.acme.example/1", 1_795_168_800_000)


def test_it_has_no_components_and_no_maintenance_to_report() -> None:
    found = read(FEED, rss(OVER).encode())
    assert found.components.availability is found.maintenances.availability is Availability.UNSUPPORTED


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    assert read(FEED, bomb.encode()).overall is Availability.FETCH_FAILED
