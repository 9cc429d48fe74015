"""One request on the zoo's stage: who is asked what, and how it would be answered in good health."""

from collections.abc import Generator

import msgspec

from statuspage.zoo.answer import Answer
from statuspage.zoo.call import ChatCall
from statuspage.zoo.conditions import GATEWAY, GENERIC, THROUGH_A_ROUTER
from statuspage.zoo.dialects.registry import Dialect
from statuspage.zoo.dialects.written import Stream
from statuspage.zoo.refusal import Refusal, refusal_for, reply_of
from statuspage.zoo.reply import JSON, LAST_CHUNK, SSE, Headers, Pause, Reply, Step, as_json, chunk, head, whole
from statuspage.zoo.request import Request
from statuspage.zoo.vendor import SimulatedVendor


class Pace(msgspec.Struct, frozen=True):
    """Seconds to the first content and between two events; zeros answer at once."""

    first_s: float = 0.0
    event_s: float = 0.0


class Directions(msgspec.Struct, frozen=True, kw_only=True):
    """How a fault is to be played, beyond which one it is; None and empty leave it to the row."""

    variant: str = ""
    wait_s: float | None = None
    parameter: str | None = None

    def wait(self, otherwise_s: float) -> float:
        """The wait asked for, else the row's own."""
        return otherwise_s if self.wait_s is None else self.wait_s


class Scene(msgspec.Struct, kw_only=True):
    """Everything a row may use to answer one request.

    `name` is the model's id, or `@models` and the like for an endpoint; `call`, `answer` and `dialect` are set for
    chat requests, `payload` is the JSON of the others; `memory` outlives the request and belongs to this name.
    """

    request: Request
    vendor: SimulatedVendor
    name: str
    dialect: Dialect
    headers: Headers
    pace: Pace = Pace()
    call: ChatCall | None = None
    answer: Answer | None = None
    payload: object = None
    directions: Directions = Directions()
    memory: dict[str, str] = {}

    @property
    def stream(self) -> Stream | None:
        """The events of the answer; None where a whole body is asked for."""
        if self.call is None or self.answer is None or not self.call.streamed:
            return None
        return self.dialect.stream(self.answer, self.vendor, include_usage=self.call.include_usage)

    @property
    def value(self) -> object:
        """The whole answer, before it is encoded."""
        return self.payload if self.answer is None else self.dialect.whole_answer(self.answer, self.vendor)

    @property
    def body(self) -> bytes:
        """The whole answer as JSON."""
        return as_json(self.value)

    @property
    def stream_head(self) -> bytes:
        """Status line and headers of a streamed answer."""
        return head(200, SSE, (("Cache-Control", "no-cache"), *self.headers))

    def refusal(self, condition: str) -> Refusal:
        """This vendor's words for a condition, or the nearest there are."""
        return refusal_for(condition, self.vendor.refusals, GATEWAY, THROUGH_A_ROUTER, GENERIC[self.vendor.dialect])

    def refuse(self, condition: str, **words: str) -> Reply:
        """The HTTP answer in which this vendor states a condition."""
        return reply_of(self.refusal(condition), self.words(**words), self.headers)

    def words(self, **more: str) -> dict[str, str]:
        """What fills the placeholders of a refusal."""
        return {"model": self.name, "limit": "3", "wait": "2", "parameter": "", "detail": "", **more}


def healthy(scene: Scene) -> Reply:
    """The answer as it should be, at the model's pace."""
    stream = scene.stream
    if stream is None:
        answer = whole(200, scene.body, JSON, scene.headers)
        return (Pause(scene.pace.first_s), *answer) if scene.pace.first_s else answer
    return paced(scene, stream) if scene.pace.first_s else (scene.stream_head, chunk(b"".join(stream.events)), LAST_CHUNK)


def paced(scene: Scene, stream: Stream, *, event_s: float | None = None) -> Generator[Step, None, None]:
    """The stream event by event; `event_s` overrides the time between two events of its body."""
    between = Pause(scene.pace.event_s if event_s is None else event_s)
    yield scene.stream_head
    yield from map(chunk, stream.opening)
    if scene.pace.first_s:
        yield Pause(scene.pace.first_s)
    for at, event in enumerate(stream.body):
        if at and between.seconds:
            yield between
        yield chunk(event)
    yield from map(chunk, (*stream.finish, *stream.closing))
    yield LAST_CHUNK


def replaced(scene: Scene, **changes: object) -> Scene:
    """The same scene with another answer: `changes` are fields of `Answer`."""
    if scene.answer is None:
        return scene
    return msgspec.structs.replace(scene, answer=msgspec.structs.replace(scene.answer, **changes))
