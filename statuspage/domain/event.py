"""What happened to a model or an account beyond its status: appeared, gone, renamed, another price, a key that died."""

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened; `subject` is a model's key or a provider's name, `sentence` what people read.

    `public` says whether readers of the page may see it; the rest is for the operator. `facts` are old and new values.
    """

    at_ms: int
    kind: str
    subject: str
    sentence: str
    public: bool = False
    facts: dict[str, str] = {}
