import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.config.tree import Scalar, Tree, parse


def _plain(tree: Tree | None) -> object:
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(entry) for entry in tree]
    return tree.value if tree is not None else None


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a: x", {"a": "x"}),
        ("a: 5", {"a": 5}),
        ("a: 3.00", {"a": 3.0}),
        ("a: true", {"a": True}),
        ("a: off", {"a": False}),
        ("a:", {"a": None}),
        ("a: '5'", {"a": "5"}),
        ("a: !!str 5", {"a": "5"}),
        ("a: 1:30", {"a": "1:30"}),
        ("a: 010", {"a": "010"}),
        ("a: 0x1F", {"a": "0x1F"}),
        ("a: 2026-01-01", {"a": "2026-01-01"}),
        ("a: 99999999999999999999999", {"a": "99999999999999999999999"}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("base: &x {a: 1, b: 2}\nc: {<<: *x, b: 3}", {"base": {"a": 1, "b": 2}, "c": {"a": 1, "b": 3}}),
    ],
)
def test_it_reads_yaml_as_people_mean_it(text: str, expected: object) -> None:
    tree, problems = parse(text)
    assert problems == []
    assert _plain(tree) == expected


def test_it_keeps_the_text_that_a_number_was_written_as() -> None:
    tree, _ = parse("1.10")
    assert tree == Scalar(1.1, "1.10")


def test_not_a_number_is_a_number_that_no_key_accepts() -> None:
    tree, _ = parse(".nan")
    assert isinstance(tree, Scalar)
    assert isinstance(tree.value, float)
    assert math.isnan(tree.value)


def test_a_key_written_twice_is_named_with_both_lines() -> None:
    _, problems = parse("site:\n  title: a\n  url: b\n  title: c\n")
    assert [(problem.path, problem.message) for problem in problems] == [
        ("site.title", 'the key "title" is written twice, in lines 2 and 4: keep one')
    ]


def test_a_key_that_is_no_text_is_named() -> None:
    _, problems = parse("providers: {no: 1, 12: 2}")
    assert [problem.path for problem in problems] == ["providers.no", "providers.12"]
    assert all("put it in quotation marks" in problem.message for problem in problems)


def test_multiplying_aliases_are_bounded() -> None:
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 12)
    )
    tree, problems = parse(bomb)
    assert tree is None
    assert "aliases multiply" in problems[0].message


def test_an_alias_inside_its_own_anchor_is_named() -> None:
    _, problems = parse("a: &a [1, *a]")
    assert [problem.path for problem in problems] == ["a[1]"]


def test_deep_nesting_is_refused() -> None:
    tree, problems = parse("[" * 50_000)
    assert tree is None
    assert len(problems) == 1


def test_a_tag_of_another_program_is_named_and_never_obeyed() -> None:
    _, problems = parse("a: !!python/object/apply:os.system [true]\nb: !secret x")
    assert [problem.path for problem in problems] == ["a", "b"]


@pytest.mark.parametrize("text", ["a: [1\nb: 2", "a: 'x", "a: *nowhere", "a: b: c", "\tx: 1", "a: 1\n---\nb: 2", "a: \x00"])
def test_a_syntax_error_names_its_line(text: str) -> None:
    tree, problems = parse(text)
    assert tree is None
    assert len(problems) == 1
    assert "line " in problems[0].message
    assert "\n" not in problems[0].message


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#\n ?,0.", max_size=60))
def test_it_never_raises(text: str) -> None:
    parse(text)
