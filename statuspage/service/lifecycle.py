"""What a listing and the events say of one model, as readers see it."""

from statuspage.domain.catalog import CatalogEntry
from statuspage.domain.clock import rfc3339
from statuspage.domain.lifecycle import Snapshot, find
from statuspage.domain.model import nearest_ids
from statuspage.domain.view import HappenedView, LifecycleView, PriceView
from statuspage.domain.words import Status
from statuspage.service.entry import Entry


def lifecycle_view(entry: Entry, snapshot: Snapshot | None, events: tuple[HappenedView, ...]) -> LifecycleView | None:
    """The view; None where nothing is known at all. The vendor's own last day comes before the shipped one."""
    model_id = entry.model.id
    found = find(snapshot, model_id) or CatalogEntry(id=model_id)
    listed = None if snapshot is None else find(snapshot, model_id) is not None
    last_day = found.expires_on or entry.provider.vendor.ends.get(model_id.lower())
    leaves = listed is False or last_day is not None or entry.state.status is Status.RETIRED
    near = nearest_ids(model_id, (each for each in snapshot.entries if each != model_id), 1) if leaves and snapshot else ()
    view = LifecycleView(
        listed=listed,
        context_length=found.context_length,
        capabilities=found.capabilities,
        retires_on=None if last_day is None else last_day.isoformat(),
        successor=near[0] if near else None,
        price=_price(found, snapshot),
        events=events,
    )
    return None if view == LifecycleView() else view


def _price(found: CatalogEntry, snapshot: Snapshot | None) -> PriceView | None:
    if found.input_usd is None or found.output_usd is None:
        return None
    as_of = None if snapshot is None else rfc3339(snapshot.at_ms)[:10]
    return PriceView(input=float(found.input_usd), output=float(found.output_usd), source="discovered", as_of=as_of)
