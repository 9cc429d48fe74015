"""What probes ended in, one upon the other."""

import pytest

from statuspage.domain.view import OutcomePoint
from statuspage.render.stack import stack

HOUR = 3_600_000


def points(*classes: dict[str, int]) -> list[OutcomePoint]:
    return [OutcomePoint(at_ms=place * HOUR, judged=12, classes=each) for place, each in enumerate(classes)]


def test_where_everything_went_well_nothing_is_drawn() -> None:
    assert stack(points({}, {}), 0, HOUR, 2) is None
    assert stack([], 0, HOUR, 2) is None


def test_a_class_stands_upon_the_commoner_one_on_a_scale_of_whole_steps() -> None:
    drawn = stack(points({"server_error": 3, "slow": 1}, {"server_error": 1}), 0, HOUR, 2)

    assert drawn is not None
    assert [(layer.style, layer.names, layer.count) for layer in drawn.layers] == [
        ("f0", ("server_error",), 4),
        ("w", ("slow",), 1),
    ]
    assert drawn.y_ticks == (4, 3, 2, 1, 0)
    assert drawn.layers[0].path == "M36 60h408V240h-408zM516 180h408V240h-408z"
    assert drawn.layers[1].path == "M36 0h408V60h-408z"


def test_failures_have_shades_and_the_rarest_share_one() -> None:
    names = ["server_error", "bad_gateway", "gateway_timeout", "stream_reset", "empty_body", "new_class"]
    drawn = stack(points({name: 10 - place for place, name in enumerate(names)}), 0, HOUR, 1)

    assert drawn is not None
    assert [(layer.style, len(layer.names)) for layer in drawn.layers] == [("f0", 1), ("f1", 1), ("f2", 1), ("f3", 3)]


@pytest.mark.parametrize(("name", "style"), [("slow", "w"), ("quota_exhausted", "x"), ("moved", "f0")])
def test_what_is_slow_or_left_out_is_told_from_failures(name: str, style: str) -> None:
    drawn = stack(points({name: 1}), 0, HOUR, 1)

    assert drawn is not None
    assert [layer.style for layer in drawn.layers] == [style]


@pytest.mark.parametrize(("most", "top"), [(1, 4), (5, 8), (9, 12), (13, 20), (21, 40), (41, 80), (900, 1200)])
def test_the_scale_divides_into_four_whole_steps(most: int, top: int) -> None:
    drawn = stack(points({"slow": most}), 0, HOUR, 1)

    assert drawn is not None
    assert drawn.y_ticks[0] == top


def test_what_lies_outside_the_window_is_not_drawn() -> None:
    drawn = stack(points({"slow": 1}, {"slow": 1}), HOUR, HOUR, 1)

    assert drawn is not None
    assert drawn.layers[0].path.count("M") == 1
