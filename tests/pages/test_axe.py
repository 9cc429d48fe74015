"""Every page against the rules of axe-core: names, roles, landmarks, contrast."""

import msgspec
import pytest

from tests.pages.conftest import Open
from tests.pages.host import npm_file
from tests.render.site import Site

ADDRESSES = (
    "/",
    "/models/moonshot-kimi-k3",
    "/incidents",
    "/incidents/i-7f3a",
    "/compare",
    "/history",
    "/methodology",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_stands_in_the_way_of_anybody(visit: Open, site: Site, address: str, scheme: str) -> None:
    site.page = msgspec.structs.replace(site.page, site=msgspec.structs.replace(site.page.site, simulation=True))
    page = visit(address, color_scheme=scheme, bypass_csp=True)
    page.evaluate(npm_file("axe-core/axe.min.js"))
    found = page.evaluate("axe.run()")

    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert len(found["passes"]) > 10
