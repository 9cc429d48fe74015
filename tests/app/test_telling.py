"""A letter speaks its subscriber's language."""

from collections.abc import Sequence

import msgspec

from statuspage.app.telling import sending
from statuspage.domain.delivering import Outcome
from statuspage.domain.languages import CHINESE
from statuspage.domain.notice import INCIDENT_CREATED, Audience, Notice, Severity
from statuspage.notify.message import Message

OVERLOADED = Notice(
    id="msg_1",
    kind=INCIDENT_CREATED,
    at_ms=1,
    audience=Audience.PUBLIC,
    severity=Severity.FAILURE,
    subject="i1",
    title="Kimi K3: overloaded",
    body="Kimi K3 is overloaded: 4 of the last 5 requests were refused.",
    group="moonshot",
)
WELL = msgspec.structs.replace(OVERLOADED, id="msg_2", subject="moonshot/kimi-k3", title="Kimi K3 is WORKING again", body="")


class Kept:
    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def send(self, message: Message) -> Outcome:
        self.messages.append(message)
        return Outcome()


async def sent(notices: Sequence[Notice], *language: str) -> Message:
    kept = Kept()
    await sending(kept, *language)(notices, None)
    (message,) = kept.messages
    return message


async def test_one_notice_in_chinese() -> None:
    message = await sent([OVERLOADED], CHINESE)
    assert (message.title, message.body) == ("Kimi K3：过载", "Kimi K3 过载：最近 5 次请求中有 4 次被拒绝。")
    assert message.newest.id == OVERLOADED.id


async def test_several_in_one_letter() -> None:
    message = await sent([OVERLOADED, WELL], CHINESE)
    assert message.title == "moonshot：2 项有变化"
    assert message.body.splitlines()[1] == "• Kimi K3 已恢复工作"


async def test_english_stays() -> None:
    message = await sent([OVERLOADED])
    assert (message.title, message.body) == (OVERLOADED.title, OVERLOADED.body)
