"""What a 404 means, once `/models` of the same account has been asked (contract §3)."""

from datetime import UTC, datetime

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.model import nearest_ids
from statuspage.vendors.errorbody import Shape
from statuspage.vendors.evidence import Classified, Evidence
from statuspage.vendors.listing import Listing
from statuspage.vendors.vendor import Vendor


def settle_missing(first: Classified, evidence: Evidence, listing: Listing, model_id: str, vendor: Vendor) -> Classified:
    """The class of a model that could not be found.

    Not in the list: `model_unknown`, or `model_retired` when it is on the vendor's shipped list of retired ids. In the
    list: `not_entitled`, or `model_retired` when its expiration date has passed. No list either: `wrong_base_url` when
    the chat address is not the vendor's own word, else the first class without confidence.
    """
    if listing.models is None:
        foreign = first.class_name == "wrong_base_url" or evidence.words.shape is not Shape.JSON
        if foreign and listing.status in (200, 404, 405):
            return _as(first, "wrong_base_url", detail="its /models answers no list either")
        if first.class_name == "wrong_base_url" and listing.status in (401, 403):
            return msgspec.structs.replace(first, confident=False, ask=None)
        return _retired_or(first, model_id, vendor, confident=False)
    entry = listing.find(model_id)
    if entry is not None:
        today = datetime.fromtimestamp(evidence.now_ms / 1000, tz=UTC).date()
        if entry.expires_on is not None and entry.expires_on <= today:
            return _as(first, "model_retired", detail=f"its expiration date {entry.expires_on} has passed")
        return _as(first, "not_entitled", detail="the vendor lists it, but not for this account")
    if not listing.models:
        return _retired_or(first, model_id, vendor, confident=False)
    near = nearest_ids(model_id, (model.id for model in listing.models))
    settled = _retired_or(_as(first, "model_unknown"), model_id, vendor, confident=True)
    return msgspec.structs.replace(settled, detail=f"the nearest listed id is {near[0]}" if near else None, near=near)


def _retired_or(otherwise: Classified, model_id: str, vendor: Vendor, *, confident: bool) -> Classified:
    if model_id.lower() in vendor.retired:
        return _as(otherwise, "model_retired")
    return msgspec.structs.replace(otherwise, confident=confident and otherwise.confident, ask=None)


def _as(first: Classified, class_name: str, detail: str | None = None) -> Classified:
    row = CLASSES[class_name]
    return Classified(class_name=class_name, fault=row.fault, retry=row.retry, retry_after_s=first.retry_after_s, detail=detail)
