"""Judges one error: its words first, then its type or code, then its HTTP status (contract §3).

A vendor's own table is asked before the generic one in every pass. Where words and type disagree, the words win and
the answer is not confident.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.words import Fault
from statuspage.vendors.blocked import is_blocked
from statuspage.vendors.errorbody import ErrorWords, Shape, headings
from statuspage.vendors.evidence import Ask, Classified, Evidence, Where
from statuspage.vendors.generic import GENERIC
from statuspage.vendors.pace import explained_by_us
from statuspage.vendors.parameters import rejected_parameter
from statuspage.vendors.retry_after import retry_after_s
from statuspage.vendors.rule import ErrorRule, squeezed
from statuspage.vendors.vendor import Vendor

_MONEY: Final = frozenset({"quota_exhausted", "payment_required", "account_suspended"})
_BY_STATUS_ALONE: Final = frozenset({408, 409, 425, 499})
"""Whatever the body says (contract §3)."""
_ABOUT_US: Final = frozenset({Fault.ACCOUNT, Fault.CLIENT, Fault.MONITOR})
_SERVERS: Final = frozenset(
    {"rate_limited", "daily_limit", "engine_overloaded", "server_error", "bad_gateway", "gateway_timeout", "maintenance"}
)
"""No client error: with a status that says so, status and text disagree."""
_REJECTIONS: Final = frozenset(
    {"invalid_key", "model_unknown", "parameter_rejected", "content_filtered", "contract_changed", "server_error"}
)
"""No matter of how much or how often, as a 429 would have it."""
_CLIENT_ERRORS: Final = frozenset({400, 401, 402, 403, 404, 405, 410, 422})
_PAGES_SAY: Final = frozenset({"maintenance", "wrong_base_url"})
_REFUSED: Final = frozenset({"invalid_key", "forbidden", "not_entitled", "model_unknown", "wrong_base_url", "waf_blocked"})


def classify(evidence: Evidence, vendor: Vendor) -> Classified:
    """The class of that error at that vendor."""
    status = evidence.effective_status
    if evidence.status is not None and 300 <= evidence.status < 400:
        return msgspec.structs.replace(_finish(evidence, ErrorRule(class_name="moved")), detail=_whereto(evidence))
    if is_blocked(evidence):
        return _finish(evidence, ErrorRule(class_name="waf_blocked"))
    if evidence.words.upstream is not None or (evidence.words.upstream_name is not None and status == 429):
        upstream = _of_upstream(evidence, vendor)
        if upstream is not None:
            return upstream
    return _own(evidence, vendor)


def _whereto(evidence: Evidence) -> str | None:
    """The address of a redirect without its query, which may hold a session."""
    location = evidence.headers.get("location", "").split("?")[0][:200]
    return f"it points to {location}" if location else None


def _own(evidence: Evidence, vendor: Vendor) -> Classified:
    """The error as the vendor's own word."""
    status = evidence.effective_status
    words = evidence.words
    table = (*vendor.errors, *GENERIC)
    typed = _first_by_type(table, words, status)
    special, plain = _by_status(vendor.errors, status), _by_status(table, status)
    if status in _BY_STATUS_ALONE and plain is not None:
        return _finish(evidence, plain)
    spoken = _first_by_text(table, words, status)
    if status in (400, 422) and (
        spoken is None or spoken.class_name not in ("contract_changed", "quota_exhausted", "region_blocked")
    ):
        parameter = rejected_parameter(words, evidence.sent)
        if parameter is not None:
            return _finish(evidence, ErrorRule(class_name="parameter_rejected"), parameter=parameter)
    if spoken is not None and spoken.broad and typed is not None and not typed.broad:
        spoken = None
    rule = spoken or (typed if typed and not typed.broad else None) or special or typed or plain
    if words.shape is Shape.HTML and status == 404:
        rule = ErrorRule(class_name="wrong_base_url")
    if rule is None:
        return _unknown(evidence)
    rule = _by_the_contract(rule, status)
    confident = not (_contradicts(spoken, typed) or _unlikely(rule, status))
    return _finish(evidence, rule, confident=confident)


def _first_by_text(table: Iterable[ErrorRule], words: ErrorWords, status: int | None) -> ErrorRule | None:
    """Of a web page the headings are heard, and only for what pages do announce: the rest is prose about anything."""
    page = words.shape is Shape.HTML
    text = headings(words.text) if page else words.text
    spoken = (rule for rule in table if rule.text and rule.meets(status) and (not page or rule.class_name in _PAGES_SAY))
    return next((rule for rule in spoken if rule.text and rule.text.search(text)), None)


def _first_by_type(table: Iterable[ErrorRule], words: ErrorWords, status: int | None) -> ErrorRule | None:
    types = frozenset(map(squeezed, words.types)) - {""}
    return next((rule for rule in table if rule.types and rule.meets(status) and rule.letters & types), None) if types else None


def _by_status(table: Iterable[ErrorRule], status: int | None) -> ErrorRule | None:
    return next((rule for rule in table if not rule.types and rule.text is None and status in rule.statuses), None)


def _by_the_contract(rule: ErrorRule, status: int | None) -> ErrorRule:
    """An account without money is told apart by status: 402, 412, and everything else (contract §3)."""
    if status == 402 and CLASSES[rule.class_name].fault is Fault.ACCOUNT:
        return msgspec.structs.replace(rule, class_name="payment_required")
    if rule.class_name in _MONEY:
        if status == 412:
            return msgspec.structs.replace(rule, class_name="account_suspended")
        if status == 429 or rule.class_name == "payment_required":
            return msgspec.structs.replace(rule, class_name="quota_exhausted")
    return rule


def _contradicts(spoken: ErrorRule | None, typed: ErrorRule | None) -> bool:
    if spoken is None or typed is None or spoken.class_name == typed.class_name:
        return False
    pair = {spoken.class_name, typed.class_name}
    if typed.broad:
        return pair == {"rate_limited", "engine_overloaded"}
    return not (pair <= _MONEY or pair <= {"rate_limited", "daily_limit", "upstream_rate_limited"})


def _unlikely(rule: ErrorRule, status: int | None) -> bool:
    """A status that belongs to somebody else's fault."""
    if status is None:
        return False
    fault = rule.fault or CLASSES[rule.class_name].fault
    if status >= 500 and status not in (511, 529):
        return fault in _ABOUT_US
    if status in _CLIENT_ERRORS and rule.fault is None and rule.class_name in _SERVERS:
        return status != 403 or fault not in _ABOUT_US
    if status == 429 and rule.fault is None and rule.class_name in _REJECTIONS:
        return True
    return status in (401, 402) and fault not in _ABOUT_US


def _of_upstream(evidence: Evidence, vendor: Vendor) -> Classified | None:
    """A router's error as its upstream's word; None where the router speaks for itself after all."""
    words = evidence.words
    if words.limit_source is not None and words.limit_source.lower() in ("openrouter", "router", "account", "key", "user"):
        return None
    if words.upstream is None and any(rule.text and rule.text.search(words.text) for rule in vendor.errors):
        return None
    quoted = words.upstream or ErrorWords(shape=words.shape, text=words.text)
    inner_vendor = msgspec.structs.replace(vendor, errors=())
    inner = _own(msgspec.structs.replace(evidence, words=quoted, headers={}), inner_vendor)
    if quoted.shape is Shape.HTML and inner.class_name in _REFUSED:
        return _finish(evidence, ErrorRule(class_name="bad_gateway"))
    if words.own_upstream_key:
        return inner
    name = inner.class_name
    if name in _MONEY:
        return _finish(evidence, ErrorRule(class_name="router_account_exhausted", fault=Fault.ROUTER), confident=inner.confident)
    if name in ("rate_limited", "daily_limit", "self_throttled", "upstream_rate_limited"):
        return _finish(evidence, ErrorRule(class_name="upstream_rate_limited", fault=Fault.ROUTER))
    if name in _REFUSED:
        return _finish(evidence, ErrorRule(class_name="server_error", fault=Fault.ROUTER), confident=False)
    if name in ("unclassified", "error_in_body", "error_in_stream"):
        return None
    return msgspec.structs.replace(inner, retry_after_s=_wait(evidence))


def _unknown(evidence: Evidence) -> Classified:
    """Nothing in any table: an error inside a 200 has a class of its own, another one is `unclassified`."""
    if evidence.status is None or evidence.status < 300:
        name = "error_in_stream" if evidence.where is Where.STREAM else "error_in_body"
        return _finish(evidence, ErrorRule(class_name=name))
    fault = Fault.PROVIDER if evidence.status >= 500 else Fault.MONITOR
    return _finish(evidence, ErrorRule(class_name="unclassified", fault=fault), confident=False)


def _finish(evidence: Evidence, rule: ErrorRule, *, confident: bool = True, parameter: str | None = None) -> Classified:
    name = rule.class_name
    if name == "rate_limited" and explained_by_us(evidence):
        name = "self_throttled"
    row = CLASSES[name]
    return Classified(
        class_name=name,
        fault=rule.fault or row.fault,
        retry=rule.retry or row.retry,
        retry_after_s=_wait(evidence),
        confident=confident and name != "unclassified",
        parameter=parameter,
        ask=_question(name, evidence.effective_status),
    )


def _question(class_name: str, status: int | None) -> Ask | None:
    if class_name in ("model_unknown", "wrong_base_url"):
        return Ask.MODELS
    if class_name == "not_entitled" and status == 404:
        return Ask.MODELS
    return Ask.SIBLINGS if class_name == "invalid_key" and status in (401, 403) else None


def _wait(evidence: Evidence) -> float | None:
    return retry_after_s(evidence.headers, evidence.words, evidence.now_ms)
