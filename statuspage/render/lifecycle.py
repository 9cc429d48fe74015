"""What is known of a model's life, as JSON and in the words of its page."""

from typing import Final

import msgspec

from statuspage.domain.clock import rfc3339
from statuspage.domain.view import HappenedView, LifecycleView, ModelView
from statuspage.domain.words import Status
from statuspage.render.documents import Json
from statuspage.render.figures import day
from statuspage.render.language import tr

CAPABILITIES: Final = {
    "tools": "tools",
    "reasoning": "reasoning",
    "vision": "images",
    "video": "video",
    "audio": "audio",
    "files": "files",
    "json": "JSON answers",
    "structured_outputs": "structured answers",
}


class LifeRow(msgspec.Struct, frozen=True):
    """One line of the section: a caption and what is said under it; `at_ms` stands for the text where it is a time."""

    caption: str
    text: str = ""
    at_ms: int | None = None


def life_rows(model: ModelView) -> list[LifeRow]:
    """The lines that something is known for."""
    life = model.lifecycle or LifecycleView()
    rows = []
    if model.first_seen_ms is not None:
        rows.append(LifeRow(tr("First watched"), at_ms=model.first_seen_ms))
    if life.listed is not None:
        rows.append(LifeRow(tr("On the vendor's list"), _listed(model, listed=life.listed)))
    if model.retires_on is not None:
        rows.append(LifeRow(tr("Last day"), day(model.retires_on)))
    if life.successor is not None:
        rows.append(LifeRow(tr("Nearest listed id"), life.successor))
    if life.context_length is not None:
        rows.append(LifeRow(tr("Context"), tr("{count} tokens").format(count=f"{life.context_length:,}")))
    if life.capabilities:
        rows.append(
            LifeRow(tr("Listed abilities"), tr(", ").join(tr(CAPABILITIES.get(word, word)) for word in life.capabilities))
        )
    return rows


def _listed(model: ModelView, *, listed: bool) -> str:
    if listed:
        return tr("yes")
    return tr("no, but it works") if model.status is Status.OPERATIONAL else tr("no")


def lifecycle_object(life: LifecycleView | None) -> dict[str, Json]:
    """`{listed, context_length, capabilities, successor, listed_price}`; null is what is not known."""
    life = life or LifecycleView()
    price = life.price
    return {
        "listed": life.listed,
        "context_length": life.context_length,
        "capabilities": None if life.capabilities is None else list(life.capabilities),
        "successor": life.successor,
        "listed_price": None if price is None else {"input": price.input, "output": price.output},
    }


def event_object(event: HappenedView) -> dict[str, Json]:
    """`{at, kind, sentence, old, new}`."""
    return {
        "at": rfc3339(event.at_ms),
        "kind": event.kind,
        "sentence": event.sentence,
        "old": event.facts.get("old"),
        "new": event.facts.get("new"),
    }
