"""Asks which models there are: free, and it proves name, connection, key and region."""

import asyncio
from typing import Final

import msgspec

from statuspage.domain.sample import Sample
from statuspage.domain.secret import Secret
from statuspage.domain.words import Fault, ProbeKind
from statuspage.outbound.client import Call, Outbound
from statuspage.outbound.failures import TransportFailure, failure_of
from statuspage.outbound.phases import Phases
from statuspage.probes.dialects.registry import DIALECTS
from statuspage.probes.judge import finding
from statuspage.probes.outcome import Facts, sample_of
from statuspage.probes.siblings import settle_region
from statuspage.probes.target import ProbeContext, ProbeTarget
from statuspage.vendors.classify import classify
from statuspage.vendors.errorbody import ErrorWords, Shape, read_error
from statuspage.vendors.evidence import Ask, Classified, Evidence, Where
from statuspage.vendors.listing import Listing, read_models
from statuspage.vendors.vendor import Vendor

MAX_CATALOG_BYTES: Final = 8 * 1024 * 1024
_NO_WORDS: Final = ErrorWords(shape=Shape.EMPTY)


class CatalogReply(msgspec.Struct, frozen=True, kw_only=True):
    """What came back: status, headers and body, or how it broke."""

    status: int | None = None
    headers: dict[str, str] = {}
    body: bytes = b""
    failure: TransportFailure | None = None

    @property
    def listing(self) -> Listing:
        """The list in it, if it is one."""
        ok = self.status is not None and 200 <= self.status < 300 and self.failure is None
        return Listing(status=self.status, models=read_models(self.body) if ok else None)


async def ask_catalog(
    outbound: Outbound, vendor: Vendor, base_url: str, key: str | None, *, allow_private: bool, phases: Phases | None = None
) -> CatalogReply:
    """One `GET /models`; the deadline is the caller's, and a failure is part of the reply."""
    phases = phases or Phases(outbound.monotonic_s)
    outgoing = DIALECTS[vendor.dialect].models(vendor, base_url, key)
    call = Call(
        method=outgoing.method,
        url=outgoing.url,
        headers=outgoing.headers,
        allow_private=allow_private,
        max_body_bytes=MAX_CATALOG_BYTES,
    )
    status: int | None = None
    headers: dict[str, str] = {}
    body = bytearray()
    try:
        async with outbound.ask(call, phases) as reply:
            status, headers = reply.status, reply.headers
            while (data := await reply.chunk()) is not None:
                body += data
            cut = TransportFailure("truncated_stream", "the list was cut short") if reply.ended_early else None
    except TransportFailure as failure:
        return CatalogReply(status=status, headers=headers, body=bytes(body), failure=failure)
    return CatalogReply(status=status, headers=headers, body=bytes(body), failure=cut)


async def list_models(
    outbound: Outbound,
    vendor: Vendor,
    base_url: str,
    key: Secret | None,
    *,
    timeout_s: float = 15.0,
    allow_private: bool = False,
) -> tuple[Listing, Classified]:
    """The models that the key can see, with the vendor's raw entries, and how it went; never raises."""
    plain = key.reveal() if key else None
    try:
        async with asyncio.timeout(timeout_s):
            reply = await ask_catalog(outbound, vendor, base_url, plain, allow_private=allow_private)
    except TimeoutError:
        return Listing(status=None), finding("header_timeout", f"no list within {timeout_s:g} s")
    return reply.listing, judge_catalog(reply, vendor, now_ms=0)


def judge_catalog(reply: CatalogReply, vendor: Vendor, *, now_ms: int) -> Classified:
    """The class of that reply: a list is `ok`."""
    if reply.failure is not None and not (reply.status is not None and reply.status >= 300):
        return finding(reply.failure.class_name, reply.failure.detail)
    assert reply.status is not None  # noqa: S101 - a reply without status has a failure
    words = read_error(reply.body, reply.headers.get("content-type", ""))
    if not 200 <= reply.status < 300:
        found = classify(Evidence(status=reply.status, words=words, headers=reply.headers, now_ms=now_ms), vendor)
        return finding("wrong_base_url", found.detail) if found.class_name == "model_unknown" else found
    models = reply.listing.models
    if models is not None:
        return finding("ok", None if models else "the list is empty")
    match words.shape:
        case Shape.EMPTY:
            return finding("empty_body")
        case Shape.HTML:
            return finding("html_in_200")
        case Shape.JSON if words.text or words.types:
            inner = Evidence(status=None, words=words, headers=reply.headers, where=Where.BODY, now_ms=now_ms)
            return classify(inner, vendor)
        case _:
            return finding("malformed_stream", "the body is no list of models")


async def probe_catalog(target: ProbeTarget, context: ProbeContext) -> Sample:
    """The `catalog` probe of one provider."""
    at_ms = context.clock.now_ms()
    phases = Phases(context.clock.monotonic_s)
    key = target.revealed_key
    reply = CatalogReply()
    found: Classified | None = None
    try:
        async with asyncio.timeout(target.timeout_s):
            reply = await ask_catalog(
                context.outbound, target.vendor, target.base_url, key, allow_private=target.allow_private, phases=phases
            )
            if reply.failure is None:
                phases.done()
            found = judge_catalog(reply, target.vendor, now_ms=at_ms)
            if found.ask is Ask.SIBLINGS:
                found = await settle_region(found, target, context)
    except TimeoutError as error:
        found = found or _late(failure_of(error, phases.reached))
    phases.stop()
    failed = found.fault is not Fault.NONE
    words = read_error(reply.body, reply.headers.get("content-type", "")) if failed else _NO_WORDS
    facts = Facts(
        at_ms=at_ms,
        probe=ProbeKind.CATALOG,
        phase=phases.reached,
        timings_ms=phases.timings(),
        http_status=reply.status,
        headers=reply.headers,
        error_type=words.error_type,
        evidence=words.text or None,
    )
    return sample_of(found, facts, target)


def _late(failure: TransportFailure) -> Classified:
    return finding(failure.class_name, failure.detail)
