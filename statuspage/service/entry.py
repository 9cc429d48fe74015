"""One model while the process runs."""

from collections import deque
from typing import Final

from statuspage.config.fleet import Model, Provider
from statuspage.domain.incident import Incident
from statuspage.domain.policy import Policy
from statuspage.domain.ports import KnownModel
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.state import ModelState
from statuspage.domain.words import ProbeKind
from statuspage.service.history import History

EVIDENCE: Final = 20
"""Newest samples that a model's page shows."""


class Entry:
    """A model's configuration, its state, its running hour and day, and what came before.

    Only the check flow changes it, and only after storage has the change.
    """

    def __init__(self, model: Model, provider: Provider, spoken_name: str, known: KnownModel, now_ms: int) -> None:
        self.key: Final = model.key
        self.slug: Final = model.slug
        self.model: Final = model
        self.provider: Final = provider
        self.spoken_name: Final = spoken_name
        self.policy: Final = Policy(
            interval_s=model.interval_s,
            max_stale_s=model.max_stale_s,
            confirm_probes=model.confirm_probes,
            confirm_spacing_s=model.confirm_spacing_s,
            confirm_longest_s=max(60.0, model.confirm_spacing_s),
        )
        self.verdict_probe: Final = ProbeKind.CHAT if ProbeKind.CHAT in model.probes else model.probes[0]
        """The probe whose samples decide the status."""
        self.first_seen_ms = known.first_seen_ms
        self.cadences = known.cadences
        self.state = known.state or ModelState()
        self.hour: Bucket | None = known.hour
        self.day: Bucket | None = known.day
        self.history = History()
        self.evidence: deque[Sample] = deque(maxlen=EVIDENCE)
        self.incident: Incident | None = None
        self.spent_until_ms = self.state.seen_at_ms or now_ms
        """Up to when the days know which status the model was in."""
        self.changed_at_ms = now_ms
        """When anything public last changed; every window of its figures ends here."""
