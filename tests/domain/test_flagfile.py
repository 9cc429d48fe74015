"""The file of flags: what is wrong with it is named, and a change leaves the rest as it was."""

from typing import Any

import pytest

from statuspage.domain.errors import WrongInputError
from statuspage.domain.flagfile import changed_by, percent_of, problems_of

SHARED = {"fractional": [["on", 25], ["off", 75]]}


def flag(**more: object) -> dict[str, Any]:
    return {"state": "ENABLED", "variants": {"on": True, "off": False}, "defaultVariant": "off", **more}


def document(**flags: object) -> dict[str, Any]:
    return {"$schema": "x", "flags": flags, "metadata": {"flagSetId": "shop"}, "own": [1]}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ([], "JSON object"),
        ({"flags": []}, "`flags`"),
        ({"flags": {}, "metadata": []}, "`metadata`"),
        ({"flags": {}, "metadata": {"bucketing": "v3"}}, "generation 'v2'"),
        (document(a=1), "flag 'a': it must be an object"),
        (document(a=flag(state="on")), "flag 'a': `state` must be ENABLED or DISABLED"),
        (document(a=flag(variants={})), "flag 'a': `variants`"),
        (document(a=flag(variants={"on": True, "off": "no"})), "all be of one kind"),
        (document(a=flag(variants={"on": None})), "all be of one kind"),
        (document(a=flag(defaultVariant="maybe")), "'maybe', which is none of on, off"),
        (document(a=flag(defaultVariant=[])), "`defaultVariant`"),
        (document(a=flag(targeting=[])), "`targeting`"),
        (document(a=flag(metadata={"deep": {}})), "metadata 'deep'"),
    ],
)
def test_what_is_wrong_is_named(wrong: object, named: str) -> None:
    assert any(named in problem for problem in problems_of(wrong)), list(problems_of(wrong))


@pytest.mark.parametrize(
    "right",
    [
        {"flags": {}},
        document(a=flag(), b=flag(defaultVariant=None), c=flag(targeting=SHARED, metadata={"owner": "ada", "n": 1})),
        document(n=flag(variants={"few": 1, "many": 2.5}, defaultVariant="few")),
        document(o=flag(variants={"a": {}, "b": [1]}, defaultVariant="a")),
        document(t=flag(variants={"true": True, "false": False}, defaultVariant=True)),
    ],
)
def test_what_is_right_is_taken(right: object) -> None:
    assert list(problems_of(right)) == []


def test_a_new_flag_is_added_to_a_new_file() -> None:
    assert changed_by(None, "a", None, 25)["flags"] == {"a": flag(targeting=SHARED)}
    assert changed_by(None, "a", "on", None)["flags"]["a"]["defaultVariant"] == "on"
    off = changed_by(None, "a", "off", None)
    assert off["flags"]["a"]["state"] == "DISABLED"
    assert list(problems_of(off)) == []


def test_a_change_keeps_the_rest_of_the_file_and_of_the_flag() -> None:
    listed = {"if": [{"in": [{"var": "targetingKey"}, ["ada"]]}, "on", {"fractional": [{"var": "email"}, ["on", 1], ["off", 1]]}]}
    before = document(a=flag(targeting=listed, note="mine"), b=flag())
    after = changed_by(before, "a", "off", 40)
    assert {**after, "flags": None} == {**before, "flags": None}
    assert after["flags"]["b"] == before["flags"]["b"]
    changed = after["flags"]["a"]
    assert (changed["state"], changed["note"], percent_of(changed)) == ("DISABLED", "mine", 40)
    assert changed["targeting"]["if"][2]["fractional"] == [{"var": "email"}, ["on", 40], ["off", 60]]
    assert percent_of(before["flags"]["a"]) == 50


@pytest.mark.parametrize(
    "unfit",
    [
        flag(variants={"a": "x", "b": "y"}, defaultVariant="a"),
        flag(targeting={"if": [{"var": "vip"}, "on", "off"]}),
    ],
)
def test_a_percentage_needs_a_place(unfit: dict[str, Any]) -> None:
    assert percent_of(unfit) is None
    with pytest.raises(WrongInputError, match=r"needs a flag|by hand"):
        changed_by(document(a=unfit), "a", None, 10)
