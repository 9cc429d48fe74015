"""A simulated model: what it is, what it costs, what it refuses."""

from enum import Enum

import msgspec

from statuspage.domain.spending import Rate


class Thinking(Enum):
    """When a model thinks before it speaks."""

    NEVER = "never"
    ALWAYS = "always"
    TOGGLE = "toggle"
    """Unless the request says `thinking: {type: disabled}`."""
    ON_REQUEST = "on_request"
    """Only when the request says `thinking: {type: enabled}`."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A request parameter the model does not accept, or accepts only with certain values.

    The sentence `says` may hold `{value}`; `allowed` empty refuses every value; `while_thinking` limits the rule to requests
    with thinking on (True) or off (False).
    """

    parameter: str
    says: str
    allowed: tuple[object, ...] = ()
    while_thinking: bool | None = None


class Species(msgspec.Struct, frozen=True, kw_only=True):
    """One model of one simulated vendor.

    Prices are USD per million tokens; `first_content_s` is the median time to the first token at pace 1;
    `retires_on` is a date; a retired model is unlisted and answers as the vendor answers for retired ones.
    """

    id: str
    name: str | None = None
    owner: str = "zoo"
    created: int = 1_760_000_000
    context: int = 262_144
    price_input: float = 1.0
    price_output: float = 4.0
    thinking: Thinking = Thinking.NEVER
    abilities: tuple[str, ...] = ("tools",)
    rules: tuple[Rule, ...] = ()
    first_content_s: float = 0.35
    tokens_per_s: float = 90.0
    retires_on: str | None = None
    alias_of: str | None = None
    retired: bool = False
    quantization: str = "fp8"
    fingerprint: str = "fp_zoo0000001"

    @property
    def title(self) -> str:
        """The name people read."""
        return self.name or self.id

    @property
    def rate(self) -> Rate:
        """What its tokens cost."""
        return Rate(input_usd=self.price_input, output_usd=self.price_output)


def broken_rule(parameters: dict[str, object], rules: tuple[Rule, ...], *, thinking: bool) -> tuple[str, str] | None:
    """The first parameter the rules refuse, and the sentence that says so; None when all is well."""
    for rule in rules:
        if rule.parameter not in parameters:
            continue
        if rule.while_thinking is not None and rule.while_thinking is not thinking:
            continue
        value = parameters[rule.parameter]
        if value not in rule.allowed:
            return rule.parameter, rule.says.replace("{value}", str(value))
    return None
