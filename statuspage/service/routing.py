"""The selector at work: answers from memory, over what readers are shown and the flags as they are."""

from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from statuspage.domain.candidate import Candidate, candidate_of
from statuspage.domain.selection import Question, Rollout, Selection, select
from statuspage.domain.view import PageView
from statuspage.render.documents import Json
from statuspage.render.encoded import Document, encode
from statuspage.render.headers import REVALIDATE, headers_for
from statuspage.render.route import route_document

_REMEMBERED: Final = 512
"""Answers kept until the evidence changes: questions repeat, users differ in few ways."""
_HEADERS: Final = headers_for(b"application/json", REVALIDATE)


class Steered(msgspec.Struct, frozen=True, kw_only=True):
    """What flags say for one user: their values by flag, and of models that a flag routes to, by key."""

    values: Mapping[str, Json] = {}
    rollouts: Mapping[str, Rollout] = {}


class Routed(msgspec.Struct, frozen=True, kw_only=True):
    """One answer; the document is None where nothing is suitable."""

    selection: Selection
    document: Document | None


def _unsteered(_user: str | None) -> Steered:
    return Steered()


class Routing:
    """Which model to call now, of those that readers are shown."""

    def __init__(self, page: Callable[[], PageView], steered: Callable[[str | None], Steered] = _unsteered) -> None:
        self._page = page
        self._steered = steered
        self._seen: PageView | None = None
        self._candidates: tuple[Candidate, ...] = ()
        self._answers: dict[tuple[object, ...], Routed] = {}

    @property
    def poll_after_seconds(self) -> int:
        """When it is worth asking again after nothing was suitable."""
        return self._page().poll_after_seconds

    def ask(self, question: Question, user: str | None = None, *, explain: bool = False) -> Routed:
        """The answer of now; a user decides nothing but on which side of a percentage somebody is."""
        page = self._page()
        if page is not self._seen:
            self._seen = page
            self._candidates = tuple(candidate_of(model) for model in page.models)
            self._answers.clear()
        steered = self._steered(user)
        place = (question, explain, msgspec.json.encode(steered, order="sorted"))
        found = self._answers.get(place)
        if found is None:
            found = self._answered(question, steered, explain=explain)
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            self._answers[place] = found
        return found

    def _answered(self, question: Question, steered: Steered, *, explain: bool) -> Routed:
        selection = select(question, self._candidates, steered.rollouts)
        if not selection.ranked:
            return Routed(selection=selection, document=None)
        document = encode(route_document(selection, steered.values, explain=explain), _HEADERS)
        return Routed(selection=selection, document=document)
