"""What happened in the demo's past beyond statuses."""

from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.event import Event
from statuspage.domain.state import ModelState
from statuspage.domain.words import Status
from statuspage.zoo.past import DAY_MS, Past

_DEARER: Final = "moonshot/kimi-k2.6"
_DEARER_SINCE_MS: Final = 33 * DAY_MS


def since_retirement(state: ModelState | None, life: Past) -> ModelState | None:
    """The state, retired since its retirement and not since the replay began."""
    retired_ms = _retired_at_ms(life)
    if state is None or state.status is not Status.RETIRED or retired_ms is None:
        return state
    return msgspec.structs.replace(state, since_ms=retired_ms)


def _retired_at_ms(life: Past) -> int | None:
    return next((trouble.from_ms for trouble in life.troubles if trouble.status is Status.RETIRED), None)


def events_of(lives: Sequence[Past], now_ms: int) -> tuple[Event, ...]:
    """What happened beyond statuses: retirements, and a price that rose."""
    found = []
    for life in lives:
        model, retired_ms = life.model, _retired_at_ms(life)
        if retired_ms is not None:
            sentence = f"{model.name} has been retired by its vendor."
            found.append(Event(at_ms=retired_ms, kind="retired", subject=model.key, sentence=sentence, public=True))
        if model.key == _DEARER:
            price, before = f"${model.species.price_input:g} in, ${model.species.price_output:g} out", "$0.6 in, $3 out"
            found.append(
                Event(
                    at_ms=now_ms - _DEARER_SINCE_MS,
                    kind="price_changed",
                    subject=model.key,
                    sentence=f"{model.name} has another price per million tokens: {price}, before {before}.",
                    public=True,
                    facts={"old": before, "new": price},
                )
            )
    return tuple(sorted(found, key=lambda event: event.at_ms))
