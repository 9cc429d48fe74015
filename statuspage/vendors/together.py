"""Together AI: 429 is above our dynamic rate, 503 is overload at or below it."""

from typing import Final

from statuspage.vendors.official_page import OfficialPage
from statuspage.vendors.rule import by_status, by_text
from statuspage.vendors.vendor import Vendor

VENDOR: Final = Vendor(
    name="together",
    title="Together AI",
    dialect="openai",
    base_url="https://api.together.xyz/v1",
    errors=(
        by_text(
            "contract_changed", "too many tokens", "must be less than or equal to .{0,20}context", statuses=(400, 403, 413, 422)
        ),
        by_text("not_entitled", "unable to access non-serverless model", statuses=(400, 403, 404)),
        by_text("not_entitled", "unable to access model", statuses=(403,)),
        by_text("model_unknown", "unable to access model", statuses=(400, 404)),
        by_status("engine_overloaded", 503),
    ),
    retired=frozenset(
        {
            "moonshotai/kimi-k2.6",
            "moonshotai/kimi-k2.7-code",
            "moonshotai/kimi-k2-instruct",
            "moonshotai/kimi-k2-instruct-0905",
            "moonshotai/kimi-k2-thinking",
        }
    ),
    official_page=OfficialPage("https://status.together.ai", "betterstack"),
    console="https://api.together.ai/settings/billing",
)
