"""The error table below all vendors: words first, then types and codes, then HTTP statuses."""

from typing import Final

from statuspage.domain.words import Fault
from statuspage.vendors.generic_types import TYPES
from statuspage.vendors.generic_words import WORDS
from statuspage.vendors.rule import ErrorRule, by_status

STATUSES: Final[tuple[ErrorRule, ...]] = (
    by_status("invalid_key", 401),
    by_status("payment_required", 402),
    by_status("forbidden", 403),
    by_status("model_unknown", 404, 410),
    by_status("wrong_base_url", 405),
    by_status("proxy_failure", 407, 511),
    by_status("server_error", 408, 409, 421, 424, 425, 500, 501, 505, 506, 507, 508, 510),
    by_status("account_suspended", 412),
    by_status("contract_changed", 413),
    by_status("parameter_rejected", 422),
    by_status("rate_limited", 429),
    by_status("region_blocked", 451),
    by_status("engine_overloaded", 498, 529),
    by_status("unclassified", 499, fault=Fault.MONITOR),
    by_status("bad_gateway", 502, 503, 520, 521, 522, 523, 525, 526, 527, 530),
    by_status("gateway_timeout", 504, 524, 598, 599),
)

GENERIC: Final[tuple[ErrorRule, ...]] = (*WORDS, *TYPES, *STATUSES)
