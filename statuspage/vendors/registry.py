"""The vendors: one line each."""

from typing import Final

from statuspage.vendors import (
    anthropic,
    anthropic_compatible,
    deepseek,
    fireworks,
    groq,
    kimi_code,
    moonshot,
    moonshot_cn,
    openai,
    openai_compatible,
    openrouter,
    together,
)
from statuspage.vendors.vendor import Vendor

VENDORS: Final[dict[str, Vendor]] = {
    "moonshot": moonshot.VENDOR,
    "moonshot-cn": moonshot_cn.VENDOR,
    "kimi-code": kimi_code.VENDOR,
    "openrouter": openrouter.VENDOR,
    "together": together.VENDOR,
    "groq": groq.VENDOR,
    "deepseek": deepseek.VENDOR,
    "openai": openai.VENDOR,
    "anthropic": anthropic.VENDOR,
    "fireworks": fireworks.VENDOR,
    "openai-compatible": openai_compatible.VENDOR,
    "anthropic-compatible": anthropic_compatible.VENDOR,
}
