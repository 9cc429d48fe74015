import copy
import pickle

import msgspec
import pytest

from statuspage.domain.secret import Secret


class _Holder(msgspec.Struct, frozen=True):
    key: Secret


SECRET = Secret("sk-verysecret")


@pytest.mark.parametrize(
    "shown", [repr(SECRET), str(SECRET), f"{SECRET}", f"{SECRET!s:>40}", repr(_Holder(SECRET)), repr([SECRET])]
)
def test_no_text_form_shows_it(shown: str) -> None:
    assert "verysecret" not in shown
    assert "Secret(…)" in shown


def test_it_is_shown_on_request() -> None:
    assert SECRET.reveal() == "sk-verysecret"


def test_it_cannot_be_encoded() -> None:
    with pytest.raises(TypeError):
        msgspec.json.encode(_Holder(SECRET))


def test_it_is_neither_pickled_nor_copied() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(SECRET)
    with pytest.raises(TypeError):
        copy.deepcopy(SECRET)


def test_equal_values_are_equal_secrets() -> None:
    assert Secret("schlüssel") == Secret("schlüssel")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


def test_it_has_no_other_attribute_to_read() -> None:
    assert not hasattr(SECRET, "__dict__")
