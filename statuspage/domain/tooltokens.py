"""The special tokens in which models spell tool calls before their server takes them apart.

Where a server fails to, they leak into content or reasoning. Kimi's are those that MoonshotAI's K2 Vendor Verifier looks for; the
others are the public chat templates' own.
"""

import re
from typing import Final

import msgspec

MARKERS: Final = (
    "<|tool_calls_section_begin|>",
    "<|tool_call_begin|>",
    "<|tool_call_argument_begin|>",
    "<|tool_call_end|>",
    "<|tool_calls_section_end|>",
    "<tool_call>",
    "</tool_call>",
    "<|tool_call|>",
    "<|tool_call>",
    "<|python_tag|>",
    "[TOOL_CALLS]",
    "<｜tool▁calls▁begin｜>",
    "<｜tool▁call▁begin｜>",
    "<｜tool▁sep｜>",
    "<｜DSML｜",
    "<|channel|>commentary to=functions.",
    "<minimax:tool_call>",
    "<function_calls>",
    "<invoke name=",
    "<function=",
)
"""What never belongs into an answer's text."""


class Spelling(msgspec.Struct, frozen=True):
    """How one family writes a call; the pattern has the groups `name` (may be empty) and `arguments`."""

    family: str
    marker: str
    pattern: re.Pattern[str]


def _spelling(family: str, marker: str, pattern: str) -> Spelling:
    return Spelling(family, marker, re.compile(pattern, re.DOTALL))


_NAME: Final = r"(?P<name>[\w.:-]{1,128})"
_JSON: Final = r"(?P<arguments>[{\[][^<]{0,16384}(?:<(?![/|｜])[^<]{0,16384}){0,64})"
"""JSON up to the next closing token; a lone `<` inside is part of it."""

SPELLINGS: Final[tuple[Spelling, ...]] = (
    _spelling("kimi", "<|tool_call_begin|>", rf"<\|tool_call_begin\|>\s*{_NAME}\s*<\|tool_call_argument_begin\|>\s*{_JSON}"),
    _spelling("deepseek", "<｜tool▁sep｜>", rf"function<｜tool▁sep｜>\s*{_NAME}\s*```json\s*{_JSON}"),
    _spelling("deepseek-v3.1", "<｜tool▁sep｜>", rf"<｜tool▁call▁begin｜>\s*{_NAME}\s*<｜tool▁sep｜>\s*{_JSON}"),
    _spelling("qwen-xml", "<function=", rf"<function={_NAME}>\s*{_JSON}"),
    _spelling("hermes", "<tool_call>", rf"<tool_call>\s*(?P<name>)\s*{_JSON}"),
    _spelling("llama", "<|python_tag|>", rf"<\|python_tag\|>\s*(?P<name>)\s*{_JSON}"),
    _spelling("mistral", "[TOOL_CALLS]", rf"\[TOOL_CALLS\]\s*{_NAME}\s*(?:\[ARGS\])?\s*{_JSON}"),
    _spelling("harmony", "<|channel|>commentary to=functions.",
              rf"<\|channel\|>commentary to=functions\.{_NAME}[^<]{{0,64}}(?:<\|constrain\|>json)?<\|message\|>\s*{_JSON}"),
)  # fmt: skip
"""The families: one line each. What none of them reads may still hold its call as plain JSON."""
