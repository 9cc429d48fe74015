"""The roster: every watched model for operators, private ones too."""

from statuspage.domain.clock import Clock
from statuspage.domain.view import ModelView
from statuspage.service.board import Board
from statuspage.service.entry import Entry
from statuspage.service.shelf import Shelf


class Roster:
    """What readers are shown already is taken from the shelf; only what is never shown to them is worked out here."""

    def __init__(self, board: Board, shelf: Shelf, clock: Clock) -> None:
        self._board = board
        self._shelf = shelf
        self._clock = clock

    def entries(self) -> tuple[Entry, ...]:
        """Every model, in the order of the configuration, discovered ones behind them."""
        return self._board.entries()

    def views(self) -> tuple[ModelView, ...]:
        """The entries, in their order: public ones as shown, private ones as of now."""
        shown = {view.key: view for view in self._shelf.all_models()}
        return tuple(shown.get(entry.key) or self.view(entry) for entry in self.entries())

    def view(self, entry: Entry) -> ModelView:
        """One model as of now."""
        return self._board.model(entry.key, self._clock.now_ms())
