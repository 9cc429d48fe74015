"""The cases of the suite, in order: one line each."""

from typing import Final

from statuspage.probes.toolcases import (
    argument_schema,
    choose,
    forced,
    id_round_trip,
    json_in_text,
    leak_markers,
    nested,
    no_call,
    parallel,
    simple,
    streamed_arguments,
    two_calls,
)
from statuspage.probes.toolcases.case import Case

_IN_ORDER: Final = (
    simple.CASE,
    choose.CASE,
    two_calls.CASE,
    parallel.CASE,
    nested.CASE,
    no_call.CASE,
    forced.CASE,
    json_in_text.CASE,
    leak_markers.CASE,
    argument_schema.CASE,
    id_round_trip.CASE,
    streamed_arguments.CASE,
)
CASES: Final[dict[str, Case]] = {case.name: case for case in _IN_ORDER}
TITLES: Final = {case.name: case.title for case in _IN_ORDER}
ABILITIES: Final = frozenset(case.name for case in _IN_ORDER if case.ability)
