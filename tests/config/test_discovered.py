"""What a listing adds to a configuration."""

from collections.abc import Callable

import pytest

from statuspage.config.discovered import discovered
from statuspage.config.fleet import Config, Model
from statuspage.config.load import Loaded
from statuspage.domain.catalog import CatalogEntry

Read = Callable[..., Loaded]
LOCAL = "vendor: openai-compatible, base_url: 'https://llm.example/v1'"


def _config(read: Read, section: str, before: str = "") -> Config:
    loaded = read(f"{before}\nproviders: {{p: {{{LOCAL}, {section}}}}}")
    assert loaded.config is not None, loaded.problems
    assert loaded.warnings == ()
    return loaded.config


def _added(config: Config, *entries: CatalogEntry | str) -> list[Model]:
    listed = [CatalogEntry(id=each) if isinstance(each, str) else each for each in entries]
    return list(discovered(config, config.provider("p"), listed))


def test_without_patterns_everything_listed_is_added(read: Read) -> None:
    config = _config(read, "discover: {}")
    assert [model.key for model in _added(config, "b/x", "a")] == ["p/a", "p/b/x"]


def test_without_discovery_nothing_is(read: Read) -> None:
    assert _added(_config(read, "models: [a]"), "b") == []


def test_patterns_choose(read: Read) -> None:
    config = _config(read, "discover: {include: ['kimi-*', 'k?'], exclude: ['*-preview']}")
    assert [model.id for model in _added(config, "kimi-k3", "kimi-k4-preview", "k3", "k33", "Kimi-k3")] == ["k3", "kimi-k3"]


def test_it_inherits_as_a_short_entry_would(read: Read) -> None:
    config = _config(
        read, "discover: {}, interval: 90s, timeout: 7s, confirm: {probes: 2}, models: [a]", "probing: {max_output_tokens: 8}"
    )
    (added,) = _added(config, "b")
    (listed,) = config.models
    assert (added.interval_s, added.max_stale_s, added.timeout_s) == (90, 240, 7)
    assert [getattr(added, name) for name in Model.__struct_fields__ if name not in ("id", "name")] == [
        getattr(listed, name) for name in Model.__struct_fields__ if name not in ("id", "name")
    ]


def test_it_is_named_as_its_vendor_names_it(read: Read) -> None:
    (added,) = _added(_config(read, "discover: {}"), CatalogEntry(id="kimi-k3", name="Kimi\u202e K3\n"))
    assert added.name == "Kimi  K3"


@pytest.mark.parametrize(
    "entry",
    [
        CatalogEntry(id="draws", chat=False),
        CatalogEntry(id="x" * 200),
        CatalogEntry(id="a\nb"),
        CatalogEntry(id=" "),
        CatalogEntry(id="listed"),
        CatalogEntry(id="lis:ted"),
        CatalogEntry(id="old-id"),
    ],
    ids=str,
)
def test_it_leaves_out_what_cannot_be_or_is_there(read: Read, entry: CatalogEntry) -> None:
    config = _config(read, "discover: {}, models: [{id: listed, aliases: [old-id]}, lis-ted]")
    assert _added(config, entry) == []


def test_of_two_listed_ids_with_one_address_the_first_is_added(read: Read) -> None:
    assert [model.id for model in _added(_config(read, "discover: {}"), "a/b", "a:b")] == ["a/b"]
