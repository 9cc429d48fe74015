"""The dialects: one line each."""

from typing import Final

from statuspage.client.dialects.anthropic import AnthropicDialect
from statuspage.client.dialects.dialect import Dialect
from statuspage.client.dialects.openai import OpenAIDialect

DIALECTS: Final[dict[str, Dialect]] = {"openai": OpenAIDialect(), "anthropic": AnthropicDialect()}
