from collections.abc import Callable

import pytest

from statuspage.config.fleet import Provider
from statuspage.config.load import Loaded
from statuspage.domain.secret import Secret
from statuspage.vendors.registry import VENDORS

Read = Callable[..., Loaded]


def _providers(loaded: Loaded) -> dict[str, Provider]:
    assert loaded.config is not None, loaded.problems
    return {provider.name: provider for provider in loaded.config.providers}


def _warned(loaded: Loaded) -> list[tuple[str, str]]:
    return [(warning.path, warning.message) for warning in loaded.warnings]


@pytest.mark.parametrize("name", [name for name, vendor in VENDORS.items() if vendor.base_url is not None])
def test_a_vendor_brings_its_own_address(read: Read, name: str) -> None:
    provider = _providers(read(f"providers: {{p: {{vendor: {name}, api_key: env:K, models: [a]}}}}", K="k"))["p"]
    assert provider.vendor is VENDORS[name]
    assert provider.base_url == VENDORS[name].base_url
    assert provider.not_configured is None


@pytest.mark.parametrize("name", [name for name, vendor in VENDORS.items() if vendor.base_url is None])
def test_a_vendor_without_an_address_needs_one(read: Read, name: str) -> None:
    (problem,) = read(f"providers: {{p: {{vendor: {name}, models: [a]}}}}").problems
    assert problem.path == "providers.p"
    assert problem.message == f'the key "base_url" is missing: vendor {name} has no address of its own, write one'


def test_a_missing_vendor_is_named(read: Read) -> None:
    (problem,) = read("providers: {p: {models: [a]}}").problems
    assert problem.path == "providers.p"
    assert problem.message.startswith('the key "vendor" is missing')


def test_a_missing_secret_leaves_the_provider_unconfigured_and_the_rest_running(read: Read) -> None:
    loaded = read(
        "providers:\n  groq: {api_key: env:GROQ, models: [a]}\n  moonshot: {api_key: env:MOONSHOT, models: [b]}\n", MOONSHOT="k"
    )
    providers = _providers(loaded)
    assert providers["groq"].not_configured == "env:GROQ is not set: export GROQ"
    assert providers["groq"].api_key is None
    assert providers["moonshot"].not_configured is None
    assert _warned(loaded) == [("providers.groq.api_key", "env:GROQ is not set: export GROQ")]


def test_several_keys_may_be_named_and_one_readable_is_enough(read: Read) -> None:
    loaded = read("providers: {groq: {api_key: [env:A, env:B, env:C, env:B], models: [a]}}", B="2", C="3")
    provider = _providers(loaded)["groq"]
    assert provider.keys == (Secret("2"), Secret("3"))
    assert provider.key_names == ("env:B", "env:C")
    assert provider.key_problems == ("env:A is not set: export A",)
    assert provider.api_key == Secret("2")
    assert provider.not_configured is None
    assert _warned(loaded) == [("providers.groq.api_key[0]", "env:A is not set: export A")]


def test_a_vendors_own_address_without_any_key_is_not_asked(read: Read) -> None:
    loaded = read("providers: {groq: {models: [a]}}")
    assert _providers(loaded)["groq"].not_configured is not None
    assert [path for path, _ in _warned(loaded)] == ["providers.groq"]


def test_a_server_of_ones_own_may_want_no_key(read: Read) -> None:
    loaded = read("providers: {p: {vendor: openai-compatible, base_url: 'https://llm.example/v1', models: [a]}}")
    assert _providers(loaded)["p"].not_configured is None
    assert loaded.warnings == ()


def test_a_key_that_no_header_can_carry_is_not_sent(read: Read) -> None:
    loaded = read("providers: {groq: {api_key: env:K, models: [a]}}", K="sk-abc def\n")
    reason = _providers(loaded)["groq"].not_configured
    assert reason == "env:K holds characters that no HTTP header can carry: store the key alone"
    assert "abc" not in str(loaded.warnings)


def test_a_base_url_loses_its_last_slash(read: Read) -> None:
    loaded = read("providers: {p: {vendor: openai-compatible, base_url: 'https://llm.example/v1/', models: [a]}}")
    assert _providers(loaded)["p"].base_url == "https://llm.example/v1"


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://x.example", "llm.example/v1", "javascript:alert(1)", "", "https://", "https:///v1"),
        *("https://u:p@x.example", "https://x.example:99999", "http://[::1", "https://x .example", "https://x.example\\@y"),
        *("https://x.example/v1?a=b", "https://x.example/#f"),
    ],
)
def test_what_is_no_base_url_is_a_problem_that_does_not_repeat_it(read: Read, url: str) -> None:
    loaded = read(f"providers: {{p: {{vendor: openai-compatible, base_url: '{url}', models: [a]}}}}")
    assert [problem.path for problem in loaded.problems] == ["providers.p.base_url"]
    assert len(url) < 9 or url not in loaded.problems[0].message


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8000", "localhost", "[::1]:80", "0x7f.1", "2130706433", "10.0.0.5", "[fd00::1]", "API.LocalHost.", "100.64.0.1"],
)
def test_a_private_address_is_refused_unless_it_is_allowed(read: Read, host: str) -> None:
    provider = f"vendor: openai-compatible, base_url: 'http://{host}/v1', models: [a]"
    (problem,) = read(f"providers: {{p: {{{provider}}}}}").problems
    assert problem.path == "providers.p.base_url"
    assert problem.message.endswith("write a public one, or set allow_private_networks: true")
    assert _providers(read(f"providers: {{p: {{{provider}, allow_private_networks: true}}}}"))["p"].allow_private
    assert _providers(read(f"probing: {{allow_private_networks: true}}\nproviders: {{p: {{{provider}}}}}"))["p"].allow_private


def test_a_provider_may_close_what_is_open_for_all(read: Read) -> None:
    loaded = read(
        "probing: {allow_private_networks: true}\n"
        "providers: {p: {vendor: openai-compatible, base_url: 'http://10.0.0.1', allow_private_networks: false, models: [a]}}"
    )
    assert [problem.path for problem in loaded.problems] == ["providers.p.base_url"]


def test_an_opening_of_one_provider_opens_its_base_url_alone(read: Read) -> None:
    loaded = read(
        "probing: {canaries: ['http://127.0.0.1/']}\n"
        "heartbeat_url: http://127.0.0.1/\n"
        "notify: [{name: h, kind: webhook, url: 'http://127.0.0.1/'}]\n"
        "providers:\n"
        "  p: {vendor: openai-compatible, base_url: 'http://10.0.0.1', allow_private_networks: true,"
        " official_status: 'http://10.0.0.1/', models: [a]}\n"
        "  q: {vendor: openai-compatible, base_url: 'http://10.0.0.1', models: [a]}\n"
    )
    assert [problem.path for problem in loaded.problems] == [
        "probing.canaries[0]",
        "heartbeat_url",
        "providers.p.official_status",
        "providers.q.base_url",
        "notify[0].url",
    ]


def test_metadata_addresses_are_never_allowed(read: Read) -> None:
    loaded = read(
        "probing: {allow_private_networks: true}\n"
        "providers: {p: {vendor: openai-compatible, base_url: 'http://169.254.169.254/v1', models: [a]}}"
    )
    assert [problem.message for problem in loaded.problems] == ["the host is a refused address (metadata): write a public one"]


def test_a_base_url_that_ends_in_an_endpoint_is_warned_of(read: Read) -> None:
    (warning,) = read(
        "providers: {p: {vendor: openai-compatible, base_url: 'https://llm.example/v1/chat/completions', models: [a]}}"
    ).warnings
    assert warning.nearest == "https://llm.example/v1"


def test_a_key_over_plain_http_is_warned_of(read: Read) -> None:
    text = "providers: {p: {vendor: openai-compatible, base_url: 'http://llm.example/v1', api_key: env:K, models: [a]}}"
    assert _warned(read(text, K="k")) == [("providers.p.base_url", "the key travels unencrypted to this address: write https://")]


def test_siblings_at_the_vendors_own_address_are_the_vendors_other_surfaces(read: Read) -> None:
    provider = _providers(read("providers: {moonshot: {api_key: env:K, models: [a]}}", K="k"))["moonshot"]
    assert set(provider.siblings) == {VENDORS["moonshot-cn"].base_url, VENDORS["kimi-code"].base_url}


def test_siblings_of_another_address_are_configured_ones_alone(read: Read) -> None:
    loaded = read(
        "providers:\n"
        "  a: {vendor: moonshot, base_url: 'https://one.example/v1', models: [x]}\n"
        "  b: {vendor: moonshot-cn, base_url: 'https://two.example/v1', models: [x]}\n"
        "  c: {vendor: groq, base_url: 'https://three.example/v1', models: [x]}\n"
        "  d: {vendor: moonshot, base_url: 'https://four.example/v1', models: [x]}\n"
    )
    siblings = {name: provider.siblings for name, provider in _providers(loaded).items()}
    assert siblings == {
        "a": ("https://two.example/v1",),
        "b": ("https://one.example/v1", "https://four.example/v1"),
        "c": (),
        "d": ("https://two.example/v1",),
    }


def test_a_sibling_is_private_where_its_own_provider_says_so(read: Read) -> None:
    loaded = read(
        "providers:\n"
        "  public: {vendor: moonshot, base_url: 'https://one.example/v1', models: [x]}\n"
        "  house: {vendor: moonshot-cn, base_url: 'http://127.0.0.1:9/v1', models: [x], allow_private_networks: true}\n"
    )
    providers = _providers(loaded)
    assert (providers["public"].allow_private, providers["public"].private_siblings) == (False, ("http://127.0.0.1:9/v1",))
    assert providers["house"].private_siblings == ()


def test_a_title_is_the_vendors_when_the_account_is_its_only_one(read: Read) -> None:
    loaded = read(
        "providers:\n"
        "  ours: {vendor: groq, models: [a]}\n"
        "  one: {vendor: moonshot, models: [a]}\n"
        '  two: {vendor: moonshot, title: "Second\\tof two", models: [a]}\n'
        "  local: {vendor: openai-compatible, base_url: 'https://x.example', models: [a]}\n"
    )
    titles = {name: provider.title for name, provider in _providers(loaded).items()}
    assert titles == {"ours": VENDORS["groq"].title, "one": "one", "two": "Second of two", "local": "local"}


@pytest.mark.parametrize("name", ["a/b", " ", "", "a\\nb", "x" * 101])
def test_a_provider_name_must_be_able_to_begin_a_key(read: Read, name: str) -> None:
    loaded = read(f'providers: {{"{name}": {{vendor: groq, models: [a]}}}}')
    assert len(loaded.problems) == 1
    assert loaded.problems[0].path.startswith("providers")


def test_a_provider_with_nothing_to_watch_is_warned_of(read: Read) -> None:
    loaded = read("providers: {groq: {api_key: env:K}}", K="k")
    assert _warned(loaded) == [("providers.groq", "the provider names no models: list some under models, or add discover")]
    assert read("providers: {groq: {api_key: env:K, discover: {}}}", K="k").warnings == ()


def test_accounts_have_their_own_pace_and_budget(read: Read) -> None:
    provider = _providers(read("providers: {groq: {rpm: 60, concurrency: 4, budget: {monthly_usd: 2.5}, models: [a]}}"))["groq"]
    assert (provider.rpm, provider.concurrency, provider.monthly_usd) == (60, 4, 2.5)


def test_no_secret_is_in_any_text_form(read: Read) -> None:
    loaded = read(
        "notify: [{name: x, url: env:U}]\nproviders: {groq: {api_key: [env:K, env:L], models: [a]}}",
        K="sk-hunter2",
        L="sk-swordfish",
        U="discord://token1234",
    )
    assert loaded.config is not None
    shown = repr(loaded) + repr(loaded.config.providers) + repr(loaded.config.notify)
    assert not any(secret in shown for secret in ("hunter2", "swordfish", "token1234"))
