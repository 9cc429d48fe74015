"""One model while the process runs."""

from collections import deque
from typing import Final

import msgspec

from statuspage.config.fleet import Model, Provider
from statuspage.domain.classes import CLASSES
from statuspage.domain.incident import Incident
from statuspage.domain.ledger import Line
from statuspage.domain.opinion import Opinion
from statuspage.domain.passive import Hours
from statuspage.domain.pins import Detour, Pin, maintained_at, pin_at
from statuspage.domain.policy import DEFAULT_POLICY, Policy
from statuspage.domain.ports import KnownModel
from statuspage.domain.reading import Reading, pin_stale_at_ms, reading, stale_at_ms
from statuspage.domain.rollup import Bucket
from statuspage.domain.rootcause import Place
from statuspage.domain.sample import Sample
from statuspage.domain.state import ModelState
from statuspage.domain.view import LifecycleView, ToolsView
from statuspage.domain.words import Fault, Judgement, ProbeKind, Status
from statuspage.service.history import History
from statuspage.vendors.house import house_of

EVIDENCE: Final = 20
"""Newest samples that a model's page shows."""


class Entry:
    """A model's configuration, its state, its running hour and day, and what came before.

    Only the check flow changes it, and only after storage has the change.
    """

    def __init__(
        self,
        model: Model,
        provider: Provider,
        spoken_name: str,
        known: KnownModel,
        now_ms: int,
        policy: Policy = DEFAULT_POLICY,
    ) -> None:
        self.key: Final = model.key
        self.slug: Final = model.slug
        self.model: Final = model
        self.provider: Final = provider
        self.spoken_name: Final = spoken_name
        self.policy: Final = msgspec.structs.replace(
            policy,
            interval_s=model.interval_s,
            max_stale_s=model.max_stale_s,
            confirm_probes=model.confirm_probes,
            confirm_spacing_s=model.confirm_spacing_s,
            confirm_longest_s=max(60.0, model.confirm_spacing_s),
        )
        self.house: Final = house_of(provider.vendor, provider.base_url)
        """Whoever runs the surface that is asked."""
        surface = f"{provider.vendor.name} {provider.base_url}"
        self.place: Final = Place(surface=surface if model.public else f"{surface} (private)", title=provider.title)
        """Where it is served: outages of one place may have one cause."""
        self.verdict_probe: Final = _verdict_probe(model)
        """The probe whose samples decide the status; `tools` never does, it has its own light."""
        self.first_seen_ms = known.first_seen_ms
        self.cadences = known.cadences
        self.state = known.state or ModelState()
        self.hour: Bucket | None = known.hour
        self.day: Bucket | None = known.day
        self.history = History()
        self.evidence: deque[Sample] = deque(maxlen=EVIDENCE)
        self.incident: Incident | None = None
        self.pins: tuple[Pin, ...] = ()
        """What readers are told instead of what is measured, and when; those that win first."""
        self.detour: Detour | None = None
        """What an operator names to use instead of it."""
        self.spent_until_ms = self.state.seen_at_ms or now_ms
        """Up to when the days know which status the model was in."""
        self.changed_at_ms = now_ms
        """When anything public last changed; every window of its figures ends here."""
        self.official: Opinion | None = None
        """What its vendor's own status page says of it; None where none is configured."""
        self.tools: ToolsView | None = None
        """The light of tool calling, where it is tested."""
        self.month: Line | None = None
        """What its probes cost this month, by the ledger."""
        self.told: Hours = {}
        """What programs told of their own calls to it."""
        self.lifecycle: LifecycleView | None = None
        """What its vendor's list says of it, once that was read."""

    def reading(self, now_ms: int) -> Reading:
        """What may be said of it now."""
        return reading(self.state, now_ms, self.model.max_stale_s, pin_at(self.pins, now_ms))

    def stale_at_ms(self, pin: Pin | None) -> int | None:
        """When what is said of it under that pin stops saying anything, None where it cannot go stale."""
        if pin is None or (pin.maintenance is not None and self.state.status is Status.RETIRED):
            return stale_at_ms(self.state, self.model.max_stale_s)
        return pin_stale_at_ms(self.state, self.model.max_stale_s)

    def kept(self, sample: Sample) -> Sample:
        """The sample as history keeps it: what is judged during an announced maintenance is left out of every figure."""
        pin = maintained_at(self.pins, sample.at_ms) if self.pins else None
        if pin is None or sample.judgement is Judgement.EXCLUDED:
            return sample
        message = f"Measured during a maintenance ({pin.text}): {self.model.name} {CLASSES[sample.class_name].says}."
        return msgspec.structs.replace(sample, class_name="maintenance", fault=Fault.PROVIDER, message=message, retry=None)

    @property
    def retired_at_ms(self) -> int | None:
        """When the model was retired, None while it is not."""
        return self.state.since_ms if self.state.status is Status.RETIRED else None

    @property
    def figures_end_ms(self) -> int:
        """Where the windows of its uptime end: the last change, and for a retired model its retirement."""
        retired_at_ms = self.retired_at_ms
        return self.changed_at_ms if retired_at_ms is None else min(self.changed_at_ms, retired_at_ms)

    @property
    def once_worked(self) -> bool:
        """Whether any scheduled probe of the kept history succeeded."""
        buckets = (*self.history.days, self.day, self.hour)
        return any(bucket is not None and bucket.judged > bucket.failed for bucket in buckets)


def _verdict_probe(model: Model) -> ProbeKind:
    if ProbeKind.CHAT in model.probes:
        return ProbeKind.CHAT
    return ProbeKind.CATALOG if ProbeKind.CATALOG in model.probes else ProbeKind.CHAT
