"""The one table of classes: what happened, who is to blame, what a client should do, in which words.

Names and faults are those of the contract §6; `code` is what storage keeps and never changes meaning.
"""

from functools import cache
from typing import Final

import msgspec

from statuspage.domain.words import Fault, Judgement, Retry


class FailureClass(msgspec.Struct, frozen=True):
    """One thing that can happen to a probe, with everything that follows from it alone."""

    name: str
    code: int
    fault: Fault
    retry: Retry | None
    label: str
    """At most 24 characters, for a dot's caption."""
    says: str
    """Completes «{model} …»."""
    yellow_at_most: bool = False
    """Works, but not as it should: never beyond yellow, however often (contract §3)."""
    confirmed: bool = False
    """Needs no confirmation burst."""
    counted_as: Judgement | None = None
    """Overrides the judgement that follows from the fault."""
    count_word: str = "failed"
    """Completes «4 of the last 5 requests …»."""


def _p(  # noqa: PLR0913 - a row of the table, columns in order
    name: str,
    code: int,
    retry: Retry | None,
    label: str,
    says: str,
    *,
    fault: Fault = Fault.PROVIDER,
    yellow: bool = False,
    confirmed: bool = False,
    counted_as: Judgement | None = None,
    count_word: str = "failed",
) -> FailureClass:
    return FailureClass(name, code, fault, retry, label, says, yellow, confirmed, counted_as, count_word)


_NEVER, _BACKOFF, _AFTER, _NOW = Retry.NEVER, Retry.BACKOFF, Retry.AFTER, Retry.NOW
_NONE, _ROUTER, _ACCOUNT, _MONITOR, _CLIENT = (
    Fault.NONE,
    Fault.ROUTER,
    Fault.ACCOUNT,
    Fault.MONITOR,
    Fault.CLIENT,
)

_ROWS: Final = (
    # alive
    _p("ok", 0, None, "Operational", "works", fault=_NONE),
    _p("slow", 1, None, "Slow", "answers slowly", fault=_NONE, yellow=True, counted_as=Judgement.SLOW, count_word="were slow"),
    _p("stalled_then_resumed", 2, None, "Stalls", "stalls in mid-answer", fault=_NONE, yellow=True,
       counted_as=Judgement.SLOW, count_word="stalled"),
    _p("reasoning_only", 3, None, "Operational", "works (the probe's budget went to thinking)", fault=_NONE),
    _p("not_streamed", 4, None, "Operational", "works, but answers in one piece", fault=_NONE),
    # transport
    _p("dns_failure", 10, _NOW, "Name not found", "cannot be found: its host name does not resolve"),
    _p("connection_refused", 11, _BACKOFF, "Connection refused", "refuses connections", count_word="were refused"),
    _p("connect_timeout", 12, _BACKOFF, "Unreachable", "cannot be reached", count_word="timed out"),
    _p("tls_invalid", 13, _NEVER, "Invalid certificate", "presents an invalid TLS certificate", confirmed=True),
    _p("tls_failure", 14, _BACKOFF, "TLS failure", "breaks off the TLS handshake"),
    _p("connection_reset", 15, _BACKOFF, "Connection reset", "drops connections", count_word="were dropped"),
    _p("header_timeout", 16, _NOW, "No answer", "accepts requests but does not answer", count_word="timed out"),
    _p("first_event_timeout", 17, _NEVER, "No first word", "starts to answer but says nothing", count_word="timed out"),
    _p("stalled_stream", 18, _NOW, "Stalled", "stops in mid-answer", count_word="stalled"),
    _p("stream_reset", 19, _NOW, "Broken off", "breaks off its answers", count_word="broke off"),
    _p("truncated_stream", 20, _NOW, "Truncated", "ends its answers early", count_word="were cut short"),
    # HTTP
    _p("engine_overloaded", 30, _BACKOFF, "Overloaded", "is overloaded", count_word="were refused"),
    _p("upstream_rate_limited", 31, _BACKOFF, "Upstream limited", "is limited by its upstream", fault=_ROUTER, yellow=True,
       count_word="were refused"),
    _p("server_error", 32, _BACKOFF, "Server errors", "answers with server errors"),
    _p("bad_gateway", 33, _BACKOFF, "Bad gateway", "answers with gateway errors"),
    _p("gateway_timeout", 34, _NEVER, "Gateway timeout", "times out behind its gateway", count_word="timed out"),
    _p("moved", 35, _NEVER, "Moved", "redirects to another address", yellow=True, count_word="were redirected"),
    _p("contract_changed", 36, _NEVER, "API changed", "rejects requests that it used to accept", yellow=True,
       count_word="were rejected"),
    _p("content_filtered", 37, _NEVER, "Filtered", "filters a harmless prompt", yellow=True, count_word="were filtered"),
    _p("model_retired", 38, _NEVER, "Retired", "has been retired by its vendor", counted_as=Judgement.EXCLUDED),
    _p("router_account_exhausted", 39, _NEVER, "Router out of credit", "is cut off: the router's own account is exhausted",
       fault=_ROUTER, count_word="were refused"),
    _p("auth_outage", 40, _BACKOFF, "Sign-in outage", "rejects valid keys of several accounts", count_word="were refused"),
    _p("maintenance", 41, _AFTER, "Maintenance", "is under maintenance", counted_as=Judgement.EXCLUDED),
    # 200 but wrong
    _p("error_in_body", 50, _BACKOFF, "Error in answer", "answers 200 with an error inside"),
    _p("error_in_stream", 51, _BACKOFF, "Error in stream", "reports errors in mid-answer"),
    _p("html_in_200", 52, _NOW, "Web page as answer", "answers with a web page"),
    _p("empty_body", 53, _NOW, "Empty answer", "answers with nothing", count_word="came back empty"),
    _p("empty_completion", 54, _NOW, "Empty answer", "completes without a word", count_word="came back empty"),
    _p("malformed_stream", 55, _NOW, "Malformed answer", "sends malformed answers", count_word="were malformed"),
    _p("finish_mismatch", 56, _NEVER, "Unfinished answer", "does not say how its answers end", yellow=True,
       count_word="ended unclearly"),
    _p("wrong_model", 57, _NEVER, "Another model", "is answered by another model", yellow=True,
       count_word="came from another model"),
    _p("wrong_answer", 58, _NOW, "Wrong answer", "gives wrong answers", yellow=True, count_word="were wrong"),
    # our account
    _p("quota_exhausted", 70, _NEVER, "Our quota is used up", "refuses us: our quota is used up", fault=_ACCOUNT),
    _p("payment_required", 71, _NEVER, "Our credit is used up", "refuses us: our credit is used up", fault=_ACCOUNT),
    _p("account_suspended", 72, _NEVER, "Our account is suspended", "refuses us: our account is suspended", fault=_ACCOUNT),
    _p("rate_limited", 73, _AFTER, "Our rate limit", "limits our account's rate", fault=_ACCOUNT),
    _p("daily_limit", 74, _NEVER, "Our daily limit", "refuses us until our daily limit resets", fault=_ACCOUNT),
    _p("invalid_key", 75, _NEVER, "Our key is invalid", "rejects our key", fault=_ACCOUNT),
    _p("forbidden", 76, _NEVER, "Forbidden to us", "does not permit our account", fault=_ACCOUNT),
    _p("not_entitled", 77, _NEVER, "Not in our plan", "is not part of our account's plan", fault=_ACCOUNT),
    _p("region_blocked", 78, _NEVER, "Region blocked", "does not serve our region", fault=_ACCOUNT),
    # our configuration
    _p("wrong_region", 80, _NEVER, "Key of another region", "rejects our key: it belongs to another region", fault=_CLIENT),
    _p("model_unknown", 81, _NEVER, "Unknown model id", "is not known to its vendor under this id", fault=_CLIENT),
    _p("wrong_base_url", 82, _NEVER, "Wrong address", "is configured with a wrong address", fault=_CLIENT),
    # ourselves
    _p("offline", 90, _NEVER, "We are offline", "was not measured: our own network is down", fault=_MONITOR),
    _p("resolver_down", 91, _NEVER, "Our DNS is down", "was not measured: our name resolution is down", fault=_MONITOR),
    _p("proxy_failure", 92, _NEVER, "Our proxy failed", "was not measured: our proxy failed", fault=_MONITOR),
    _p("tls_intercepted", 93, _NEVER, "Our TLS is intercepted", "was not measured: our TLS connections are intercepted",
       fault=_MONITOR),
    _p("waf_blocked", 94, _BACKOFF, "We are blocked", "was not measured: a firewall blocks our monitor", fault=_MONITOR),
    _p("parameter_rejected", 95, _NEVER, "Our request is refused", "was not measured: it rejects a parameter of our request",
       fault=_MONITOR),
    _p("self_throttled", 96, _AFTER, "We asked too fast", "was not measured: we asked too fast", fault=_MONITOR),
    _p("served_from_cache", 97, _NEVER, "Served from cache", "was not measured: the answer came from a cache", fault=_MONITOR),
    _p("routed_elsewhere", 98, _NEVER, "Routed elsewhere", "was not measured: another upstream answered", fault=_MONITOR),
    _p("loop_stalled", 99, _NEVER, "Our monitor stalled", "was not measured: our monitor was too busy", fault=_MONITOR),
    _p("clock_jump", 100, _NEVER, "Our clock jumped", "was not measured: our clock jumped", fault=_MONITOR),
    _p("budget_exhausted", 101, _NEVER, "Our budget is used up", "is not measured: this month's budget is used up",
       fault=_MONITOR),
    _p("not_configured", 102, _NEVER, "Not configured", "is not measured: no usable key or address is configured",
       fault=_MONITOR),
    _p("stale", 103, _NEVER, "No recent data", "has not been measured recently", fault=_MONITOR),
    _p("paused", 104, _NEVER, "Paused", "is not measured: probing is paused", fault=_MONITOR),
    # tools
    _p("tool_call_leaked", 120, _NEVER, "Tool call leaks", "leaks tool calls as raw tokens", yellow=True),
    _p("tool_call_in_text", 121, _NEVER, "Tool call in text", "writes tool calls as text", yellow=True),
    _p("arguments_not_json", 122, _NOW, "Broken arguments", "sends tool arguments that are not JSON", yellow=True),
    _p("arguments_violate_schema", 123, _NOW, "Wrong arguments", "sends tool arguments that violate their schema", yellow=True),
    _p("unknown_tool", 124, _NOW, "Unknown tool", "calls tools that were not offered", yellow=True),
    _p("missing_call", 125, _NOW, "Missing call", "does not call the tool it needs", yellow=True),
    _p("unexpected_call", 126, _NOW, "Needless call", "calls a tool where none is wanted", yellow=True),
    _p("calls_collapsed", 127, _NEVER, "Collapsed calls", "collapses parallel tool calls", yellow=True),
    _p("tool_id_broken", 128, _NEVER, "Broken call ids", "breaks tool call ids", yellow=True),
    # the rest
    _p("unclassified", 140, _BACKOFF, "Unclear failure", "fails in a way we do not know"),
)  # fmt: skip

CLASSES: Final[dict[str, FailureClass]] = {row.name: row for row in _ROWS}
BY_CODE: Final[dict[int, FailureClass]] = {row.code: row for row in _ROWS}


@cache
def judge(class_name: str, fault: Fault) -> Judgement:
    """How a probe of this class and fault counts (contract §3, «how one probe is judged»)."""
    row = CLASSES[class_name]
    if fault in (Fault.ACCOUNT, Fault.CLIENT, Fault.MONITOR):
        return Judgement.EXCLUDED
    if row.counted_as is not None:
        return row.counted_as
    return Judgement.OK if fault is Fault.NONE else Judgement.FAILED
