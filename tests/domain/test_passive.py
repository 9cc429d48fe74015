"""What programs tell of their calls: what is believed of it."""

import pytest

from statuspage.domain.classes import CLASSES
from statuspage.domain.passive import CLASS_NAMES, OLDEST_MS, Call, Hours, counted, forgotten, programs_view, received, wrong_with
from statuspage.domain.sample import Tokens
from statuspage.domain.words import Fault, Judgement, Kind

NOW_MS = 1_795_000_000_000
GOOD = Call(id="c1", model="moonshot/kimi-k3", age_ms=1500, class_name="ok", http_status=200, first_content_ms=640)


def call(**changed: object) -> Call:
    return Call(**({name: getattr(GOOD, name) for name in Call.__struct_fields__} | changed))


def test_fault_and_judgement_follow_from_our_table_alone() -> None:
    for name in CLASS_NAMES:
        sample = received(call(class_name=name, http_status=None), GOOD.model, "shop", None, NOW_MS, "r").sample
        expected = Fault.MONITOR if name == "unclassified" else CLASSES[name].fault
        assert (sample.fault, sample.kind) == (expected, Kind.PASSIVE)
    account = received(call(class_name="quota_exhausted", http_status=429), GOOD.model, "shop", None, NOW_MS, "r").sample
    assert account.judgement is Judgement.EXCLUDED


@pytest.mark.parametrize(("status", "fault"), [(None, Fault.MONITOR), (418, Fault.MONITOR), (520, Fault.PROVIDER)])
def test_what_nobody_can_place_is_no_vendors_fault_without_a_5xx(status: int | None, fault: Fault) -> None:
    told = received(call(class_name="unclassified", http_status=status), GOOD.model, "shop", None, NOW_MS, "r")
    assert told.sample.fault is fault


def test_what_was_used_stands_in_the_ledger_and_not_in_the_sample() -> None:
    told = received(call(tokens=Tokens(input=420, output=96)), GOOD.model, "shop", 0.0027, NOW_MS, "r")
    assert (told.sample.tokens, told.sample.cost_usd, told.sample.request_id) == (Tokens(), None, None)
    assert (told.line.who, told.line.kind, told.line.probes) == ("shop", Kind.PASSIVE, 1)
    assert (told.line.input_tokens, told.line.output_tokens, told.line.cost_nano_usd) == (420, 96, 2_700_000)
    assert told.sample.at_ms == NOW_MS - 1500


def test_a_cost_that_is_not_known_is_no_nought() -> None:
    paid = received(call(tokens=Tokens(input=1, output=1)), GOOD.model, "shop", None, NOW_MS, "r")
    refused = received(call(class_name="engine_overloaded", http_status=429), GOOD.model, "shop", None, NOW_MS, "r")
    assert (paid.line.unpriced, refused.line.unpriced) == (1, 0)


@pytest.mark.parametrize(
    ("changed", "place", "words"),
    [
        ({"id": ""}, "id", "from 1 to 100 characters"),
        ({"id": "x" * 101}, "id", "from 1 to 100 characters"),
        ({"model": "m" * 301}, "model", "from 1 to 300 characters"),
        ({"age_ms": -1}, "age_ms", "from 0 to"),
        ({"age_ms": OLDEST_MS + 1}, "age_ms", "from 0 to"),
        ({"class_name": "overloaded"}, "class", "did you mean engine_overloaded?"),
        ({"class_name": "auth_outage"}, "class", "no class that a call can meet"),
        ({"class_name": "slow"}, "class", "no class that a call can meet"),
        ({"http_status": 503}, "http_status", "503 does not go with the class ok"),
        ({"http_status": 99}, "http_status", "from 100 to 599"),
        ({"first_content_ms": -0.5}, "first_content_ms", "from 0 to"),
        ({"total_ms": 1e12}, "total_ms", "from 0 to"),
        ({"tokens": Tokens(output=-1)}, "tokens.output", "from 0 to"),
        ({"cost_usd": 1e6}, "cost_usd", "from 0 to"),
    ],
)
def test_what_cannot_be_is_named(changed: dict[str, object], place: str, words: str) -> None:
    wrong = wrong_with(call(**changed))
    assert wrong is not None
    assert wrong[0] == place
    assert words in wrong[1]


def test_what_can_be_is_taken() -> None:
    assert wrong_with(GOOD) is None
    assert wrong_with(call(class_name="error_in_body", http_status=200)) is None
    assert wrong_with(call(class_name="connect_timeout", http_status=None, first_content_ms=None)) is None


def test_only_the_last_day_is_told_of() -> None:
    hours: Hours = {}
    for at_ms, name in ((NOW_MS, "ok"), (NOW_MS, "rate_limited"), (NOW_MS - OLDEST_MS - 1, "server_error")):
        counted(hours, received(call(class_name=name, http_status=None, age_ms=0), GOOD.model, "shop", None, at_ms, "r").sample)
    view = programs_view(hours, NOW_MS)
    assert view is not None
    assert (view.calls, view.judged, view.answered) == (2, 1, 1)
    assert view.classes == (("ok", 1), ("rate_limited", 1))
    assert programs_view(hours, NOW_MS + 2 * OLDEST_MS) is None
    forgotten(hours, NOW_MS - OLDEST_MS)
    assert len(hours) == 1
