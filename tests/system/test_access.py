"""Access seen from outside: tokens, sessions, the first admin, a private site."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.system.outside import Site, Upstream, command, config, serving, until

PASSWORD = "a long enough password"
INCIDENT = {"title": "Logins", "message": "We look.", "impact": "major", "models": ["moonshot/kimi-k3"]}


@pytest.fixture
def site(tmp_path: Path, upstream: Upstream) -> Iterator[Site]:
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})) as opened:
        yield opened


def token(site: Site, name: str, scope: str) -> str:
    made = command("token", "create", "--name", name, "--scope", scope, "--json", "--config", site.folder / "statuspage.yml")
    assert made.returncode == 0, made.stderr
    found = json.loads(made.stdout)
    assert set(found) == {"name", "scope", "token"}
    text: str = found["token"]
    return text


def write(site: Site, bearer: str | None) -> int:
    headers = {} if bearer is None else {"authorization": f"Bearer {bearer}"}
    return httpx.post(f"{site.url}/api/v1/incidents", json=INCIDENT, headers=headers, trust_env=False).status_code


def test_a_token_writes_as_far_as_its_scope_goes_until_it_is_revoked(site: Site) -> None:
    reader, operator = token(site, "reader", "read"), token(site, "operator", "operate")
    assert until(lambda: write(site, operator) == 201)
    assert (write(site, None), write(site, "sp_wrong"), write(site, reader)) == (401, 401, 403)
    file = site.folder / "statuspage.yml"
    assert command("token", "revoke", "operator", "--config", file).returncode == 0
    assert until(lambda: write(site, operator) == 401)
    listed = json.loads(command("token", "list", "--json", "--config", file).stdout)
    assert [(each["name"], each["scope"]) for each in listed] == [("reader", "read")]
    assert command("token", "revoke", "operator", "--config", file).returncode == 2
    assert operator not in (site.folder / "history.db").read_bytes().decode("latin-1")


def test_the_first_admin_comes_in_through_the_log(site: Site) -> None:
    found = until(lambda: re.search(r"/admin/setup\?token=(\S+)", site.log))
    assert found is not None
    with httpx.Client(base_url=site.url, trust_env=False, headers={"origin": site.url}) as browser:
        assert browser.get("/admin/setup").status_code == 200
        wrong = browser.post("/admin/setup", data={"token": "no", "name": "ada", "password": PASSWORD})
        assert wrong.status_code == 400
        made = browser.post("/admin/setup", data={"token": found[1], "name": "ada", "password": PASSWORD})
        assert made.status_code == 303
        cookie = made.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        answer = browser.post("/api/v1/incidents", json=INCIDENT)
        assert answer.status_code == 403, "a session must prove that a form is ours"
    again = httpx.post(f"{site.url}/admin/setup", data={"token": found[1], "name": "eve", "password": PASSWORD}, trust_env=False)
    assert again.status_code == 400


def test_a_wrong_password_is_counted_and_tells_nothing(site: Site) -> None:
    answers = [httpx.post(f"{site.url}/admin/login", data={"name": "ada", "password": "x"}, trust_env=False) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


def test_a_private_site_opens_for_a_token_and_for_whoever_signs_in(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, site={"private": True})
    done = command("token", "create", "--name", "r", "--scope", "read", "--json", "--config", file)
    reader = json.loads(done.stdout)["token"]
    with serving(file) as site:
        paths = ("/", "/api/v1/models", "/badge/all.svg", "/history.atom", "/api/v1/events", "/nothing")
        assert {site.ask(path).status_code for path in paths} == {401}
        assert {site.ask(path).status_code for path in ("/livez", "/admin/login")} == {200}
        known = site.ask("/badge/all.svg", authorization=f"Bearer {reader}")
        assert known.status_code == 200
        assert "private" in known.headers["cache-control"]
