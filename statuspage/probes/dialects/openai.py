"""Chat completions as OpenAI defined them and most vendors speak them."""

import msgspec

from statuspage.probes.dialects.dialect import Ask, Outgoing
from statuspage.probes.dialects.openai_tools import openai_tools
from statuspage.probes.dialects.toolask import ToolAsk
from statuspage.vendors.vendor import Vendor
from statuspage.vendors.wire.openai import OpenAIReader
from statuspage.vendors.wire.request import address, key_headers, shaped


class OpenAIDialect:
    """The dialect `openai`."""

    name = "openai"

    def chat(self, ask: Ask) -> Outgoing:
        bound, extra = shaped(ask.vendor, ask.model_id, ask.left_out)
        stream: dict[str, object] = {"stream": True, "stream_options": {"include_usage": True}}
        optional = {**stream, bound: ask.max_output_tokens, **extra}
        if "stream" in ask.left_out:
            optional.pop("stream_options")
        for name in ask.left_out - {bound}:
            optional.pop(name, None)
        body: dict[str, object] = {"model": ask.model_id, "messages": [{"role": "user", "content": ask.prompt}], **optional}
        if ask.route_only:
            body["provider"] = {"only": list(ask.route_only), "allow_fallbacks": False}
        return Outgoing(
            method="POST",
            url=address(ask.base_url, "/chat/completions"),
            headers={
                "Content-Type": "application/json",
                "Accept": "text/event-stream, application/json",
                **key_headers(ask.vendor, ask.key),
            },
            body=msgspec.json.encode(body),
            optional=tuple(optional),
        )

    def tools(self, ask: ToolAsk) -> Outgoing:
        return openai_tools(ask)

    def models(self, vendor: Vendor, base_url: str, key: str | None) -> Outgoing:
        return Outgoing(
            method="GET",
            url=address(base_url, "/models"),
            headers={"Accept": "application/json", **key_headers(vendor, key)},
            bounded=False,
        )

    def reader(self) -> OpenAIReader:
        return OpenAIReader()
