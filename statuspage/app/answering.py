"""What answers HTTP, over a product: every part that handlers ask for by name."""

from statuspage.app.product import Product
from statuspage.service.backroom import Backroom
from statuspage.service.costs import caps_of
from statuspage.service.flagcast import PATH as FLAG_EVENTS
from statuspage.service.purser import Purser
from statuspage.service.questions import Questions
from statuspage.service.roster import Roster
from statuspage.service.shelf import Shelf
from statuspage.service.watchroom import Watchroom
from statuspage.web import events
from statuspage.web.admin.hall import Hall
from statuspage.web.admin.oidc import OtherParty
from statuspage.web.app import web_application
from statuspage.web.fast import Application
from statuspage.web.gate import OpenGate
from statuspage.web.metrics import Instruments
from statuspage.web.private import ClosedDoor


class Answers:
    """A product as a front has it."""

    def __init__(self, product: Product) -> None:
        self._product = product

    @property
    def ready(self) -> Shelf | None:
        """What may be handed out to everybody unasked: nothing on a private site."""
        return None if self._product.private else self._product.shelf

    def application(self) -> Application:
        """What answers HTTP."""
        return application(self._product)

    def close_streams(self) -> None:
        """Ends the answers that would go on for ever."""
        self._product.streams.close()
        self._product.flagging.streams.close()


def application(product: Product) -> Application:
    """The whole ASGI application; on a private site behind a closed door."""
    site, renderer, flagging = product.board.site, product.renderer, product.flagging
    gate, questions = OpenGate(product.access), Questions(product.shelf, product.store, product.clock)
    roster = Roster(product.board, product.shelf, product.clock)
    door = web_application(
        shelf=product.shelf,
        parts={
            "questions": questions,
            "routing": flagging.routing,
            "flags": flagging.flags,
            "flag_desk": flagging.desk,
            "hearsay": product.hearsay,
            "pages": renderer,
            "almanac": product.almanac,
            "health": product.health,
            "subscriptions": product.subscriptions,
            "desks": product.desks,
            "gate": gate,
            "hall": Hall(gate, renderer, questions),
            "backroom": _backroom(product),
            "roster": roster,
            "watchroom": _watchroom(product, roster),
            "purser": Purser(product.budget, product.store, caps_of(product.config), product.clock),
            "by_hand": product.by_hand,
            "access": product.access,
            "other": OtherParty(product.sign_in),
            "instruments": Instruments(
                tally=product.tally,
                waiting=lambda: product.dispatcher.backlog,
                shares=flagging.flags.shares,
                reloaded=lambda: product.reloaded,
            ),
        },
        live={events.PATH: product.streams, FLAG_EVENTS: flagging.streams},
        error_page=lambda status, detail: renderer.refused(site, status, detail),
    )
    return ClosedDoor(door, product.access) if product.private else door


def _backroom(product: Product) -> Backroom:
    return Backroom(
        board=product.board,
        store=product.store,
        clock=product.clock,
        health=product.health,
        channels=product.config.notify,
        lines=product.lines,
        dispatcher=product.dispatcher,
        subscriptions=product.subscriptions,
    )


def _watchroom(product: Product, roster: Roster) -> Watchroom:
    return Watchroom(
        config=product.config,
        roster=roster,
        accounts=product.accounts,
        slots=product.asking.slots,
        seats=product.seats,
        budget=product.budget,
        next_ms=product.scheduler.next_ms,
        under_way=lambda: product.scheduler.in_flight.keys,
    )
