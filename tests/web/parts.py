"""What handlers ask for, where a test does not say otherwise."""

from collections.abc import Callable
from functools import cache

from statuspage import paths
from statuspage.domain.tally import Tally
from statuspage.render.assets import Assets
from statuspage.render.pages import Renderer
from statuspage.service.access import Access
from statuspage.service.almanac import Almanac
from statuspage.service.backroom import Backroom
from statuspage.service.by_hand import ByHand
from statuspage.service.desks import Desks
from statuspage.service.flag_desk import FlagDesk
from statuspage.service.flags import Flags
from statuspage.service.hearsay import Hearsay
from statuspage.service.purser import Purser
from statuspage.service.questions import Questions
from statuspage.service.roster import Roster
from statuspage.service.routing import Routing
from statuspage.service.subscriptions import Subscriptions
from statuspage.service.watchroom import Watchroom
from statuspage.storage.memory import MemoryStore
from statuspage.web.admin.hall import Hall
from statuspage.web.admin.oidc import OtherParty
from statuspage.web.gate import OpenGate
from statuspage.web.metrics import Instruments
from tests.service.world import HandClock


@cache
def renderer() -> Renderer:
    """Reads and compiles every template, which takes longer than most tests."""
    return Renderer(paths.TEMPLATES, Assets(paths.STATIC))


def access() -> Access:
    """Nobody is known yet."""
    return Access(MemoryStore(), HandClock())


def parts(**said: object) -> dict[str, object]:
    """The named parts, and plain ones for the rest."""
    usual: dict[str, Callable[[], object]] = {
        "pages": renderer,
        "almanac": lambda: Almanac.__new__(Almanac),
        "routing": lambda: Routing.__new__(Routing),
        "flags": lambda: Flags.__new__(Flags),
        "flag_desk": lambda: FlagDesk.__new__(FlagDesk),
        "hearsay": lambda: Hearsay.__new__(Hearsay),
        "subscriptions": lambda: Subscriptions.__new__(Subscriptions),
        "desks": lambda: Desks.__new__(Desks),
        "hall": lambda: Hall(OpenGate(access()), Renderer.__new__(Renderer), Questions.__new__(Questions)),
        "backroom": lambda: Backroom.__new__(Backroom),
        "roster": lambda: Roster.__new__(Roster),
        "watchroom": lambda: Watchroom.__new__(Watchroom),
        "purser": lambda: Purser.__new__(Purser),
        "by_hand": lambda: ByHand.__new__(ByHand),
        "gate": lambda: OpenGate(access()),
        "access": access,
        "other": OtherParty,
        "instruments": lambda: Instruments(tally=Tally(), waiting=dict),
    }
    return {name: make() for name, make in usual.items() if name not in said} | said
