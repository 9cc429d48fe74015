"""What handlers ask for, where a test does not say otherwise."""

from collections.abc import Callable

from statuspage import paths
from statuspage.domain.tally import Tally
from statuspage.render.assets import Assets
from statuspage.render.pages import Renderer
from statuspage.web.gate import ClosedGate
from statuspage.web.metrics import Instruments


def parts(**said: object) -> dict[str, object]:
    """The named parts, and plain ones for the rest."""
    usual: dict[str, Callable[[], object]] = {
        "pages": lambda: Renderer(paths.TEMPLATES, Assets(paths.STATIC)),
        "almanac": object,
        "routing": object,
        "subscriptions": object,
        "desks": object,
        "gate": ClosedGate,
        "instruments": lambda: Instruments(tally=Tally(), waiting=dict),
    }
    return {name: make() for name, make in usual.items() if name not in said} | said
