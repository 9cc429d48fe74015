"""Messages as Anthropic defined them; some vendors offer them beside OpenAI's."""

import msgspec

from statuspage.probes.dialects.anthropic_tools import anthropic_tools_body
from statuspage.probes.dialects.dialect import Ask, Outgoing
from statuspage.probes.dialects.toolask import ToolAsk
from statuspage.vendors.vendor import Vendor
from statuspage.vendors.wire.anthropic import AnthropicReader, asked_at, headers_of


class AnthropicDialect:
    """The dialect `anthropic`; the base URL may end in `/v1` or not."""

    name = "anthropic"

    def chat(self, ask: Ask) -> Outgoing:
        profile = ask.vendor.profile_for(ask.model_id)
        optional: dict[str, object] = {"stream": True, **(profile.extra if profile else {})}
        for name in ask.left_out:
            optional.pop(name, None)
        body = {
            "model": ask.model_id,
            "max_tokens": ask.max_output_tokens,
            "messages": [{"role": "user", "content": ask.prompt}],
            **optional,
        }
        return _posted(ask, body, tuple(optional))

    def tools(self, ask: ToolAsk) -> Outgoing:
        body, optional = anthropic_tools_body(ask)
        return _posted(ask, body, optional)

    def models(self, vendor: Vendor, base_url: str, key: str | None) -> Outgoing:
        return Outgoing(
            method="GET",
            url=asked_at(base_url, "models", "limit=1000"),
            headers=headers_of(vendor, key) | {"Accept": "application/json"},
            bounded=False,
        )

    def reader(self) -> AnthropicReader:
        return AnthropicReader()


def _posted(ask: Ask | ToolAsk, body: dict[str, object], optional: tuple[str, ...]) -> Outgoing:
    return Outgoing(
        method="POST",
        url=asked_at(ask.base_url, "messages"),
        headers=headers_of(ask.vendor, ask.key) | {"Content-Type": "application/json", "Accept": "text/event-stream"},
        body=msgspec.json.encode(body),
        optional=optional,
    )
