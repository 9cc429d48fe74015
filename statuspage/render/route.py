"""The selector's answer as JSON (contract §9)."""

from collections.abc import Mapping
from typing import Final

from statuspage.domain.candidate import EVIDENCE_WINDOW, Candidate
from statuspage.domain.selection import Selection
from statuspage.render.documents import Json, dump, time_or_null

NOTHING: Final = "No public model is suitable at the moment; `rejected` says why of each."


def route_document(selection: Selection, flags: Mapping[str, Json], *, explain: bool = False) -> bytes:
    """`{choice, fallbacks, rejected, evidence_window, flags, valid_until}`, with `explain` also the figures of each."""
    first, *others = selection.ranked
    return dump(
        {
            "choice": {"model": first.key, "why": selection.why},
            "fallbacks": [each.key for each in others],
            "rejected": rejected_object(selection),
            "evidence_window": EVIDENCE_WINDOW,
            "flags": flags,
            "valid_until": time_or_null(selection.valid_until_ms),
            **({"candidates": [_figures(each) for each in selection.ranked]} if explain else {}),
        }
    )


def nothing_document(selection: Selection) -> bytes:
    """What stands for the answer where nothing is suitable: the members of the problem that the API answers."""
    return dump({"status": 503, "detail": NOTHING, "rejected": rejected_object(selection)})


def rejected_object(selection: Selection) -> list[Json]:
    """`[{model, why}]`, in the order they were asked about."""
    return [{"model": each.model, "why": each.why} for each in selection.rejected]


def _figures(candidate: Candidate) -> dict[str, Json]:
    tools = candidate.tools
    return {
        "model": candidate.key,
        "status": candidate.status.value,
        "success_low": candidate.success.low,
        "samples": candidate.success.samples,
        "tools": None if tools is None else {"state": tools.state, "low": tools.low, "samples": tools.samples},
        "usd_per_call": candidate.call_usd,
        "usd_per_successful_call": candidate.success_usd,
        "first_content_p50": candidate.first_ms,
        "good_until": time_or_null(candidate.good_until_ms),
    }
