"""The vendor's own page beside our measurement, seen from outside."""

import asyncio
import json
from pathlib import Path

from tests.official import bodies
from tests.system.outside import Upstream, config, serving, until
from tests.wire import Script, request_of, response

KEY = "moonshot/kimi-k3"


def page(document: bodies.Body, asked: list[str]) -> Script:
    """A Statuspage with that summary, or a shell that answers a web page for every path."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await request_of(reader)).decode().split(" ")[1]
        asked.append(path)
        found = document is not None and path.endswith("/api/v2/summary.json")
        writer.write(response(200, json.dumps(document) if found else "<html>Welcome</html>", content_type="text/plain"))
        await writer.drain()

    return script


def test_it_shows_the_claim_and_the_line_while_the_two_disagree(tmp_path: Path, upstream: Upstream) -> None:
    asked: list[str] = []
    url = upstream.misbehaving(page(bodies.statuspage(), asked))
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"], "official_status": url}})) as site:
        site.until_status(KEY, "operational")
        assert until(lambda: site.model(KEY)["official"])
        official = site.model(KEY)["official"]
        assert (official["status"], official["url"]) == ("operational", url)
        assert site.json("/api/v1/models/moonshot-kimi-k3")["official_note"] is None

        upstream.do(lambda zoo: zoo.cut("moonshot"))
        site.until_status(KEY, "major_outage")
        note = site.json("/api/v1/models/moonshot-kimi-k3")["official_note"]
        assert note.startswith("The vendor says operational, we measure ")
        assert note in site.ask("/models/moonshot-kimi-k3").text
        assert site.model(KEY)["official"] == official
    assert len(asked) == 1


def test_a_page_of_html_for_everything_is_a_failed_look(tmp_path: Path, upstream: Upstream) -> None:
    asked: list[str] = []
    url = upstream.misbehaving(page(None, asked))
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"], "official_status": url}})) as site:
        assert until(lambda: site.json("/api/v1/models/moonshot-kimi-k3")["official_page"]["overall"] == "fetch_failed")
        document = site.json("/api/v1/models/moonshot-kimi-k3")
        assert document["official"] is None
        assert document["official_page"]["incidents"] == {"availability": "fetch_failed", "items": []}
        site.until_status(KEY, "operational")
    assert len(asked) == 1, "a host is asked once a minute"
