"""A probe always answers with a sample."""

import asyncio
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statuspage.domain.classes import CLASSES
from statuspage.domain.words import ProbeKind
from statuspage.outbound.failures import TransportFailure
from statuspage.probes.probe import run
from tests.probes.asking import KEY, context, probed, target_at
from tests.wire import GOOD, SSE_HEAD, sending


async def test_it_asks_nothing_when_nothing_is_configured() -> None:
    sample = await run(ProbeKind.CHAT, target_at(1, not_configured="MOONSHOT_API_KEY is not set"), context())
    assert (sample.class_name, sample.fault, sample.judgement) == ("not_configured", "monitor", "excluded")
    assert "MOONSHOT_API_KEY is not set" in (sample.message or "")


async def test_it_blames_itself_for_its_own_faults(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_provider: str) -> None:
        raise RuntimeError(f"our own bug, with {KEY}")

    with caplog.at_level(logging.ERROR):
        sample = await run(ProbeKind.CHAT, target_at(1), context(asked_lately=broken))
    assert (sample.class_name, sample.fault, sample.judgement) == ("unclassified", "monitor", "excluded")
    assert KEY not in repr(sample)


async def test_it_lets_itself_be_cancelled() -> None:
    async def forever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    task = asyncio.create_task(probed(forever))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_it_shows_the_key_in_no_repr() -> None:
    target = target_at(1)
    assert KEY not in repr(target)
    assert KEY not in repr(context())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", SSE_HEAD, SSE_HEAD + GOOD[0], b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 429 X\r\n\r\n{"]),
)
def test_it_has_a_class_for_any_bytes(garbage: bytes, start: bytes) -> None:
    sample = asyncio.run(probed(sending(start + garbage), timeout_s=2.0))
    assert sample.class_name in CLASSES
    assert "our own fault" not in (sample.message or "")


def test_it_keeps_the_reason_of_a_broken_exchange() -> None:
    failure = TransportFailure("tls_invalid", "the certificate is not valid: expired")
    assert str(failure) == failure.detail
