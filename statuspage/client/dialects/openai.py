"""Chat completions, as OpenAI defined them."""

import msgspec

from statuspage.client.dialects.dialect import Request
from statuspage.client.provider import Route
from statuspage.client.question import Question
from statuspage.vendors.wire.openai import OpenAIReader
from statuspage.vendors.wire.request import address, bound_name, key_headers


class OpenAIDialect:
    """The dialect `openai`."""

    def request(self, route: Route, question: Question, left_out: frozenset[str]) -> Request:
        optional: dict[str, object] = {**question.parameters, "stream": True, "stream_options": {"include_usage": True}}
        if question.max_output_tokens is not None:
            optional[_bound(route, left_out)] = question.max_output_tokens
        for name in left_out:
            optional.pop(name, None)
        body: dict[str, object] = {"model": route.model_id, "messages": list(question.messages), **optional}
        if question.tools:
            body["tools"] = list(question.tools)
        key = None if route.secret is None else route.secret.reveal()
        return Request(
            url=address(route.base_url, "/chat/completions"),
            headers={
                "Content-Type": "application/json",
                "Accept": "text/event-stream, application/json",
                **key_headers(route.vendor, key),
            },
            body=msgspec.json.encode(body),
            optional=tuple(optional),
        )

    def reader(self) -> OpenAIReader:
        return OpenAIReader()


def _bound(route: Route, left_out: frozenset[str]) -> str:
    """The name under which this model takes the bound on its output."""
    profile = route.vendor.profile_for(route.model_id)
    preferred = profile.bound_parameter if profile and profile.bound_parameter else route.vendor.bound_parameter
    return bound_name(preferred, left_out)
