from collections.abc import Callable

import pytest

from statuspage.config.fleet import Model, Price
from statuspage.config.load import Loaded
from statuspage.domain.words import ProbeKind

Read = Callable[..., Loaded]

LOCAL = "vendor: openai-compatible, base_url: 'https://llm.example/v1'"


def _models(loaded: Loaded) -> dict[str, Model]:
    assert loaded.config is not None, loaded.problems
    return {model.key: model for model in loaded.config.models}


def _at_local(models: str) -> str:
    return f"providers: {{p: {{{LOCAL}, models: {models}}}}}"


def _problems(loaded: Loaded) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in loaded.problems]


def test_the_short_form_takes_every_default(read: Read) -> None:
    model = _models(read(_at_local("[kimi-k2.6]")))["p/kimi-k2.6"]
    assert model == Model(provider="p", id="kimi-k2.6", name="kimi-k2.6")
    assert (model.key, model.slug) == ("p/kimi-k2.6", "p-kimi-k2.6")


def test_an_id_may_hold_slashes(read: Read) -> None:
    model = _models(read(_at_local("['moonshotai/kimi-k2.6:free']")))["p/moonshotai/kimi-k2.6:free"]
    assert model.slug == "p-moonshotai-kimi-k2.6-free"


def test_the_nearest_setting_wins(read: Read) -> None:
    loaded = read(
        "probing: {interval: 1m, timeout: 10s, max_output_tokens: 8, confirm: {probes: 2, spacing: 1s}}\n"
        f"providers: {{p: {{{LOCAL}, timeout: 20s, confirm: {{spacing: 2s}}, models: [a,"
        " {id: b, interval: 90s, timeout: 5s, max_output_tokens: 4, confirm: {probes: 3}}]}}"
    )
    models = _models(loaded)

    def settings(key: str) -> tuple[float, float, int, int, float]:
        model = models[key]
        return (model.interval_s, model.timeout_s, model.max_output_tokens, model.confirm_probes, model.confirm_spacing_s)

    assert settings("p/a") == (60, 20, 8, 2, 2)
    assert settings("p/b") == (90, 5, 4, 3, 2)


@pytest.mark.parametrize(
    "probing, model, expected_s",
    [
        ("{}", "{id: a}", 660),
        ("{interval: 1m}", "{id: a}", 180),
        ("{interval: 1m, max_stale: 90s}", "{id: a}", 90),
        ("{max_stale: 11m}", "{id: a, interval: 15m}", 1860),
        ("{max_stale: 20s}", "{id: a, interval: 5s}", 20),
        ("{max_stale: 11m}", "{id: a, interval: 15m, max_stale: 16m}", 960),
        ("{max_stale: 11m}", "{id: a, max_stale: 7m}", 420),
    ],
)
def test_max_stale_is_the_nearest_that_can_hold(read: Read, probing: str, model: str, expected_s: float) -> None:
    loaded = read(f"probing: {probing}\n" + _at_local(f"[{model}]"))
    assert _models(loaded)["p/a"].max_stale_s == expected_s
    assert loaded.warnings == ()


def test_a_max_stale_below_its_own_interval_is_warned_of_once(read: Read) -> None:
    loaded = read("probing: {interval: 5m, max_stale: 1m}\n" + _at_local("[a, b]"))
    assert [(warning.path, warning.message) for warning in loaded.warnings] == [
        ("probing.max_stale", "max_stale is shorter than the interval of 5m: models turn grey between two probes")
    ]


@pytest.mark.parametrize("interval", ["0s", "999ms", "0.5s", "1ms"])
def test_an_interval_below_one_second_is_a_problem_at_every_level(read: Read, interval: str) -> None:
    said = f'"{interval}" is too short: the smallest interval is 1s'
    assert _problems(read(f"probing: {{interval: {interval}}}\n" + _at_local("[a]"))) == [("probing.interval", said)]
    assert _problems(read(f"providers: {{p: {{{LOCAL}, interval: {interval}, models: [a]}}}}")) == [
        ("providers.p.interval", said)
    ]
    assert _problems(read(_at_local(f"[{{id: a, interval: {interval}}}]"))) == [("providers.p.models[0].interval", said)]


def test_one_second_is_the_smallest_interval(read: Read) -> None:
    assert _models(read(_at_local("[{id: a, interval: 1s}]")))["p/a"].interval_s == 1.0


def test_a_timeout_of_nothing_is_a_problem(read: Read) -> None:
    assert _problems(read("probing: {timeout: 0s}\n" + _at_local("[a]"))) == [
        ("probing.timeout", '"0s" is too short: write more than 0s')
    ]


def test_everything_a_model_may_say_arrives(read: Read) -> None:
    model = _models(
        read(
            "providers: {or: {vendor: openrouter, models: [b, {id: a, name: A, probes: [chat, tools, chat], fallback: [or/b],"
            " public: false, price: {input: 3, output: 15.5}, aliases: [old], route: {only: [novita]}, expect: ok}]}}"
        )
    )["or/a"]
    assert model.name == "A"
    assert model.probes == (ProbeKind.CHAT, ProbeKind.TOOLS)
    assert model.fallback == ("or/b",)
    assert model.public is False
    assert model.price == Price(input=3.0, output=15.5)
    assert model.aliases == ("or/old",)
    assert model.route_only == ("novita",)
    assert model.expect == "ok"


def test_a_name_loses_its_control_characters(read: Read) -> None:
    model = _models(read(_at_local(r'[{id: a, name: "Kimi\nK3\e[31m\u202e!\u2028"}]')))["p/a"]
    assert model.name == "Kimi K3 [31m !"


def test_a_name_of_nothing_visible_is_the_id(read: Read) -> None:
    assert _models(read(_at_local(r'[{id: a, name: "\u202ex\t"}, {id: b, name: "\u202e\u202e"}]')))["p/b"].name == "b"


def test_an_id_of_200_characters_is_the_longest(read: Read) -> None:
    assert read(_at_local(f"[{'x' * 200}]")).problems == ()
    said = "the text has 201 characters: 200 are the most, shorten it"
    assert _problems(read(_at_local(f"[{'x' * 201}, {{id: {'y' * 201}}}]"))) == [
        ("providers.p.models[0]", said),
        ("providers.p.models[1].id", said),
    ]


def test_colliding_slugs_name_both_keys(read: Read) -> None:
    loaded = read(f"providers:\n  a-b: {{{LOCAL}, models: [c]}}\n  a: {{{LOCAL}, models: [x, b/c]}}\n")
    assert _problems(loaded) == [
        (
            "providers.a.models[1]",
            'the slugs of "a-b/c" and "a/b/c" collide, both are "a-b-c": rename a provider or drop a model',
        )
    ]


def test_a_model_listed_twice_is_a_problem(read: Read) -> None:
    assert _problems(read(_at_local("[a, {id: a}]"))) == [
        ("providers.p.models[1]", '"p/a" is listed twice, first at providers.p.models[0]: keep one')
    ]


def test_a_fallback_to_an_unknown_model_names_the_nearest(read: Read) -> None:
    (problem,) = read(_at_local("[kimi-k2.6, {id: kimi-k3, fallback: [p/kimi-k2.5]}]")).problems
    assert problem.path == "providers.p.models[1].fallback[0]"
    assert problem.nearest == "p/kimi-k2.6"


def test_a_model_cannot_stand_in_for_itself(read: Read) -> None:
    assert _problems(read(_at_local("[{id: a, fallback: [p/a]}]"))) == [
        ("providers.p.models[0].fallback[0]", "the model is its own fallback: name another one")
    ]


def test_a_fallback_by_an_earlier_key_follows_the_rename(read: Read) -> None:
    assert _models(read(_at_local("[{id: new, aliases: [old]}, {id: b, fallback: [p/old]}]")))["p/b"].fallback == ("p/new",)


def test_a_fallback_may_be_discovered_later(read: Read) -> None:
    loaded = read(f"providers: {{p: {{{LOCAL}, discover: {{include: ['kimi-*']}}, models: [{{id: a, fallback: [p/kimi-k3]}}]}}}}")
    assert _models(loaded)["p/a"].fallback == ("p/kimi-k3",)


def test_a_fallback_that_is_not_public_is_warned_of(read: Read) -> None:
    loaded = read(_at_local("[{id: a, public: false}, {id: b, fallback: [p/a]}]"))
    assert [(warning.path, warning.message) for warning in loaded.warnings] == [
        ("providers.p.models[1].fallback[0]", '"p/a" is not public: readers are not told to use it')
    ]


@pytest.mark.parametrize(
    "alias, keys",
    [
        ("old-id", ("p/old-id",)),
        ("p/old-id", ("p/old-id",)),
        ("moonshotai/kimi", ("p/moonshotai/kimi", "moonshotai/kimi")),
        ("earlier-name/a", ("p/earlier-name/a", "earlier-name/a")),
    ],
)
def test_an_alias_is_an_earlier_id_or_key(read: Read, alias: str, keys: tuple[str, ...]) -> None:
    assert _models(read(_at_local(f"[{{id: a, aliases: ['{alias}']}}]")))["p/a"].aliases == keys


def test_an_alias_that_is_watched_itself_is_a_problem(read: Read) -> None:
    assert _problems(read(_at_local("[b, {id: a, aliases: [b]}]"))) == [
        ("providers.p.models[1].aliases[0]", 'the alias "b" is the key of a model in this file: remove it')
    ]


def test_an_alias_belongs_to_one_model(read: Read) -> None:
    assert _problems(read(_at_local("[{id: a, aliases: [x]}, {id: b, aliases: [p/x]}]"))) == [
        ("providers.p.models[1].aliases[0]", 'the alias "p/x" belongs to "p/a" already: keep it at one model')
    ]


def test_a_route_at_a_vendor_that_routes_nothing_is_warned_of(read: Read) -> None:
    loaded = read("providers: {groq: {api_key: env:K, models: [{id: a, route: {only: [x]}}]}}", K="k")
    assert [warning.path for warning in loaded.warnings] == ["providers.groq.models[0].route"]


def test_the_file_s_order_is_kept(read: Read) -> None:
    loaded = read(f"providers:\n  z: {{{LOCAL}, models: [b, a]}}\n  a: {{{LOCAL}, models: [c]}}\n")
    assert list(_models(loaded)) == ["z/b", "z/a", "a/c"]


def test_a_thousand_models_are_no_matter(read: Read) -> None:
    ids = ", ".join(f"model-{number}" for number in range(1000))
    assert len(_models(read(_at_local(f"[{ids}]")))) == 1000
