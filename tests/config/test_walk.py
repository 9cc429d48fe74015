from pathlib import Path

import pytest

from statuspage.config.load import load_text
from statuspage.config.problem import Problem

PROVIDERS = """
providers:
  local:
    vendor: openai-compatible
    base_url: https://llm.example.com/v1
    models: [a]
"""


def _problems(text: str, environ: dict[str, str] | None = None) -> tuple[Problem, ...]:
    return load_text(text, Path("statuspage.yml"), environ or {}).problems


def _only(text: str, environ: dict[str, str] | None = None) -> Problem:
    (problem,) = _problems(text, environ)
    return problem


def test_an_unknown_key_names_the_nearest_right_one() -> None:
    problem = _only(PROVIDERS + "    intervall: 5m\n")
    assert problem.path == "providers.local.intervall"
    assert problem.nearest == "interval"
    assert problem.message == 'the key "intervall" is unknown here; did you mean "interval"?'


def test_a_key_of_another_section_is_sent_home() -> None:
    problem = _only(PROVIDERS + "interval: 5m\n")
    assert problem.nearest is None
    assert problem.message == 'the key "interval" is unknown here: it belongs under probing'


def test_a_misspelt_required_key_is_told_once() -> None:
    problem = _only(PROVIDERS.replace("[a]", "[{idd: a}]"))
    assert problem.path == "providers.local.models[0].idd"
    assert problem.nearest == "id"


def test_a_path_quotes_what_is_no_plain_word() -> None:
    problem = _only(PROVIDERS.replace("local:", '"my.server":').replace("[a]", "[a, {id: b, nam: x}]"))
    assert problem.path == 'providers["my.server"].models[1].nam'


@pytest.mark.parametrize(
    "line, path, said",
    [
        ("probing: {concurrency: '4'}", "probing.concurrency", '"4" is not a whole number: write a whole number'),
        ("probing: {concurrency: 4.5}", "probing.concurrency", '"4.5" is not a whole number: write a whole number'),
        ("probing: {concurrency: true}", "probing.concurrency", '"true" is not a whole number: write a whole number'),
        ("probing: {concurrency: 0}", "probing.concurrency", '"0" is too small: write at least 1'),
        (
            "probing: {interval: 30}",
            "probing.interval",
            '"30" lacks a unit: write ms, s, m, h or d after the number, such as 30s',
        ),
        ("probing: [5m]", "probing", "here stands a list: write a mapping instead"),
        ("site: {private: maybe}", "site.private", '"maybe" is not true or false: write true or false'),
        ("site: {title: 2026}", "site.title", 'YAML does not read 2026 as text: put it in quotation marks, "2026"'),
        ("site: {title: yes}", "site.title", 'YAML does not read yes as text: put it in quotation marks, "yes"'),
        ("site: {title: [x]}", "site.title", "here stands a list: write text instead"),
        ("site: {title: ''}", "site.title", "the text is empty: write it, or remove the key"),
        ("site:", "site", "the key has no value: write a mapping, or remove the line"),
        ("budget: {monthly_usd: -1}", "budget.monthly_usd", '"-1" is too small: write at least 0'),
        ("budget: {monthly_usd: .inf}", "budget.monthly_usd", '".inf" is not a number: write a number'),
        ("budget: {}", "budget", 'the key "monthly_usd" is missing: write a number for it'),
        ("notify: x", "notify", "here stands a single value: write a list instead"),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence_with_its_remedy(line: str, path: str, said: str) -> None:
    problem = _only(PROVIDERS + line)
    assert (problem.path, problem.message) == (path, said)


def test_a_number_may_come_from_the_environment() -> None:
    loaded = load_text(PROVIDERS + "probing: {concurrency: '${N}'}\n", Path("x.yml"), {"N": "7"})
    assert loaded.config is not None
    assert loaded.config.concurrency == 7


def test_a_number_from_the_environment_is_checked_and_not_repeated() -> None:
    problem = _only(PROVIDERS + "probing: {concurrency: '${N}'}\n", {"N": "s3cret"})
    assert problem.path == "probing.concurrency"
    assert "s3cret" not in problem.message


def test_a_value_from_the_environment_cannot_change_the_structure() -> None:
    loaded = load_text(PROVIDERS + "site: {title: '${T}'}\n", Path("x.yml"), {"T": "x}\nproviders: {evil: {}}"})
    assert loaded.config is not None
    assert [provider.name for provider in loaded.config.providers] == ["local"]
    assert loaded.config.site.title == "x} providers: {evil: {}}"


def test_every_mistake_is_told_at_once() -> None:
    text = """
site: {titel: x, language: zh}
probing: {interval: 500ms, canaries: [nope]}
providers:
  a: {vendor: moonshoot, models: [x]}
  b: {vendor: groq, api_key: sk-plain, models: [y, y]}
"""
    assert [problem.path for problem in _problems(text)] == [
        "site.titel",
        "site.language",
        "probing.canaries[0]",
        "providers.a.vendor",
        "providers.b.api_key",
        "probing.interval",
        "providers.b.models[1]",
    ]
