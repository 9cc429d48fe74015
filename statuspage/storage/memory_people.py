"""What people write, without a database: for simulations and tests."""

import msgspec

from statuspage.domain.errors import EditedMeanwhileError
from statuspage.domain.incident import Incident, joined
from statuspage.domain.override import Override
from statuspage.domain.plan import Plan


class MemoryPeople:
    """Incidents, plans of maintenance and overrides in memory, with the steering counter."""

    def __init__(self) -> None:
        self.incidents: dict[str, Incident] = {}
        self.plans: dict[str, Plan] = {}
        self.overrides: dict[str, Override] = {}
        self.steered = 0

    def since(self, since_ms: int) -> tuple[Incident, ...]:
        """Open incidents and those resolved at or after a time, newest first."""
        shown = [each for each in self.incidents.values() if each.resolved_at_ms is None or each.resolved_at_ms >= since_ms]
        return tuple(sorted(shown, key=lambda incident: (incident.started_at_ms, incident.id), reverse=True))

    def write(self, incident: Incident) -> None:
        """Stores an incident beside what others wrote of it."""
        kept = self.incidents.get(incident.id)
        self.incidents[incident.id] = incident if kept is None else joined(kept, incident)

    def keep_incident(self, incident: Incident, after: int | None) -> None:
        """Stores an incident that follows version `after`, None for a new one. Raises `EditedMeanwhileError`."""
        kept = self.incidents.get(incident.id)
        _compare(incident.id, None if kept is None else kept.version, after)
        self.write(incident)
        self.steered += 1

    def keep_plan(self, plan: Plan, after: int | None) -> None:
        """Stores a plan that follows version `after`, None for a new one. Raises `EditedMeanwhileError`."""
        kept = self.plans.get(plan.id)
        _compare(plan.id, None if kept is None else kept.version, after)
        self.plans[plan.id] = plan
        self.steered += 1

    def keep_override(self, override: Override) -> None:
        """Replaces the override of a model."""
        self.overrides[override.key] = override
        self.steered += 1

    def drop_override(self, key: str) -> None:
        """Takes the override of a model away."""
        self.overrides.pop(key, None)
        self.steered += 1

    def rename(self, old: str, key: str) -> None:
        """Gives a model's incidents and its override its new key."""
        for incident in self.incidents.values():
            renamed = tuple(key if name == old else name for name in incident.models)
            affected = tuple(msgspec.structs.replace(each, key=key) if each.key == old else each for each in incident.affected)
            self.incidents[incident.id] = msgspec.structs.replace(incident, models=renamed, affected=affected)
        if old in self.overrides:
            self.overrides[key] = msgspec.structs.replace(self.overrides.pop(old), key=key)


def _compare(thing: str, found: int | None, after: int | None) -> None:
    if found != after:
        msg = f"{thing} was changed by somebody else meanwhile; look at it again before you change it."
        raise EditedMeanwhileError(msg)
