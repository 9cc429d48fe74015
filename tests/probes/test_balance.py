"""The balance probe against simulated vendors and servers that say anything."""

import pytest

from statuspage.domain.sample import Sample
from statuspage.domain.secret import Secret
from statuspage.domain.words import ProbeKind
from statuspage.probes.probe import run
from statuspage.vendors.registry import VENDORS
from statuspage.zoo.zoo import Zoo
from tests.probes.asking import context, probed, target_at
from tests.wire import hanging, response, sending


async def _asked(zoo: Zoo, vendor: str, key: str = "sk-zoo-1") -> Sample:
    target = target_at(0, vendor, key=vendor, provider=vendor, model_id="", base_url=zoo.url(vendor), api_key=Secret(key))
    return await run(ProbeKind.BALANCE, target, context())


@pytest.mark.parametrize(
    "vendor,currency,left",
    [("moonshot", "USD", 48.63), ("moonshot-cn", "CNY", 48.63), ("openrouter", "USD", 57.4), ("deepseek", "USD", 21.37)],
)
async def test_it_reads_what_is_left(vendor: str, currency: str, left: float) -> None:
    async with Zoo() as zoo:
        sample = await _asked(zoo, vendor)
    assert (sample.class_name, sample.judgement, sample.model) == ("ok", "ok", vendor)
    assert sample.balance is not None
    assert (sample.balance.currency, sample.balance.available, sample.balance.exhausted) == (currency, left, False)
    assert sample.message is not None
    assert f"{left:.2f} {currency} left" in sample.message


@pytest.mark.parametrize("vendor", ["moonshot", "openrouter", "deepseek"])
async def test_an_empty_purse_is_our_accounts_fault(vendor: str) -> None:
    async with Zoo() as zoo:
        sample = await _asked(zoo, vendor, "sk-broke-1")
    assert (sample.class_name, sample.fault, sample.judgement) == ("quota_exhausted", "account", "excluded")


@pytest.mark.parametrize("vendor", sorted(name for name, each in VENDORS.items() if not each.balance))
async def test_a_vendor_without_a_balance_is_not_asked(vendor: str) -> None:
    async with Zoo() as zoo:
        sample = await _asked(zoo, vendor)
        assert zoo.requests.total() == 0
    assert (sample.class_name, sample.judgement, sample.balance, sample.advice) == ("paused", "excluded", None, None)
    assert sample.message == f"{VENDORS[vendor].title} does not tell a balance: it is unknown."


REPLIES = {
    "no endpoint": (response(404, {"detail": "Not Found"}), "paused"),
    "bad key": (response(401, {"error": {"message": "Invalid Authentication"}}), "invalid_key"),
    "a page": (response(200, "<html>", content_type="text/html"), "html_in_200"),
    "nothing": (response(200, b""), "empty_body"),
    "another shape": (response(200, {"data": 5}), "contract_changed"),
    "an error in a 200": (response(200, {"error": {"message": "overloaded"}}), "engine_overloaded"),
    "down": (response(503, {"error": {"message": "overloaded"}}), "engine_overloaded"),
    "numbers that are none": (response(200, {"code": 0, "data": {"available_balance": "x"}}), "ok"),
}


@pytest.mark.parametrize("name", REPLIES)
async def test_it_judges_a_reply_and_never_makes_up_a_figure(name: str) -> None:
    raw, class_name = REPLIES[name]
    sample = await probed(sending(raw), ProbeKind.BALANCE, "moonshot", key="acme", model_id="")
    assert sample.class_name == class_name
    assert sample.balance is None or sample.balance.available is None


async def test_silence_ends_with_the_deadline() -> None:
    assert (await probed(hanging(), ProbeKind.BALANCE, "moonshot", timeout_s=0.2)).class_name == "header_timeout"
