"""Each case judges answers by rule: a table of answers and the classes they are told as."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage.domain.classes import CLASSES
from statuspage.domain.toollight import TOOL_CLASSES
from statuspage.probes.dialects.registry import DIALECTS
from statuspage.probes.dialects.toolask import Said
from statuspage.probes.toolcases.case import GoOn, Wrong
from statuspage.probes.toolcases.registry import CASES
from statuspage.probes.toolcases.schema import violation
from statuspage.vendors.wire.calls import ToolCall

_PARIS = '{"city": "Paris"}'
_TOKYO = '{"city": "Tokyo"}'
_MONEY = '{"amount": 250, "source": "EUR", "target": "JPY"}'
_EVENT = (
    '{"title": "standup", "priority": "high", "place": {"kind": "online", "name": "main"}, "start": {"hour": 9, "day": "Tue"}}'
)


def _call(
    name: str = "get_weather", arguments: str = _PARIS, call_id: str | None = "call_1", *, shared: bool = False
) -> ToolCall:
    return ToolCall(id=call_id, name=name, arguments=arguments, shared_place=shared)


def _said(*calls: ToolCall, content: str = "", finish: str | None = None, reasoning: str = "") -> Said:
    return Said(content=content, reasoning=reasoning, calls=calls, finish_reason=finish or ("tool_calls" if calls else "stop"))


def _class_of(case: str, *answers: Said) -> str:
    found = CASES[case].check(answers, CASES[case].turn)
    return found.class_name if isinstance(found, Wrong) else "goes on" if isinstance(found, GoOn) else "ok"


_TWO = (_call(), _call(arguments=_TOKYO, call_id="call_2"))
TABLE = [
    ("simple", [_said(_call())], "ok"),
    ("simple", [_said(_call(), content="I look it up.")], "ok"),
    ("simple", [Said(calls=(_call(),))], "ok"),
    ("simple", [_said(content="It is sunny.")], "missing_call"),
    ("simple", [_said()], "missing_call"),
    ("simple", [_said(finish="tool_calls")], "finish_mismatch"),
    ("simple", [_said(_call(), finish="stop")], "finish_mismatch"),
    ("simple", [_said(content='{"name": "get_weather", "arguments": {"city": "Paris"}}')], "tool_call_in_text"),
    ("simple", [_said(content='{"name": "get_rich", "arguments": {"city": "Paris"}}')], "missing_call"),
    ("simple", [_said(content="<|tool_call_begin|>functions.get_weather:0<|tool_call_argument_begin|>{}")], "tool_call_leaked"),
    ("simple", [_said(_call(), reasoning="<tool_call>")], "tool_call_leaked"),
    ("simple", [_said(_call(name="launch_rocket"))], "unknown_tool"),
    ("simple", [_said(_call(arguments='{"city": "Par'))], "arguments_not_json"),
    ("simple", [_said(_call(arguments="{'city': 'Paris'}"))], "arguments_not_json"),
    ("simple", [_said(_call(arguments='"Paris"'))], "arguments_violate_schema"),
    ("simple", [_said(_call(arguments='{"town": "Paris"}'))], "arguments_violate_schema"),
    ("simple", [_said(_call(arguments='{"city": "Paris", "unit": "C"}'))], "arguments_violate_schema"),
    ("simple", [_said(_call(call_id=""))], "tool_id_broken"),
    ("simple", [_said(_call(call_id=None))], "tool_id_broken"),
    ("simple", [_said(_call(), _call(call_id="call_2"))], "calls_collapsed"),
    ("choose", [_said(_call("convert_currency", _MONEY))], "ok"),
    ("choose", [_said(_call())], "missing_call"),
    ("choose", [_said(_call("convert_currency", _MONEY.replace("JPY", "XXX")))], "arguments_violate_schema"),
    ("two_calls", [_said(_call(), _call("get_time", _TOKYO, "call_2"))], "ok"),
    ("two_calls", [_said(_call())], "goes on"),
    ("two_calls", [_said(_call()), _said(_call("get_time", _TOKYO, "call_2"))], "ok"),
    ("two_calls", [_said(_call()), _said(content="It is 17 degrees.")], "calls_collapsed"),
    ("two_calls", [_said(_call()), _said(_call())], "calls_collapsed"),
    ("parallel", [_said(*_TWO)], "ok"),
    ("parallel", [_said(_call())], "calls_collapsed"),
    ("parallel", [_said(_call(), _call(arguments=_TOKYO))], "calls_collapsed"),
    ("parallel", [_said(_call(), _call(call_id="call_2"))], "calls_collapsed"),
    ("parallel", [_said(_TWO[0], msgspec.structs.replace(_TWO[1], shared_place=True))], "calls_collapsed"),
    ("nested", [_said(_call("create_event", _EVENT))], "ok"),
    ("nested", [_said(_call("create_event", _EVENT.replace("9", "29")))], "arguments_violate_schema"),
    ("nested", [_said(_call("create_event", _EVENT.replace('"online"', '"roof"')))], "arguments_violate_schema"),
    ("no_call", [_said(content="hello")], "ok"),
    ("no_call", [_said(_call())], "unexpected_call"),
    ("no_call", [_said(finish="tool_calls")], "finish_mismatch"),
    ("no_call", [_said()], "empty_completion"),
    ("no_call", [_said(finish="length", reasoning="hm")], "reasoning_only"),
    ("forced", [_said(_call())], "ok"),
    ("forced", [_said(_call(), finish="stop")], "ok"),
    ("forced", [_said(_call("get_time", _PARIS))], "missing_call"),
    ("forced", [_said(content="Have a good trip.")], "missing_call"),
    ("json_in_text", [_said(content='{"name": "get_weather", "arguments": {"city": "Paris"}}')], "ok"),
    ("json_in_text", [_said(content="It is sunny.")], "missing_call"),
    ("leak_markers", [_said(_call(arguments='{"city": "Oslo"}'), content="get_weather fits.")], "ok"),
    ("leak_markers", [_said(_call(), content="I call: [TOOL_CALLS]")], "tool_call_leaked"),
    ("id_round_trip", [_said(_call())], "goes on"),
    ("id_round_trip", [_said(_call()), _said(content="17 degrees.")], "ok"),
    ("id_round_trip", [_said(_call()), _said(_call())], "tool_id_broken"),
    ("id_round_trip", [_said(_call()), _said()], "tool_id_broken"),
]


@pytest.mark.parametrize(("case", "answers", "class_name"), TABLE)
def test_it_tells_answers_apart(case: str, answers: list[Said], class_name: str) -> None:
    assert _class_of(case, *answers) == class_name


def test_every_class_of_tools_is_told_by_some_case() -> None:
    told = {class_name for _, _, class_name in TABLE}
    assert told >= TOOL_CLASSES
    assert set(CLASSES) >= TOOL_CLASSES


def test_a_made_up_name_never_reaches_a_sentence_as_it_came() -> None:
    found = CASES["simple"].check([_said(_call(name="<script>" + "x" * 500))], CASES["simple"].turn)
    assert isinstance(found, Wrong)
    assert "<" not in found.detail
    assert len(found.detail) < 120


def test_a_made_up_finish_reason_is_made_plain() -> None:
    found = CASES["simple"].check([_said(_call(), finish="<b>\x1b[31m" + "x" * 500)], CASES["simple"].turn)
    assert found == Wrong("finish_mismatch", "it called a tool and ended with ?b???31m" + "x" * 52)


def test_a_violation_names_the_place_and_never_the_value() -> None:
    schema = CASES["nested"].turn.tools[0].schema
    arguments = msgspec.json.decode(_EVENT.replace('"online"', '"sk-secret"'))
    assert violation(schema, arguments) == "not one of the allowed values at place.kind"
    assert violation(schema, []) == "wrong type"
    assert violation(schema, msgspec.json.decode(_EVENT)) is None


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(["", "get_weather", '{"city": "Paris"}', "stop", "tool_calls"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "index", "function", "name", "arguments", "type", "input", "text"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(calls=_JSON, content=_JSON, finish=_JSON, kind=st.sampled_from(["tool_use", "text", "thinking"]))
def test_no_answer_breaks_a_case(calls: object, content: object, finish: object, kind: str) -> None:
    message = {"content": content, "tool_calls": [calls], "reasoning_content": content}
    bodies = {
        "openai": {"choices": [{"message": message, "finish_reason": finish}]},
        "anthropic": {"content": [{"type": kind, **(calls if isinstance(calls, dict) else {})}], "stop_reason": finish},
    }
    for name, body in bodies.items():
        reader = DIALECTS[name].reader()
        reader.whole(msgspec.json.encode(body))
        answer = reader.answer()
        said = Said(content=answer.content, reasoning=answer.reasoning, calls=answer.calls, finish_reason=answer.finish_reason)
        for case in CASES.values():
            verdict = case.check([said], case.turn)
            assert verdict is None or isinstance(verdict, GoOn) or verdict.class_name in CLASSES
