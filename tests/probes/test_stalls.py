"""Silences in mid-answer, on a clock that is moved by hand (failure rows 16 to 18)."""

import pytest

from statuspage.outbound.client import Reply
from statuspage.outbound.phases import Phases
from statuspage.probes.judge import judge_answer
from statuspage.probes.reading import Intake
from statuspage.vendors.evidence import UNHURRIED, Classified
from statuspage.vendors.wire.openai import OpenAIReader
from tests.probes.asking import target_at
from tests.wire import DONE, chunk

ROLE = chunk({"role": "assistant", "content": ""})
WORD = chunk({"content": "pong"})
STOP = chunk({}, "stop")
PING = b": ping\n\n"


class Spoken(Reply):
    """An answer whose pieces come after silences of so many seconds."""

    def __init__(self, *pieces: tuple[float, bytes]) -> None:
        self.status = 200
        self.headers = {"content-type": "text/event-stream"}
        self.seconds = 0.0
        self._pieces = list(pieces)

    @property
    def ended_early(self) -> bool:
        return False

    async def chunk(self) -> bytes | None:
        if not self._pieces:
            return None
        silence, piece = self._pieces.pop(0)
        self.seconds += silence
        return piece


async def _judged(spoken: Spoken, timeout_s: float = 30.0) -> Classified:
    phases = Phases(lambda: spoken.seconds)
    intake = Intake(OpenAIReader(), max_output_chars=None)
    await intake.read(spoken, phases)
    phases.stop()
    target = target_at(0, timeout_s=timeout_s)
    return judge_answer(intake, None, target, max_gap_ms=phases.timings().max_gap, pace=UNHURRIED, now_ms=0)


@pytest.mark.parametrize("silence_s,told", [(7.4, "ok"), (7.6, "stalled_then_resumed"), (29.0, "stalled_then_resumed")])
async def test_a_silence_over_a_quarter_of_the_deadline_is_told_when_the_answer_ends_well(silence_s: float, told: str) -> None:
    judged = await _judged(Spoken((0.5, ROLE), (0.1, WORD), (silence_s, WORD), (0.1, STOP), (0, DONE)))
    assert (judged.class_name, judged.fault) == (told, "none")


async def test_pings_do_not_shorten_a_silence() -> None:
    pings = [(2.0, PING)] * 4
    assert (await _judged(Spoken((0.5, ROLE), (0.1, WORD), *pings, (0.1, STOP), (0, DONE)))).class_name == "stalled_then_resumed"


async def test_a_long_wait_for_the_first_event_is_no_stall() -> None:
    assert (await _judged(Spoken((20.0, ROLE), (0.1, WORD), (0.1, STOP), (0, DONE)))).class_name == "ok"


async def test_a_stall_that_does_not_end_well_is_named_by_its_end() -> None:
    assert (await _judged(Spoken((0.5, ROLE), (9.0, WORD)))).class_name == "truncated_stream"
