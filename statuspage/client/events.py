"""What a call brings, piece by piece."""

import msgspec

from statuspage.domain.sample import Tokens
from statuspage.domain.words import Fault


class Text(msgspec.Struct, frozen=True):
    """A piece of the answer."""

    text: str


class Thought(msgspec.Struct, frozen=True):
    """A piece of the model's reasoning."""

    text: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something the caller may want to tell its user, in one sentence: a retry, another model, a repaired tool call.

    `kind` is `retry`, `fallback`, `hedge`, `parameter`, `repair` or `restart`; after `restart` what was shown before is void.
    """

    kind: str
    sentence: str
    model: str
    class_name: str | None = None


class ToolCall(msgspec.Struct, frozen=True, kw_only=True):
    """A tool that the model wants called; `arguments` is JSON text, `repaired` says that we read it out of something else."""

    id: str
    name: str
    arguments: str
    repaired: bool = False

    def parsed(self) -> dict[str, object]:
        """The arguments as an object. Raises `ValueError` where the model wrote no JSON object."""
        found: object = msgspec.json.decode(self.arguments or "{}")
        if not isinstance(found, dict):
            raise ValueError(f"the arguments of {self.name} are no JSON object")  # noqa: TRY004 - a wrong value, as for broken JSON
        return found


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """One request that failed on the way."""

    model: str
    class_name: str
    fault: Fault
    http_status: int | None = None
    message: str = ""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A whole answer, and how it was come by.

    `model` is the key of the model that answered. `cost_usd` is of all requests of the call, None where the price of one is
    not known. Times are milliseconds since the call's start.
    """

    text: str
    model: str
    vendor: str
    finish_reason: str | None = None
    reasoning: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tokens: Tokens = Tokens()
    cost_usd: float | None = None
    attempts: int = 1
    tried: tuple[Tried, ...] = ()
    notices: tuple[Notice, ...] = ()
    first_content_ms: float | None = None
    total_ms: float = 0.0
    served_model: str | None = None
    request_id: str | None = None


class Done(msgspec.Struct, frozen=True):
    """The end of a stream: everything once more, whole."""

    reply: Reply


Event = Text | Thought | Notice | Done
