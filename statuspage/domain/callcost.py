"""What a call costs until one succeeds: the figure that makes a cheap vendor that fails comparable with a dear one that works."""

from typing import Final

TYPICAL_INPUT: Final = 1_000
TYPICAL_OUTPUT: Final = 500
"""Tokens of the call that prices are told for."""


def typical_call_usd(input_usd: float, output_usd: float) -> float:
    """US dollars of one typical call; prices are US dollars per million tokens."""
    return (TYPICAL_INPUT * input_usd + TYPICAL_OUTPUT * output_usd) / 1e6


def usd_per_success(call_usd: float, success_low: float | None) -> float | None:
    """The price of a call ÷ the lower bound of success: failed calls are taken to cost as much. None where nothing is proven."""
    return call_usd / success_low if success_low else None
