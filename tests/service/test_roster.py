"""Every watched model for operators."""

from pathlib import Path

from statuspage.domain.words import Status
from statuspage.service.roster import Roster
from tests.web.backstage import HIDDEN, KEY, OTHER, backstage


async def test_operators_see_what_readers_are_shown_and_what_they_are_not(tmp_path: Path) -> None:
    async with backstage(tmp_path) as product:
        roster = Roster(product.board, product.shelf, product.clock)
        shown = product.shelf.all_models()

        assert [entry.key for entry in roster.entries()] == [KEY, OTHER, HIDDEN]
        assert [view.key for view in roster.views()] == [KEY, OTHER, HIDDEN]
        assert HIDDEN not in {view.key for view in shown}
        assert all(view is shown[place] for place, view in enumerate(roster.views()[:2]))
        assert roster.views()[2].status is Status.NO_DATA
        assert roster.view(roster.entries()[2]) == roster.views()[2]
