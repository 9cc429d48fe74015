"""Kimi Code, the subscription surface with keys of its own; rejects sampling parameters."""

from typing import Final

from statuspage.vendors import kimi
from statuspage.vendors.official_page import OfficialPage
from statuspage.vendors.rule import by_text
from statuspage.vendors.vendor import Vendor

VENDOR: Final = Vendor(
    name="kimi-code",
    title="Kimi Code",
    dialect="openai",
    base_url="https://api.kimi.com/coding/v1",
    surfaces_of="moonshot",
    bound_parameter="max_completion_tokens",
    errors=(by_text("not_entitled", r"\bmembership\b", "会员", statuses=(403,)), *kimi.ERRORS),
    profiles=kimi.PROFILES,
    floating=frozenset({"kimi-for-coding", "k3"}),
    official_page=OfficialPage("https://status.moonshot.cn", "statuspage"),
    console="https://www.kimi.com/code",
)
