"""Whatever a page answers, reading it ends in a reading."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage.domain.official import Availability, OfficialReading
from statuspage.official.reader import read
from statuspage.official.registry import ENGINES, engine_for
from tests.official import bodies
from tests.official.bodies import Body

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12)
ANY_JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
PAGES: list[Body] = [
    bodies.statuspage(incidents=[bodies.incident()], scheduled_maintenances=[{"name": "Move", "status": "scheduled"}]),
    bodies.shim(),
    bodies.widget("full_outage"),
    bodies.betterstack(report=bodies.report("degraded")),
    bodies.instatus(activeIncidents=[{"name": "A", "impact": "MAJOROUTAGE"}], activeMaintenances=[{"duration": "5"}]),
    bodies.onlineornot(active_incidents=[{"title": "A"}]),
    bodies.flashduty(ongoing_incidents=[{"title": "A"}]),
    bodies.google((None, "SERVICE_OUTAGE", "Gemini")),
]


def _consistent(found: OfficialReading) -> bool:
    details = (found.incidents, found.maintenances, found.components)
    return all((detail.availability is Availability.AVAILABLE) == bool(detail.items) for detail in details) and (
        (found.overall is Availability.AVAILABLE) == (found.severity is not None)
    )


@given(st.binary(max_size=200))
def test_any_bytes(body: bytes) -> None:
    engine_for(body)
    assert all(_consistent(read(engine, body, body)) for engine in ENGINES.values())


@given(ANY_JSON)
@settings(max_examples=60)
def test_any_document(document: Body) -> None:
    body = json.dumps(document).encode()
    assert all(_consistent(read(engine, body, body)) for engine in ENGINES.values())


def _places(value: Body, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, each in inner for place in _places(each, (*path, name)))]


def _with(value: Body, path: tuple[str | int, ...], new: Body) -> Body:
    if not path:
        return new
    if isinstance(value, dict):
        return {name: _with(each, path[1:], new) if name == path[0] else each for name, each in value.items()}
    assert isinstance(value, list)
    return [_with(each, path[1:], new) if index == path[0] else each for index, each in enumerate(value)]


@given(st.data())
@settings(max_examples=150)
def test_any_page_with_one_thing_changed(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(PAGES))
    changed = _with(page, data.draw(st.sampled_from(_places(page))), data.draw(ANY_JSON))
    body = json.dumps(changed).encode()
    assert all(_consistent(read(engine, body)) for engine in ENGINES.values())
