"""What a client asks of a simulated model, read from either dialect's JSON."""

import re
from typing import Final, TypeGuard

import msgspec

DEFAULT_BUDGET: Final = 1024


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """A function on offer; `schema` is the JSON Schema of its arguments."""

    name: str
    description: str = ""
    schema: dict[str, object] = {}


class ChatCall(msgspec.Struct, frozen=True, kw_only=True):
    """A chat request of either dialect.

    `choice` is `auto`, `none`, `required` or the name of the one tool to call; `answered` says that the
    results of earlier calls are among the messages; `parameters` is the request as sent.
    """

    model: str
    prompt: str
    streamed: bool
    budget: int
    include_usage: bool
    tools: tuple[Tool, ...]
    choice: str
    parallel: bool
    answered: bool
    parameters: dict[str, object]

    @property
    def input_tokens(self) -> int:
        """About what a tokenizer would count."""
        return 8 + len(self.prompt) // 4 + 40 * len(self.tools)


class NotAChatError(Exception):
    """The body is no chat request; the message says why."""


def read_call(body: bytes, dialect: str) -> ChatCall:
    """The chat request in `body`. Raises `NotAChatError`."""
    try:
        sent = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotAChatError("We could not parse the JSON body of your request.") from None
    if not is_object(sent):
        raise NotAChatError("The body must be a JSON object.")
    model, messages = sent.get("model"), sent.get("messages")
    if not isinstance(model, str) or not model:
        raise NotAChatError("you must provide a model parameter")
    if not isinstance(messages, list) or not messages:
        raise NotAChatError("messages: at least one message is required")
    tools, choice = _tools(sent, dialect)
    stream_options = sent.get("stream_options")
    return ChatCall(
        model=model,
        prompt=_last_words(messages),
        streamed=sent.get("stream") is True,
        budget=_budget(sent),
        include_usage=is_object(stream_options) and stream_options.get("include_usage") is True,
        tools=tools,
        choice=choice,
        parallel=sent.get("parallel_tool_calls") is not False,
        answered=_has_results(messages[-1]),
        parameters=sent,
    )


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a decoded JSON value is an object."""
    return isinstance(value, dict)


def _budget(sent: dict[str, object]) -> int:
    for name in ("max_completion_tokens", "max_tokens", "max_output_tokens"):
        value = sent.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
    return DEFAULT_BUDGET


def _last_words(messages: list[object]) -> str:
    """The text of the last message that a user wrote, else of any."""
    texts = [(message.get("role"), _text(message.get("content"))) for message in messages if is_object(message)]
    of_user = [text for role, text in texts if role == "user" and text]
    return (of_user or [text for _, text in texts] or [""])[-1]


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return " ".join(str(part.get("text", "")) for part in content if is_object(part)).strip()
    return ""


def _has_results(message: object) -> bool:
    if not is_object(message):
        return False
    content = message.get("content")
    in_parts = isinstance(content, list) and any(is_object(part) and part.get("type") == "tool_result" for part in content)
    return message.get("role") == "tool" or in_parts


def _tools(sent: dict[str, object], dialect: str) -> tuple[tuple[Tool, ...], str]:
    offered = sent.get("tools")
    tools = [tool for entry in offered if (tool := _tool(entry, dialect))] if isinstance(offered, list) else []
    choice = sent.get("tool_choice", "auto")
    if is_object(choice):
        function = choice.get("function")
        named = function.get("name") if is_object(function) else choice.get("name")
        choice = named if isinstance(named, str) else {"any": "required", "none": "none"}.get(str(choice.get("type")), "auto")
    return tuple(tools), str(choice)


def _tool(entry: object, dialect: str) -> Tool | None:
    if not is_object(entry):
        return None
    inner = entry if dialect == "anthropic" else entry.get("function")
    if not is_object(inner) or not isinstance(inner.get("name"), str):
        return None
    schema = inner.get("input_schema" if dialect == "anthropic" else "parameters")
    return Tool(
        name=str(inner["name"]), description=str(inner.get("description", "")), schema=schema if is_object(schema) else {}
    )


_WORD: Final = re.compile(r"[a-z0-9]+")


def words_of(text: str) -> set[str]:
    """Lower-case words, camelCase and snake_case taken apart."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).replace("_", " ")
    return set(_WORD.findall(parted.lower()))
