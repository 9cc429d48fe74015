"""Who told of an outage first, as events that outlive the process."""

from collections.abc import Iterable
from typing import Final

from statuspage.domain.event import Event
from statuspage.domain.leads import Lead

LEAD: Final = "official_lead"
"""Kind of the events that keep it."""


def told_first(key: str, name: str, lead: Lead, now_ms: int) -> Event:
    """The event of one outage of a model that is over."""
    return Event(
        at_ms=now_ms,
        kind=LEAD,
        subject=key,
        sentence=_sentence(name, lead),
        facts={
            "started_ms": str(lead.at_ms),
            "ours": str(lead.ours).lower(),
            "theirs": str(lead.theirs).lower(),
            "minutes": "" if lead.minutes is None else str(lead.minutes),
        },
    )


def _sentence(name: str, lead: Lead) -> str:
    if lead.minutes is None:
        return f"An outage of {name} {'never stood on' if lead.ours else 'stood only on'} the vendor's page."
    if lead.minutes == 0:
        return f"The vendor's page and we told of an outage of {name} in the same minute."
    first = "We" if lead.minutes > 0 else "The vendor's page"
    unit = "minute" if abs(lead.minutes) == 1 else "minutes"
    return f"{first} told of an outage of {name} {abs(lead.minutes)} {unit} earlier."


def leads_of(events: Iterable[Event]) -> dict[str, list[Lead]]:
    """What events keep, by model, in their order; events of other kinds are passed over."""
    found: dict[str, list[Lead]] = {}
    for event in events:
        lead = _lead(event) if event.kind == LEAD else None
        if lead is not None:
            found.setdefault(event.subject, []).append(lead)
    return found


def _lead(event: Event) -> Lead | None:
    facts = event.facts
    try:
        minutes = int(facts["minutes"]) if facts["minutes"] else None
        return Lead(
            at_ms=int(facts["started_ms"]), ours=facts["ours"] == "true", theirs=facts["theirs"] == "true", minutes=minutes
        )
    except (KeyError, ValueError):
        return None
