"""How fast answers come once they have begun."""

from collections.abc import Iterable
from statistics import median
from typing import Final

from statuspage.domain.sample import Sample
from statuspage.domain.words import Judgement

ENOUGH: Final = 3
"""Fewer answers say nothing: ours are short."""
_FEWEST_TOKENS: Final = 2
_GOOD: Final = (Judgement.OK, Judgement.SLOW)


def tokens_per_second(samples: Iterable[Sample]) -> float | None:
    """The median of output tokens ÷ (total − first content) over good answers; None where too few can be told.

    Tokens of reasoning come before the first content and are left out, answers of a single token as well.
    """
    rates = [rate for sample in samples if (rate := _rate(sample)) is not None]
    return median(rates) if len(rates) >= ENOUGH else None


def _rate(sample: Sample) -> float | None:
    first_ms, total_ms, output = sample.timings_ms.first_content, sample.timings_ms.total, sample.tokens.output
    if sample.judgement not in _GOOD or sample.tainted or first_ms is None or total_ms is None or output is None:
        return None
    visible = output - (sample.tokens.reasoning or 0)
    if visible < _FEWEST_TOKENS or total_ms <= first_ms:
        return None
    return visible / (total_ms - first_ms) * 1000
