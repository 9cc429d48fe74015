"""DeepSeek: 402 is an empty balance; under load its streams fall silent behind keep-alive comments."""

from typing import Final

from statuspage.vendors.deepseek_balance import BALANCE
from statuspage.vendors.official_page import OfficialPage
from statuspage.vendors.rule import by_text
from statuspage.vendors.vendor import Vendor

VENDOR: Final = Vendor(
    name="deepseek",
    title="DeepSeek",
    dialect="openai",
    base_url="https://api.deepseek.com/v1",
    errors=(
        by_text("model_unknown", "model not exist", statuses=(400, 404, 422)),
        by_text("content_filtered", "content exists risk"),
    ),
    floating=frozenset({"deepseek-chat", "deepseek-reasoner"}),
    balance=BALANCE,
    official_page=OfficialPage("https://status.deepseek.com", "flashduty"),
    console="https://platform.deepseek.com",
)
