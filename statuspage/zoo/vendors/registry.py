"""The visible map of simulated vendors; the words are those of the configuration's `vendor`."""

from typing import Final

from statuspage.zoo.vendor import SimulatedVendor
from statuspage.zoo.vendors.anthropic import ANTHROPIC
from statuspage.zoo.vendors.compatible import ANTHROPIC_COMPATIBLE, OPENAI_COMPATIBLE
from statuspage.zoo.vendors.deepseek import DEEPSEEK
from statuspage.zoo.vendors.fireworks import FIREWORKS
from statuspage.zoo.vendors.groq import GROQ
from statuspage.zoo.vendors.moonshot import KIMI_CODE, MOONSHOT, MOONSHOT_CN
from statuspage.zoo.vendors.openai import OPENAI
from statuspage.zoo.vendors.openrouter import OPENROUTER
from statuspage.zoo.vendors.together import TOGETHER

SIMULATED: Final[dict[str, SimulatedVendor]] = {
    vendor.prefix: vendor
    for vendor in (
        MOONSHOT,
        MOONSHOT_CN,
        KIMI_CODE,
        OPENROUTER,
        TOGETHER,
        GROQ,
        DEEPSEEK,
        OPENAI,
        ANTHROPIC,
        FIREWORKS,
        OPENAI_COMPATIBLE,
        ANTHROPIC_COMPATIBLE,
    )
}
