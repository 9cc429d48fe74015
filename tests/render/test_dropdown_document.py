"""The document of `GET /api/v1/models`."""

import json
from itertools import pairwise
from pathlib import Path

import jsonschema
import msgspec
import pytest

from statuspage.domain.view import PageView
from statuspage.render.documents import assemble, fragment
from tests.render import world

SCHEMA = json.loads(Path(__file__).with_name("schemas").joinpath("dropdown.schema.json").read_text())
ORDER = [
    "slug", "name", "provider", "url", "status", "level", "label", "reason", "class", "fault", "since", "checked_at", "uptime",
    "latency_ms", "tools", "price", "use_instead", "official", "retires_on", "max_stale_seconds", "stale",
]  # fmt: skip


def document(page: PageView) -> bytes:
    return assemble(page, [fragment(model) for model in page.models])


@pytest.mark.parametrize("count", [0, 1, 20])
def test_it_keeps_its_schema_whatever_the_models(count: int) -> None:
    jsonschema.validate(json.loads(document(world.page(count))), SCHEMA)


def test_it_has_every_key_in_the_order_of_the_contract() -> None:
    told = json.loads(document(world.page(2)))

    assert list(told) == ["schema_version", "generated_at", "poll_after_seconds", "max_stale_seconds", "page", "models"]
    assert list(told["page"]) == ["status", "level", "title", "url"]
    assert list(told["models"]["moonshot/kimi-k3"]) == ORDER
    assert list(told["models"]["moonshot/kimi-k3"]["uptime"]) == ["24h", "7d", "30d", "90d"]


def test_it_keeps_the_order_of_the_models() -> None:
    page = world.page(20)

    assert list(json.loads(document(page))["models"]) == [model.key for model in page.models]


def test_it_is_a_join_of_fragments_so_that_one_change_makes_one_fragment() -> None:
    page = world.page(3)
    fragments = [fragment(model) for model in page.models]
    changed = msgspec.structs.replace(page.models[1], label="Slow")
    after = msgspec.structs.replace(page, models=(page.models[0], changed, page.models[2]))

    assert assemble(after, [fragments[0], fragment(changed), fragments[2]]) == document(after)


def test_it_is_byte_identical_for_the_same_reading() -> None:
    assert document(world.page(5)) == document(world.page(5))


def test_a_model_without_any_measurement_is_told_in_nulls() -> None:
    bare = msgspec.structs.replace(
        world.model(1), class_name=None, fault=None, since_ms=None, checked_at_ms=None, uptime={}, latency=None, price=None
    )
    page = msgspec.structs.replace(world.page(0), models=(bare,))

    told = json.loads(document(page))["models"][bare.key]

    jsonschema.validate(json.loads(document(page)), SCHEMA)
    assert [key for key in ORDER if told[key] is None] == [
        "class", "fault", "since", "checked_at", "latency_ms", "tools", "price", "use_instead", "official", "retires_on",
    ]  # fmt: skip
    assert told["uptime"]["7d"] == {"ratio": None, "low": None, "high": None, "samples": 0, "coverage": 0.0}


def test_times_are_utc_with_milliseconds_and_never_ages() -> None:
    told = json.loads(document(world.page(1)))

    assert told["generated_at"] == "2026-11-20T10:00:00.000Z"
    assert told["models"]["moonshot/kimi-k3"]["checked_at"] == "2026-11-20T09:59:48.000Z"


def test_it_escapes_hostile_names() -> None:
    name = '"},"x":{"\u2028</script>'
    hostile = msgspec.structs.replace(world.model(1), name=name, key='p/"k\\')
    page = msgspec.structs.replace(world.page(0), models=(hostile,))

    assert json.loads(document(page))["models"]['p/"k\\']["name"] == name


def test_keys_of_the_models_stay_unique_beyond_the_catalogue() -> None:
    keys = sorted(model.key for model in world.page(60).models)

    assert all(one != other for one, other in pairwise(keys))
