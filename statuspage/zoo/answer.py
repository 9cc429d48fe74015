"""What a simulated model says: content, reasoning, calls, within the budget it was given."""

import re
import zlib
from typing import Final

import msgspec

from statuspage.zoo.call import ChatCall
from statuspage.zoo.species import Species, Thinking
from statuspage.zoo.toolcalls import Invocation, invocations, told_in_text

_QUOTED: Final = re.compile(r"[\"“«‘`]([^\"”»’`]{1,60})[\"”»’`]|(?<!\w)'([^']{1,60})'(?!\w)|\bword:?\s+([\w-]{1,30})\s*[.!]?$")
_SUM: Final = re.compile(r"(\d{1,6})\s*([+*×x-])\s*(\d{1,6})")
_THOUGHT: Final = (
    "The",
    "user",
    "asks",
    "for",
    "a",
    "short",
    "word",
    "so",
    "I",
    "weigh",
    "the",
    "options",
    "and",
    "answer",
    "plainly",
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One completion; `pieces` and `thoughts` are what one event of a stream carries each.

    `finish` is in the openai dialect's words: `stop`, `length` or `tool_calls`; None leaves it out.
    """

    id: str
    created: int
    model: str
    pieces: tuple[str, ...]
    thoughts: tuple[str, ...]
    calls: tuple[Invocation, ...]
    finish: str | None
    input_tokens: int
    output_tokens: int
    reasoning_tokens: int
    fingerprint: str = ""

    @property
    def content(self) -> str:
        """The whole content."""
        return "".join(self.pieces)

    @property
    def reasoning(self) -> str:
        """The whole reasoning."""
        return "".join(self.thoughts)


def answer(call: ChatCall, species: Species, served_model: str, number: int, now_s: int) -> Answer:
    """The completion of `call`; thinking spends the budget first, as with real thinking models."""
    thinking_tokens = _thinking_tokens(call, species)
    reasoning = min(thinking_tokens, call.budget)
    left = call.budget - reasoning
    calls = invocations(call) if left > 0 and "tools" in species.abilities else ()
    words = () if calls else _pieces(told_in_text(call.prompt) or reply_text(call.prompt))
    pieces = words[:left]
    complete = left > 0 and len(pieces) == len(words)
    spoken = len(pieces) + 12 * len(calls)
    return Answer(
        id=f"{zlib.crc32(call.model.encode()):08x}{number:012x}",
        created=now_s,
        model=served_model,
        pieces=pieces,
        thoughts=_thoughts(reasoning),
        calls=calls,
        finish="tool_calls" if calls else "stop" if complete else "length",
        input_tokens=call.input_tokens,
        output_tokens=reasoning + spoken,
        reasoning_tokens=reasoning,
        fingerprint=species.fingerprint,
    )


def reply_text(prompt: str) -> str:
    """A short fitting answer: a sum's result, the word asked for, else `OK`."""
    asked_sum = _SUM.search(prompt)
    if asked_sum:
        left, sign, right = int(asked_sum[1]), asked_sum[2], int(asked_sum[3])
        return str(left + right if sign == "+" else left - right if sign == "-" else left * right)
    quoted = _QUOTED.search(prompt)
    return next(word for word in quoted.groups() if word) if quoted else "OK"


def thoughts_of(tokens: int) -> tuple[str, ...]:
    """So many tokens of thinking, four to an event."""
    return _thoughts(tokens)


def _thinking_tokens(call: ChatCall, species: Species) -> int:
    asked = call.parameters.get("thinking")
    state = asked.get("type") if isinstance(asked, dict) else None
    if species.thinking is Thinking.NEVER or (species.thinking is Thinking.TOGGLE and state == "disabled"):
        return 0
    if species.thinking is Thinking.ON_REQUEST and state != "enabled":
        return 0
    effort = {"none": 0, "minimal": 0, "low": 1, "medium": 2, "high": 3}.get(str(call.parameters.get("reasoning_effort")), 4)
    if effort == 0 and species.thinking is not Thinking.ALWAYS:
        return 0
    return 40 + 30 * max(effort, 1) + zlib.crc32(call.prompt.encode()) % 20


def _thoughts(tokens: int) -> tuple[str, ...]:
    words = [_THOUGHT[at % len(_THOUGHT)] + " " for at in range(tokens)]
    return tuple("".join(words[at : at + 4]) for at in range(0, tokens, 4))


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\S+\s*", text)) or ("",)
