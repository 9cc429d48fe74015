"""Calls of a program, told to a running page by its reporter and read back from it."""

import json
from pathlib import Path

import pytest

from statuspage.client import Provider, Secret, SyncChain
from statuspage.client.call import CallRecord
from statuspage.client.evidence import Evidence
from statuspage.client.passive import Reporter
from statuspage.domain.sample import Tokens
from statuspage.domain.words import Fault
from tests.system.outside import KEY as ZOO_KEY
from tests.system.outside import Upstream, command, config, serving, until

KEY = "moonshot/kimi-k3"


def record(number: int) -> CallRecord:
    return CallRecord(
        id=f"call-{number}",
        call="call",
        attempt=1,
        model=KEY,
        at_ms=0,
        class_name="engine_overloaded",
        fault=Fault.PROVIDER,
        http_status=429,
        total_ms=80.0,
        tokens=Tokens(input=1000, output=100),
        cost_usd=0.25,
    )


def test_a_program_tells_of_its_calls_and_the_page_stays_green(
    tmp_path: Path, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, passive={"accept": True, "tokens": ["shop"]})
    made = command("token", "create", "--name", "shop", "--scope", "read", "--json", "--config", file)
    monkeypatch.setenv("SHOP_TOKEN", json.loads(made.stdout)["token"])
    with serving(file) as site:
        site.until_status(KEY, "operational")
        with Reporter(site.url, "env:SHOP_TOKEN", every_s=3600) as told:
            for number in range(50):
                told(record(number))
            told.flush(10)
            assert (told.waiting, told.dropped, told.refused) == (0, 0, 0)
        passive = [each for each in site.samples(KEY) if each["kind"] == "passive"]
        assert len(passive) == 50
        assert {(each["class"], each["fault"], each["vantage"], each["cost_usd"]) for each in passive} == {
            ("engine_overloaded", "provider", "programs", None)
        }
        checked = site.model(KEY)["checked_at"]
        assert until(lambda: site.model(KEY)["checked_at"] != checked)
        assert site.model(KEY)["status"] == "operational"
        assert site.model(KEY)["uptime"]["24h"]["ratio"] == 1.0
        with Evidence(site.url, ["moonshot/no-such-model", KEY], by="price") as evidence:
            evidence.refresh(10)
            assert evidence() == (KEY, "moonshot/no-such-model")
    report = json.loads(command("report", "cost", "--json", "--config", file).stdout)
    assert report["programs"]["shop"]["calls"] == 50
    assert report["programs"]["shop"]["cost_usd"] == pytest.approx(12.5)
    assert report["total"]["cost_usd"] is None or report["total"]["cost_usd"] < 1


def test_a_program_asks_what_the_page_knows_to_work_and_tells_it_how_that_went(
    tmp_path: Path, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "openrouter/moonshotai/kimi-k2.6"
    upstream.do(lambda zoo: zoo.play(KEY, "engine_overloaded"))
    providers = {"moonshot": {"models": ["kimi-k3"]}, "openrouter": {"models": ["moonshotai/kimi-k2.6"]}}
    file = config(tmp_path, upstream, providers, passive={"accept": True})
    made = command("token", "create", "--name", "shop", "--scope", "operate", "--json", "--config", file)
    monkeypatch.setenv("SHOP_TOKEN", json.loads(made.stdout)["token"])
    accounts = {
        name: Provider(vendor=name, base_url=upstream.url(name), api_key=Secret(ZOO_KEY), allow_private=True)
        for name in ("moonshot", "openrouter")
    }
    with serving(file) as site:
        site.until_status(KEY, "major_outage")
        site.until_status(other, "operational")
        evidence = Evidence(site.url, [KEY, other])
        evidence.refresh(10)
        with Reporter(site.url, "env:SHOP_TOKEN", every_s=3600) as told, evidence:
            with SyncChain([KEY, other], providers=accounts, prefer=evidence, on_call=told) as chain:
                reply = chain.chat("Say hello.", max_output_tokens=200)
            told.flush(10)
        assert (reply.model, reply.attempts) == (other, 1), "nobody asks what is known to be down"
        (passive,) = (each for each in site.samples(other) if each["kind"] == "passive")
        assert (passive["class"], passive["judgement"]) == ("ok", "ok")
        assert site.model(KEY)["status"] == "major_outage"
