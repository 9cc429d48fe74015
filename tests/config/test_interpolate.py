import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.config.interpolate import interpolate
from statuspage.config.problem import Complaint

ENVIRON = {"HOST": "api.example.com", "EMPTY": "", "TRICKY": "${HOST} $$ \n- x"}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("plain", "plain"),
        ("https://${HOST}/v1", "https://api.example.com/v1"),
        ("${HOST}${HOST}", "api.example.comapi.example.com"),
        ("${EMPTY}", ""),
        ("${EMPTY:-x}", "x"),
        ("${NONE:-x}", "x"),
        ("${NONE:-}", ""),
        ("${HOST:-x}", "api.example.com"),
        ("${NONE:-${HOST}}", "api.example.com"),
        ("${NONE:-a$$b}", "a$b"),
        ("${HOST:?needed}", "api.example.com"),
        ("$$", "$"),
        ("$${HOST}", "${HOST}"),
        ("$$$${HOST}", "$${HOST}"),
        ("$$${HOST}", "$api.example.com"),
        ("US$5", "US$5"),
        ("$HOST", "$HOST"),
        ("$", "$"),
        ("${TRICKY}", "${HOST} $$ \n- x"),
    ],
)
def test_it_replaces_the_forms_of_the_contract(text: str, expected: str) -> None:
    assert interpolate(text, ENVIRON) == expected


@pytest.mark.parametrize(
    "text, said",
    [
        ("${NONE}", "${NONE} is not set: export NONE, or write a default, ${NONE:-…}"),
        ("${NONE:?the host of\nthe API}", "${NONE} is not set: the host of the API"),
        ("${EMPTY:?say it}", "${EMPTY} is not set: say it"),
        ("${NONE:?}", "${NONE} is not set: it is required"),
        ("${NONE:-${NEITHER}}", "${NEITHER} is not set: export NEITHER, or write a default, ${NEITHER:-…}"),
    ],
)
def test_it_says_which_variable_is_not_set(text: str, said: str) -> None:
    found = interpolate(text, ENVIRON)
    assert isinstance(found, Complaint)
    assert found.message == said


@pytest.mark.parametrize("text", ["${}", "${HOST-x}", "${HOST:+x}", "${1A}", "${ HOST }", "${HOST"])
def test_it_refuses_other_forms(text: str) -> None:
    assert isinstance(interpolate(text, ENVIRON), Complaint)


@given(st.text(alphabet="${}:-?AB \\x", max_size=30), st.dictionaries(st.sampled_from(["A", "B", "AB"]), st.text(max_size=5)))
def test_it_never_raises(text: str, environ: dict[str, str]) -> None:
    assert isinstance(interpolate(text, environ), str | Complaint)


@given(st.text())
def test_doubling_every_dollar_sign_keeps_any_text(text: str) -> None:
    assert interpolate(text.replace("$", "$$"), {}) == text
