"""Which deployments remain for LiteLLM's Router; the Router itself is in tests/first_light."""

import subprocess
import sys

from statuspage.client.litellm import best, key_of, keys_of

GREEN, YELLOW, UNKNOWN, RED = 0, 1, 2, 4


def deployment(name: str, key: str | None = None, order: int | None = None) -> dict[str, object]:
    info = {"id": name} if key is None else {"id": name, "statuspage": key}
    return {"model_name": "kimi", "litellm_params": {"model": "openai/kimi", "order": order}, "model_info": info}


A, B, C = deployment("a", "m/a"), deployment("b", "m/b"), deployment("c", "m/c")
UNNAMED = deployment("u")


def rank(**ranks: int) -> object:
    return lambda key: ranks[key.partition("/")[2]]


def names(found: list[object]) -> list[str]:
    return [each["model_info"]["id"] for each in found]  # type: ignore[index]


def left(deployments: list[dict[str, object]], tried: tuple[str, ...] = (), order: int | None = None, **ranks: int) -> list[str]:
    return names(best(deployments, rank(**ranks), tried, order))  # type: ignore[arg-type]


def test_what_works_remains_and_what_is_known_to_be_worse_goes() -> None:
    assert left([A, B, C], a=RED, b=GREEN, c=GREEN) == ["b", "c"]
    assert left([A, B, C], a=RED, b=YELLOW, c=UNKNOWN) == ["b"]


def test_the_router_is_never_left_with_nothing() -> None:
    assert left([A, B], a=RED, b=RED) == ["a", "b"]
    assert left([], a=RED) == []


def test_of_what_is_not_on_the_page_nothing_is_said() -> None:
    assert left([A, B, UNNAMED], a=RED, b=GREEN) == ["b", "u"]
    assert left([UNNAMED]) == ["u"]


def test_a_retry_may_take_the_next_best_once_the_best_was_tried() -> None:
    assert left([A, B], tried=("b",), a=RED, b=GREEN) == ["a"]
    assert left([A, B], tried=("a", "b"), a=RED, b=GREEN) == ["b"]


def test_an_order_that_the_router_insists_on_is_kept() -> None:
    first, second = deployment("first", "m/a", 1), deployment("second", "m/b", 2)
    assert left([first, second], order=2, a=GREEN, b=RED) == ["second"]


def test_keys_are_those_that_the_list_names() -> None:
    assert keys_of([A, UNNAMED, B, A]) == ("m/a", "m/b")
    assert key_of({"model_info": {"statuspage": 7}}) is None
    assert key_of({}) is None


def test_litellm_is_not_needed_to_import_it() -> None:
    code = "import sys; import statuspage.client.litellm; sys.exit('litellm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
