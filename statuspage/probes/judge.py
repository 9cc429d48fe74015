"""Judges an answer that came with a 200 (failure rows 61–78), from what was said and how it ended."""

from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.outbound.failures import TransportFailure
from statuspage.probes.identity import from_cache, routed_elsewhere, same_model
from statuspage.probes.reading import Form, Intake
from statuspage.probes.target import ProbeTarget
from statuspage.vendors.classify import classify
from statuspage.vendors.errorbody import ErrorWords, Shape, error_words, read_error
from statuspage.vendors.evidence import Classified, Evidence, Pace, Where
from statuspage.vendors.wire.answer import Answer

_FILTERS: Final = frozenset(
    {"content_filter", "content-filter", "sensitive", "safety", "refusal", "prohibited_content", "blocklist", "recitation"}
)
_LENGTHS: Final = frozenset({"length", "max_tokens", "model_length", "max_output_tokens"})
_FAILED: Final = frozenset(
    {"error", "abort", "aborted", "cancelled", "canceled", "failed", "network_error", "unknown", "timeout"}
)
_OVERLOADED: Final = frozenset({"insufficient_system_resource"})
"""DeepSeek's word for an inference that was interrupted for want of resources."""
_MAX_PLAIN_BYTES: Final = 512
_NATIVE_FAILURES: Final = frozenset({"network_error", "error", "failed", "abort", "cancelled"})


def finding(class_name: str, detail: str | None = None, *, confident: bool = True) -> Classified:
    """A class with what follows from it alone."""
    row = CLASSES[class_name]
    return Classified(class_name=class_name, fault=row.fault, retry=row.retry, detail=detail, confident=confident)


def judge_answer(
    intake: Intake, failure: TransportFailure | None, target: ProbeTarget, *, max_gap_ms: float | None, pace: Pace, now_ms: int
) -> Classified:
    """What the answer is worth. `failure` is how the reading was cut off, None when the answer or the body ended.

    An answer that had already given its finish reason when it was cut off counts as whole.
    """
    answer = intake.answer()
    end = _ending(intake, answer)
    return (
        _page(intake, target, pace, now_ms)
        or _error(intake, answer, target, pace, now_ms)
        or _cut(answer, failure)
        or _misformed(intake, answer)
        or _of_another(intake, answer, target)
        or (end if end is not None and end.class_name != "reasoning_only" else None)
        or _worth(answer, target)
        or _stalled(max_gap_ms, target)
        or end
        or _good(intake, answer)
    )


def judge_form(
    intake: Intake, failure: TransportFailure | None, target: ProbeTarget, *, pace: Pace, now_ms: int
) -> Classified | None:
    """What is wrong with the form of an answer, whatever was asked; None when it can be read for what it says."""
    answer = intake.answer()
    return (
        _page(intake, target, pace, now_ms)
        or _error(intake, answer, target, pace, now_ms)
        or _cut(answer, failure)
        or _misformed(intake, answer)
        or _of_another(intake, answer, target)
        or (finding("content_filtered") if (answer.finish_reason or "").lower() in _FILTERS else None)
    )


def _cut(answer: Answer, failure: TransportFailure | None) -> Classified | None:
    """The reading was cut off before the answer had said how it ends."""
    if failure is None or (answer.finish_reason is not None and failure.class_name != "malformed_stream"):
        return None
    return finding(failure.class_name, failure.detail)


def _of_another(intake: Intake, answer: Answer, target: ProbeTarget) -> Classified | None:
    """A cache, or another upstream than the pinned one, answered: nothing was measured."""
    if from_cache(intake.headers) or answer.cached:
        return finding("served_from_cache")
    if routed_elsewhere(target.route_only, answer.served_by):
        return finding("routed_elsewhere", f"{answer.served_by} answered")
    return None


def _stalled(max_gap_ms: float | None, target: ProbeTarget) -> Classified | None:
    """The longest silence was over a quarter of the deadline, and still it ended well."""
    if max_gap_ms is None or max_gap_ms <= target.timeout_s * 250:
        return None
    return finding("stalled_then_resumed", f"the longest silence was {max_gap_ms / 1000:.1f} s")


def _good(intake: Intake, answer: Answer) -> Classified:
    if intake.form is Form.JSON:
        return finding("not_streamed")
    return finding("ok", None if answer.terminal else "the end of the stream was not marked")


def _page(intake: Intake, target: ProbeTarget, pace: Pace, now_ms: int) -> Classified | None:
    """A web page: a firewall's, or somebody's."""
    if intake.form is not Form.PAGE:
        return None
    words = read_error(intake.beginning, "text/html")
    evidence = Evidence(status=intake.status, words=words, headers=intake.headers, pace=pace, now_ms=now_ms)
    blocked = classify(evidence, target.vendor)
    return blocked if blocked.class_name == "waf_blocked" else finding("html_in_200")


def _error(intake: Intake, answer: Answer, target: ProbeTarget, pace: Pace, now_ms: int) -> Classified | None:
    """An error inside the 200, as its inner class."""
    if intake.form is Form.OTHER:
        return _text(intake, target, pace, now_ms)
    where = Where.STREAM if intake.form is Form.STREAM else Where.BODY
    reason = (answer.finish_reason or "").lower()
    if answer.error is None:
        if reason in _OVERLOADED:
            return finding("engine_overloaded", "it ran out of resources in mid-answer")
        if reason in _FAILED and (answer.native_finish_reason or "").lower() != "network_error":
            return finding("error_in_stream" if where is Where.STREAM else "error_in_body", "it gave up in mid-answer")
        return None
    words = words_of(answer.error)
    evidence = Evidence(status=None, words=words, headers=intake.headers, where=where, pace=pace, now_ms=now_ms)
    return of_another(words, target) or classify(evidence, target.vendor)


def of_another(words: ErrorWords, target: ProbeTarget) -> Classified | None:
    """The error of another upstream than the pinned one says nothing about the pinned one."""
    if routed_elsewhere(target.route_only, words.upstream_name):
        return finding("routed_elsewhere", f"{words.upstream_name} answered")
    return None


def _text(intake: Intake, target: ProbeTarget, pace: Pace, now_ms: int) -> Classified | None:
    """A few plain words in the answer's place, where they are an error's known words."""
    if intake.size > _MAX_PLAIN_BYTES:
        return None
    evidence = Evidence(
        status=None, words=read_error(intake.beginning), headers=intake.headers, where=Where.BODY, pace=pace, now_ms=now_ms
    )
    told = classify(evidence, target.vendor)
    return None if told.class_name in ("error_in_body", "unclassified") else msgspec.structs.replace(told, confident=False)


def words_of(error: object) -> ErrorWords:
    """What an error object of a 200 says; a bare string is its own message."""
    if isinstance(error, str):
        return ErrorWords(shape=Shape.JSON, text=error[:4096])
    return error_words({"error": error} if isinstance(error, dict) and "error" not in error else error)


def _misformed(intake: Intake, answer: Answer) -> Classified | None:
    """Whatever is no proper answer: nothing, nonsense, too much, or cut short."""
    if intake.form is Form.NOTHING:
        return finding("truncated_stream") if intake.ended_early else finding("empty_body")
    if intake.too_much:
        return finding("malformed_stream", "it said more than four times what was asked for")
    if intake.form is Form.OTHER:
        return finding("malformed_stream", "the body is neither a stream nor JSON")
    if intake.ended_early and answer.finish_reason is None:
        return finding("truncated_stream")
    if answer.malformed is not None:
        return finding("malformed_stream", answer.malformed)
    if not answer.choices_seen:
        if intake.form is Form.STREAM and not answer.terminal:
            return finding("truncated_stream")
        return finding("empty_body", "there was no choice in it")
    return None


def _ending(intake: Intake, answer: Answer) -> Classified | None:
    """How the answer ended, where that alone decides; None is a good end with content."""
    reason = answer.finish_reason.lower() if answer.finish_reason else None
    if reason is None:
        if intake.form is Form.JSON and (answer.content_chars or answer.reasoning_chars):
            return finding("finish_mismatch", "no finish reason was given")
        if not answer.terminal:
            return finding("truncated_stream")
        if not (answer.content_chars or answer.reasoning_chars):
            return finding("empty_completion")
        return finding("finish_mismatch", "no finish reason was given")
    if reason in _FILTERS:
        return finding("content_filtered")
    if (answer.native_finish_reason or "").lower() in _NATIVE_FAILURES and not answer.content_chars:
        return finding("empty_completion", "the upstream reports a failure of its own")
    if answer.content_chars:
        if reason in ("tool_calls", "function_call"):
            return finding("finish_mismatch", "it ends with a tool call that was not asked for")
        return None
    return _silent(reason, answer)


def _silent(reason: str, answer: Answer) -> Classified:
    """No content: thinking may have eaten the budget, or nothing came at all."""
    thought = answer.reasoning_chars > 0 or bool(answer.tokens.reasoning)
    if thought:
        return finding("reasoning_only")
    if reason in _LENGTHS and answer.tokens.output != 0:
        return finding("reasoning_only", "the budget was spent unseen")
    if answer.tool_calls or reason in ("tool_calls", "function_call"):
        return finding("finish_mismatch", "it ends with a tool call that was not asked for")
    return finding("empty_completion")


def _worth(answer: Answer, target: ProbeTarget) -> Classified | None:
    """Whether the right model said the right thing."""
    served = answer.served_model
    if served is not None and not same_model(target.model_id, served, target.vendor):
        return finding("wrong_model", "another model's name is in the answer")
    if target.expect is not None and answer.content_chars and not _meets(answer.content, target.expect):
        return finding("wrong_answer")
    return None


def _meets(content: str, expect: str) -> bool:
    return " ".join(expect.casefold().split()) in " ".join(content.casefold().split())
