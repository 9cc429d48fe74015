"""The simulated vendors' own status pages."""

from statuspage.domain.official import KnownPage, Severity
from statuspage.official.registry import engine_for
from statuspage.zoo.zoo import Zoo
from tests.official.servers import looker
from tests.zoo.asking import client
from tests.zoo.conftest import HandClock


async def test_a_vendors_page_is_a_statuspage_on_which_all_is_well(zoo: Zoo, clock: HandClock) -> None:
    zoo.play("moonshot/*", "server_error")
    page = await looker(clock).look(KnownPage(url=f"{zoo.origin}/status/moonshot"))
    assert (page.engine, page.reading.severity) == ("statuspage", Severity.NONE)
    assert [each.name for each in page.reading.components.items] == ["Open API"]


async def test_the_page_itself_is_for_people(zoo: Zoo) -> None:
    async with client() as asking:
        answer = await asking.get(f"{zoo.origin}/status/openrouter")
        nothing = await asking.get(f"{zoo.origin}/status/nobody/api/v2/summary.json")
    assert (answer.status_code, engine_for(answer.content)) == (200, None)
    assert nothing.status_code == 404


async def test_a_vendor_that_is_cut_off_keeps_its_page(zoo: Zoo, clock: HandClock) -> None:
    zoo.cut("moonshot")
    page = await looker(clock).look(KnownPage(url=f"{zoo.origin}/status/moonshot"))
    assert page.reading.severity is Severity.NONE
