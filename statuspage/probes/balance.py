"""Asks what is left of an account: free, and it tells an empty purse from a busy vendor."""

import asyncio
from urllib.parse import urlsplit, urlunsplit

import msgspec

from statuspage.domain.balance import Balance, merged, spell
from statuspage.domain.classes import CLASSES
from statuspage.domain.redact import redact
from statuspage.domain.sample import Sample
from statuspage.domain.words import Fault, ProbeKind
from statuspage.outbound.client import Call
from statuspage.outbound.failures import TransportFailure, failure_of
from statuspage.outbound.phases import Phases
from statuspage.probes.judge import finding
from statuspage.probes.outcome import Facts, sample_of
from statuspage.probes.siblings import settle_region
from statuspage.probes.target import ProbeContext, ProbeTarget
from statuspage.vendors.balance import BalanceSource
from statuspage.vendors.classify import classify
from statuspage.vendors.errorbody import Shape, read_error
from statuspage.vendors.evidence import Ask, Classified, Evidence, Where
from statuspage.vendors.wire.request import address, key_headers

MAX_BALANCE_BYTES = 256 * 1024


class _Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One answer, what it is worth and what it says."""

    found: Classified
    status: int | None = None
    headers: dict[str, str] = {}
    body: bytes = b""
    balance: Balance | None = None


async def probe_balance(target: ProbeTarget, context: ProbeContext) -> Sample:
    """The `balance` probe of one provider's key; an account without money is `quota_exhausted`, whatever the HTTP status."""
    at_ms = context.clock.now_ms()
    if not target.vendor.balance:
        return _not_told(Facts(at_ms=at_ms, probe=ProbeKind.BALANCE), target)
    phases = Phases(context.clock.monotonic_s)
    replies: list[_Reply] = []
    late: Classified | None = None
    try:
        async with asyncio.timeout(target.timeout_s):
            for source in target.vendor.balance:
                reply = await _ask(source, target, context, phases if not replies else Phases(context.clock.monotonic_s), at_ms)
                if not (source.optional and reply.balance is None):
                    replies.append(reply)
                if reply.balance is None and not source.optional:
                    break
            else:
                phases.done()
            if replies[-1].found.ask is Ask.SIBLINGS:
                replies[-1] = msgspec.structs.replace(replies[-1], found=await settle_region(replies[-1].found, target, context))
    except TimeoutError as error:
        failure = failure_of(error, phases.reached)
        late = finding(failure.class_name, failure.detail)
    phases.stop()
    return _sample(replies, late, phases, target, at_ms)


def _sample(replies: list[_Reply], late: Classified | None, phases: Phases, target: ProbeTarget, at_ms: int) -> Sample:
    worst = next((reply for reply in replies if reply.balance is None), replies[-1] if replies else None)
    status = None if worst is None else worst.status
    facts = Facts(
        at_ms=at_ms,
        probe=ProbeKind.BALANCE,
        phase=phases.reached,
        timings_ms=phases.timings(),
        http_status=status,
        headers={} if worst is None else worst.headers,
    )
    if status == 404:
        return _not_told(facts, target)
    if late is not None or worst is None:
        return sample_of(late or finding("unclassified"), facts, target)
    if worst.found.fault is not Fault.NONE:
        words = read_error(worst.body, worst.headers.get("content-type", ""))
        broken = msgspec.structs.replace(facts, error_type=words.error_type, evidence=words.text or None)
        return sample_of(worst.found, broken, target)
    balance = merged([reply.balance for reply in replies if reply.balance is not None])
    found = finding("quota_exhausted" if balance.exhausted else "ok", spell(balance) or "no figure is given")
    return msgspec.structs.replace(sample_of(found, facts, target), balance=balance)


async def _ask(source: BalanceSource, target: ProbeTarget, context: ProbeContext, phases: Phases, at_ms: int) -> _Reply:
    key = target.revealed_key
    call = Call(
        method="GET",
        url=_url(source, target.base_url),
        headers={"Accept": "application/json", **key_headers(target.vendor, key)},
        allow_private=target.allow_private,
        max_body_bytes=MAX_BALANCE_BYTES,
    )
    status: int | None = None
    headers: dict[str, str] = {}
    body = bytearray()
    try:
        async with context.outbound.ask(call, phases) as reply:
            status, headers = reply.status, reply.headers
            while (data := await reply.chunk()) is not None:
                body += data
            cut = reply.ended_early
    except TransportFailure as failure:
        if status is None or status < 300:
            return _Reply(found=finding(failure.class_name, failure.detail), status=status, headers=headers)
        cut = True
    answer = bytes(body)
    found, balance = _judged(source, target, status, headers, answer, at_ms)
    if balance is None and cut and status < 300:
        found = finding("truncated_stream", "the balance was cut short")
    return _Reply(found=found, status=status, headers=headers, body=answer, balance=balance)


def _judged(
    source: BalanceSource, target: ProbeTarget, status: int | None, headers: dict[str, str], body: bytes, at_ms: int
) -> tuple[Classified, Balance | None]:
    words = read_error(body, headers.get("content-type", ""))
    if status is None or not 200 <= status < 300:
        return classify(Evidence(status=status, words=words, headers=headers, now_ms=at_ms), target.vendor), None
    try:
        said = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        said = None
    balance = source.read(said) if isinstance(said, dict) else None
    if balance is not None:
        return finding("ok"), balance
    match words.shape:
        case Shape.EMPTY:
            return finding("empty_body"), None
        case Shape.HTML:
            return finding("html_in_200"), None
        case Shape.JSON if words.text or words.types:
            inside = Evidence(status=None, words=words, headers=headers, where=Where.BODY, now_ms=at_ms)
            return classify(inside, target.vendor), None
        case _:
            return finding("contract_changed", "the answer is no balance"), None


def _url(source: BalanceSource, base_url: str) -> str:
    if not source.beside_v1:
        return address(base_url, source.path)
    parts = urlsplit(base_url)
    root = parts.path.rstrip("/").removesuffix("/v1")
    return address(urlunsplit(parts._replace(path=root)), source.path)


def _not_told(facts: Facts, target: ProbeTarget) -> Sample:
    """Nothing is wrong and nothing is known: the vendor, or the server at this address, has no such endpoint."""
    who = target.vendor.title if facts.http_status is None else f"{target.provider}'s address"
    sentence = redact(f"{who} does not tell a balance: it is unknown.")
    row = CLASSES["paused"]
    found = Classified(class_name="paused", fault=row.fault, retry=row.retry)
    return msgspec.structs.replace(sample_of(found, facts, target), message=sentence, advice=None)
