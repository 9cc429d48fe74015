"""The dialects: one line each."""

from typing import Final

from statuspage.probes.dialects.anthropic import AnthropicDialect
from statuspage.probes.dialects.dialect import Dialect
from statuspage.probes.dialects.openai import OpenAIDialect

DIALECTS: Final[dict[str, Dialect]] = {
    "openai": OpenAIDialect(),
    "anthropic": AnthropicDialect(),
}
