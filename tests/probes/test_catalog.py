"""The catalog probe: which models there are."""

import time

import pytest

from statuspage.domain.secret import Secret
from statuspage.domain.words import ProbeKind
from statuspage.outbound.client import Outbound
from statuspage.probes.catalog import list_models
from statuspage.probes.probe import run
from statuspage.vendors.registry import VENDORS
from tests.probes.asking import KEY, context, probed, target_at
from tests.wire import hanging, resetting, response, sending, serving

REPLIES = {
    "a list": (response(200, {"object": "list", "data": [{"id": "m", "object": "model"}]}), "ok"),
    "a bare list": (response(200, [{"id": "m"}, {"id": "n"}]), "ok"),
    "names under models": (response(200, {"models": [{"name": "models/m"}]}), "ok"),
    "an empty list": (response(200, {"data": []}), "ok"),
    "odd entries among good ones": (response(200, {"data": [None, 5, {"id": None}, {"id": "m"}]}), "ok"),
    "nothing but odd entries": (response(200, {"data": [None, 5]}), "malformed_stream"),
    "no list": (response(200, {"hello": 1}), "malformed_stream"),
    "no JSON": (response(200, b"{oops"), "malformed_stream"),
    "nothing": (response(200, b""), "empty_body"),
    "a page": (response(200, "<html>", content_type="text/html"), "html_in_200"),
    "an error in a 200": (response(200, {"error": {"message": "insufficient balance"}}), "quota_exhausted"),
    "a cut list": (response(200, b'{"data": [', content_length="900"), "truncated_stream"),
    "not there": (response(404, {"detail": "Not Found"}), "wrong_base_url"),
    "bad key": (response(401, {"error": {"message": "Invalid Authentication"}}), "invalid_key"),
    "down": (response(503, "<html>503</html>", content_type="text/html"), "bad_gateway"),
    "overloaded": (response(503, {"error": {"message": "overloaded"}}), "engine_overloaded"),
    "far too long": (response(200, b'{"data": ["' + b"x" * 9_000_000 + b'"]}'), "malformed_stream"),
}


@pytest.mark.parametrize("name", REPLIES)
async def test_it_judges_a_reply(name: str) -> None:
    raw, class_name = REPLIES[name]
    sample = await probed(sending(raw), ProbeKind.CATALOG, key="acme", model_id="")
    assert (sample.class_name, sample.model, sample.probe) == (class_name, "acme", "catalog")


async def test_it_names_silence_and_resets() -> None:
    assert (await probed(hanging(), ProbeKind.CATALOG, timeout_s=0.2)).class_name == "header_timeout"
    assert (await probed(resetting(), ProbeKind.CATALOG)).class_name == "connection_reset"


async def test_it_takes_a_list_of_megabytes() -> None:
    models = [{"id": f"model-{number}", "description": "x" * 200} for number in range(10_000)]
    assert (await probed(sending(response(200, {"data": models})), ProbeKind.CATALOG)).class_name == "ok"


async def test_it_asks_a_sibling_about_a_rejected_key() -> None:
    bad, good = REPLIES["bad key"][0], REPLIES["a list"][0]
    async with serving(sending(bad)) as port, serving(sending(good)) as other:
        target = target_at(
            port, "moonshot", siblings=(f"http://127.0.0.1:{other}/v1",), private_siblings=(f"http://127.0.0.1:{other}/v1",)
        )
        assert (await run(ProbeKind.CATALOG, target, context())).class_name == "wrong_region"


async def test_it_hands_out_ids_with_the_vendors_own_entries() -> None:
    entry = {"id": "m", "context_length": 262144, "expiration_date": "2026-12-31"}
    async with serving(sending(response(200, {"data": [entry]}))) as port:
        listing, how = await list_models(
            Outbound(monotonic_s=time.monotonic),
            VENDORS["openrouter"],
            f"http://127.0.0.1:{port}/v1",
            Secret(KEY),
            allow_private=True,
        )
    assert how.class_name == "ok"
    assert listing.models is not None
    assert [(model.id, model.raw) for model in listing.models] == [("m", entry)]
    assert str(listing.models[0].expires_on) == "2026-12-31"


async def test_it_hands_out_no_list_when_there_is_none(free_port: int) -> None:
    listing, how = await list_models(
        Outbound(monotonic_s=time.monotonic), VENDORS["moonshot"], f"http://127.0.0.1:{free_port}/v1", None, allow_private=True
    )
    assert (listing.models, how.class_name) == (None, "connection_refused")
