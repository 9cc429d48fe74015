"""Fireworks AI: 412 is a suspended account."""

from typing import Final

from statuspage.vendors.official_page import OfficialPage
from statuspage.vendors.rule import by_status, by_text
from statuspage.vendors.vendor import Vendor

VENDOR: Final = Vendor(
    name="fireworks",
    title="Fireworks AI",
    dialect="openai",
    base_url="https://api.fireworks.ai/inference/v1",
    errors=(
        by_text("model_unknown", "model not found, inaccessible", statuses=(400, 404)),
        by_status("account_suspended", 412),
    ),
    official_page=OfficialPage("https://status.fireworks.ai", "betterstack"),
    console="https://app.fireworks.ai/account/billing",
)
