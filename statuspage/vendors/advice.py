"""The fix in words, for whatever the operator can do something about."""

from collections.abc import Mapping, Sequence
from typing import Final

from statuspage.vendors.vendor import Vendor

_ADVICE: Final[Mapping[str, str]] = {
    "quota_exhausted": "Top up or raise the spending limit of the account at {vendor}{console}; retrying does not help.",
    "payment_required": "Add credit to the account at {vendor}{console}.",
    "account_suspended": "Settle the account with {vendor}{console}; it is suspended.",
    "rate_limited": "Lower `rpm` and `concurrency` of this provider, or raise the account's tier at {vendor}.",
    "self_throttled": "Set `rpm` and `concurrency` of this provider below the account's limits, or lengthen `interval`.",
    "daily_limit": "Wait for the limit's reset, lengthen `interval`, or raise the account's tier at {vendor}.",
    "invalid_key": "Check the reference in `api_key` and whether the key is still active at {vendor}{console}.",
    "forbidden": "Check the key's permissions, IP allow-list and data policy at {vendor}{console}.",
    "not_entitled": "The account may not use this model: raise its plan at {vendor}{console}, or remove the model.",
    "region_blocked": "{vendor} does not serve this monitor's country: run it elsewhere.",
    "wrong_region": "The key belongs to another surface of the same vendor: change `vendor` and `base_url`.",
    "model_unknown": "Check the model's `id` against the vendor's list: `statuspage probe --kind catalog`.",
    "wrong_base_url": "Check `base_url`: neither the chat address nor `/models` is there; often a missing or doubled `/v1`.",
    "model_retired": "Remove the model or name its successor; its history is kept.",
    "parameter_rejected": "The model rejects how we ask; set a larger `max_output_tokens` or report this to the project.",
    "waf_blocked": "A firewall blocks this monitor: ask {vendor} to allow its address, or run it elsewhere.",
    "proxy_failure": "Something between this monitor and {vendor} wants a proxy login: fix the network.",
    "served_from_cache": "Turn off response caching for this key or preset.",
    "routed_elsewhere": "The pinned upstream did not answer: check `route.only`.",
    "router_account_exhausted": "Nothing to fix here: {vendor}'s own account at the upstream has run dry.",
    "contract_changed": "The vendor's API may have changed; compare with its changelog.",
    "moved": "Set `base_url` to the address it redirects to.",
    "not_configured": "Check `api_key` and `base_url` of this provider; a private address needs `allow_private_networks: true`.",
    "tls_invalid": "If the certificate is your own, name its authority in SSL_CERT_FILE.",
}

_NAMES_IDS: Final = frozenset({"model_unknown", "model_retired"})


def advice_for(class_name: str, vendor: Vendor, near: Sequence[str] = ()) -> str | None:
    """What to do about that class, or None where the operator can do nothing; `near` are listed ids to propose."""
    template = _ADVICE.get(class_name)
    console = f" ({vendor.console})" if vendor.console else ""
    advice = template.format(vendor=vendor.title, console=console) if template else None
    if advice is None or not near or class_name not in _NAMES_IDS:
        return advice
    *others, last = near
    return f"{advice} Did you mean {', '.join(others)} or {last}?" if others else f"{advice} Did you mean {last}?"
