"""Tool calls are read out of text, whatever the text."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage.domain.toolcalls import TextCall, json_calls, leaked_calls, markers
from statuspage.domain.tooltokens import MARKERS, SPELLINGS

_NAMES = st.from_regex(r"[a-z][a-z_]{0,20}", fullmatch=True)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
_ARGUMENTS = st.dictionaries(st.text(max_size=8), _VALUES, max_size=4)
_WORDS = st.text(alphabet=st.characters(exclude_characters="{[]}<", exclude_categories=["Cs"]), max_size=30)
_NOISE = st.lists(st.sampled_from([*MARKERS, "{", "[", "}", "]", '"', "name", ":", "\\", "a", " "]), max_size=60).map("".join)

LEAKS = {
    "kimi": "<|tool_calls_section_begin|><|tool_call_begin|>functions.find:0<|tool_call_argument_begin|>{}<|tool_call_end|>",
    "hermes": '<tool_call>\n{"name": "find", "arguments": {}}\n</tool_call>',
    "llama": '<|python_tag|>{"name": "find", "parameters": {}}',
    "mistral": '[TOOL_CALLS][{"name": "find", "arguments": {}}]',
    "mistral, new": "[TOOL_CALLS]find[ARGS]{}",
    "deepseek": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>find\n```json\n{}\n```<｜tool▁call▁end｜>",
    "deepseek, new": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>find<｜tool▁sep｜>{}<｜tool▁call▁end｜>",
    "harmony": "<|channel|>commentary to=functions.find <|constrain|>json<|message|>{}<|call|>",
    "function tag": "<function=find>{}</function>",
}


@pytest.mark.parametrize("family", LEAKS)
def test_it_reads_a_leaked_call_of_each_family(family: str) -> None:
    text = LEAKS[family]
    assert markers(text)
    assert leaked_calls(f"Let me see. {text}") == (TextCall("find", "{}"),)


def test_it_reads_several_leaked_calls_and_a_smaller_sign_within() -> None:
    one = '<|tool_call_begin|>functions.a:0<|tool_call_argument_begin|>{"x": "1 < 2"}<|tool_call_end|>'
    two = '<|tool_call_begin|>functions.b:1<|tool_call_argument_begin|>{"y": 2}<|tool_call_end|>'
    assert leaked_calls(one + two) == (TextCall("a", '{"x": "1 < 2"}'), TextCall("b", '{"y": 2}'))


@given(name=_NAMES, arguments=_ARGUMENTS, before=_WORDS, after=_WORDS)
def test_a_kimi_call_survives_the_way_into_text_and_back(
    name: str, arguments: dict[str, object], before: str, after: str
) -> None:
    written = json.dumps(arguments)
    if "<" in written:
        written = written.replace("<", "\\u003c")
    text = f"{before}<|tool_call_begin|>functions.{name}:3<|tool_call_argument_begin|>{written}<|tool_call_end|>{after}"
    (call,) = leaked_calls(text)
    assert (call.name, json.loads(call.arguments)) == (name, arguments)


@given(name=_NAMES, arguments=_ARGUMENTS, before=_WORDS, after=_WORDS, quoted=st.booleans(), fenced=st.booleans())
def test_a_call_as_json_survives_the_way_into_text_and_back(
    name: str, arguments: dict[str, object], before: str, after: str, *, quoted: bool, fenced: bool
) -> None:
    given_arguments = json.dumps(arguments) if quoted else arguments
    written = json.dumps({"name": name, "arguments": given_arguments})
    text = f"{before}\n```json\n{written}\n```\n{after}" if fenced else f"{before} {written} {after}"
    (call,) = json_calls(text)
    assert (call.name, json.loads(call.arguments)) == (name, arguments)
    assert json_calls(text, frozenset({name + "x"})) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('{"tool_calls": [{"function": {"name": "a", "arguments": "{}"}}, {"name": "b", "parameters": {}}]}', ["a", "b"]),
        ('[{"name": "a", "arguments": {}}, {"tool": "b", "input": {}}]', ["a", "b"]),
        ('{"function": "a", "args": {}} and {"tool_name": "b", "tool_input": {}}', ["a", "b"]),
        ('{"name": "functions.a:0", "arguments": {}}', ["a"]),
        ('{"name": "Paris"} is a city', []),
        ('{"name": "a", "arguments": "not JSON"}', []),
        ('{"name": "a", "arguments": [1]}', []),
        ('{broken {"name": "a", "arguments": {}}', ["a"]),
        ("no JSON at all", []),
    ],
)
def test_it_knows_the_shapes_that_models_write(text: str, names: list[str]) -> None:
    assert [call.name for call in json_calls(text)] == names


@settings(max_examples=300)
@given(_NOISE)
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(leaked_calls(text), tuple)
    assert isinstance(json_calls(text), tuple)
    assert all(marker in text for marker in markers(text))


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 50_000, "<|tool_call_begin|>" * 20_000, "<tool_call>{" * 20_000])
def test_it_is_not_slowed_down_by_hostile_texts(text: str) -> None:
    assert leaked_calls(text) == json_calls(text) == ()


def test_every_spelling_is_announced_by_a_marker() -> None:
    assert all(
        any(spelling.marker.startswith(marker) or marker in spelling.marker for marker in MARKERS) for spelling in SPELLINGS
    )
