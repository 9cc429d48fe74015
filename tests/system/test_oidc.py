"""Signing in through another party, over real HTTP from both sides."""

import json
from pathlib import Path
from urllib.parse import parse_qs

import httpx

from tests.ports import free_port
from tests.service.issuer import Issuer, now_s
from tests.system.outside import Upstream, config, serving
from tests.wire import request_of, response


def test_a_browser_goes_there_and_back_and_is_in(tmp_path: Path, upstream: Upstream) -> None:
    issuer = Issuer()

    async def script(reader: object, writer: object) -> None:
        raw = await request_of(reader)  # type: ignore[arg-type]
        path = raw.split(b" ", 2)[1].decode()
        form = {name: each[0] for name, each in parse_qs(raw.partition(b"\r\n\r\n")[2].decode()).items()}
        issuer.now_s = now_s()
        writer.write(response(200, json.dumps(await issuer.ask(path, form or None))))  # type: ignore[attr-defined]
        await writer.drain()  # type: ignore[attr-defined]

    issuer.issuer = upstream.misbehaving(script)
    party = {"issuer": issuer.issuer, "client_id": "statuspage", "admins": ["ops-team"]}
    port = free_port()
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, oidc=party, site={"url": f"http://127.0.0.1:{port}"})
    with serving(file) as site, httpx.Client(base_url=site.url, trust_env=False) as browser:
        there = browser.get("/admin/oidc")
        assert there.status_code == 303
        state = issuer.visit(there.headers["location"])
        wrong = browser.get("/admin/oidc/callback", params={"state": "other", "code": "c"})
        assert wrong.status_code == 401
        back = browser.get("/admin/oidc/callback", params={"state": state, "code": "c"})
        assert (back.status_code, back.headers["location"]) == (303, "/admin")
        assert "statuspage_session" in browser.cookies


def test_without_a_party_there_is_nothing(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})) as site:
        assert site.ask("/admin/oidc").status_code == 404
