"""How every model and every account is watched, for operators."""

from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from statuspage.config.fleet import Config, Provider
from statuspage.domain.balance import spell
from statuspage.domain.view import ModelView
from statuspage.domain.watched import AccountView, KeyView, WatchedView
from statuspage.service.accounts import Accounts
from statuspage.service.budget import Budget
from statuspage.service.entry import Entry
from statuspage.service.keyslots import KeySlots
from statuspage.service.roster import Roster
from statuspage.service.seats import Seats


class Watchroom:
    """Plain reads over the parts that watch."""

    def __init__(  # noqa: PLR0913 - the parts it reads, by name
        self,
        *,
        config: Config,
        roster: Roster,
        accounts: Accounts,
        slots: KeySlots,
        seats: Seats,
        budget: Budget,
        next_ms: Callable[[str], int | None],
        under_way: Callable[[], Collection[str]],
    ) -> None:
        self._providers = config.providers
        self._roster = roster
        self._accounts = accounts
        self._slots = slots
        self._seats = seats
        self._budget = budget
        self._next_ms = next_ms
        self._under_way = under_way

    def models(self) -> tuple[WatchedView, ...]:
        """Every model, in the order of the configuration."""
        return tuple(map(self._watched, self._roster.entries(), self._roster.views()))

    def model(self, slug: str) -> WatchedView | None:
        """The model of that slug, private ones too."""
        found = next((entry for entry in self._roster.entries() if entry.model.slug == slug), None)
        return None if found is None else self._watched(found, self._roster.view(found))

    def accounts(self) -> tuple[AccountView, ...]:
        """Every account, in the order of the configuration."""
        return tuple(map(self._account, self._providers))

    def _watched(self, entry: Entry, view: ModelView) -> WatchedView:
        return WatchedView(
            model=view,
            public=entry.model.public,
            next_ms=self._next_ms(entry.key),
            every=self._budget.every(entry.key),
            checking=entry.key in self._under_way(),
        )

    def _account(self, provider: Provider) -> AccountView:
        pace = self._seats.account(provider.name)
        keys = []
        for slot in self._slots.slots(provider.name):
            purse = self._accounts.purse(provider.name, slot.reference)
            money = None if purse.read_at_ms is None else spell(purse.balance)
            keys.append(KeyView(slot=slot, money=money, days_left=purse.days_left))
        return AccountView(
            name=provider.name,
            vendor=provider.vendor.name,
            host=urlsplit(provider.base_url).hostname or "",
            keys=tuple(keys),
            wrong=(*provider.key_problems, *([] if provider.not_configured is None else [provider.not_configured])),
            hides=tuple(self._accounts.causes(provider.name)),
            rpm=provider.rpm,
            concurrency=provider.concurrency,
            asked_lately=pace.asked_lately(),
            in_flight=pace.in_flight,
        )
