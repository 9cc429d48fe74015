"""What a probe may use and at which rate, before it is sent."""

from typing import Final

from statuspage.domain.spending import Most
from statuspage.domain.words import ProbeKind
from statuspage.probes.target import ProbeTarget
from statuspage.probes.toolasking import LARGE_BUDGET
from statuspage.probes.toolcases.registry import CASES

PAID: Final = (ProbeKind.CHAT, ProbeKind.TOOLS)
"""Probes that vendors bill; lists and balances are free."""
_PROMPT_TOKENS: Final = 64
"""The question of a chat probe is some 15 tokens; vendors' own templates add to them."""
_TOOL_PROMPT_TOKENS: Final = 1000
_TOOL_TURNS: Final = 2


def most_of(target: ProbeTarget, kind: ProbeKind) -> Most:
    """The most that one probe is expected to use: what was asked for at most, with every case of a suite thinking it out."""
    if kind is ProbeKind.TOOLS:
        cases = len(target.cases) or len(CASES)
        return Most(input_tokens=cases * _TOOL_TURNS * _TOOL_PROMPT_TOKENS, output_tokens=cases * LARGE_BUDGET)
    expected = 0 if target.expect is None else len(target.expect.encode())
    return Most(input_tokens=_PROMPT_TOKENS + expected, output_tokens=target.max_output_tokens)
