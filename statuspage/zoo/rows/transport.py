"""Rows below HTTP: connections that break, stall, drip or never answer."""

from collections.abc import Generator
from itertools import repeat
from typing import Final

from statuspage.zoo.reply import FLUSH, LAST_CHUNK, Ending, Pause, Reply, Step, chunk, head
from statuspage.zoo.rows.row import Reach, row
from statuspage.zoo.scene import Scene, healthy, paced

_SLOW_S: Final = 12.0
"""Above the warm-up ceiling of a model that does not think."""
_STALL_S: Final = 9.0
"""More than a quarter of the default deadline of 30 s, and less than the whole."""
_DRIP_S: Final = 0.6
_KEEP_ALIVE_S: Final = 0.5


def reset(scene: Scene) -> Reply:  # noqa: ARG001 - a play takes the scene
    """A TCP reset instead of an answer."""
    return (Ending.RESET,)


def hang(scene: Scene) -> Reply:
    """The request is read; nothing is answered."""
    if scene.directions.wait_s is not None:
        return (Pause(scene.directions.wait_s), *healthy(scene))
    return (Ending.HANG,)


def stale_socket(scene: Scene) -> Reply:
    """A reused connection is reset, a fresh one is served."""
    return (Ending.RESET,) if scene.request.served_before else healthy(scene)


def comments_only(scene: Scene) -> Generator[Step, None, None]:
    """Headers, then comments or pings for ever; nothing where no stream is asked for."""
    if scene.stream is None:
        yield head(200, "application/json", scene.headers, length=1000)
        yield Ending.HANG
    yield scene.stream_head
    for _ in repeat(None):
        yield chunk(scene.vendor.keep_alive)
        yield Pause(_KEEP_ALIVE_S)


def slow(scene: Scene) -> Generator[Step, None, None]:
    """A whole answer whose first content comes late; comments keep the socket warm meanwhile."""
    left = scene.directions.wait(_SLOW_S)
    stream = scene.stream
    if stream is None:
        yield Pause(left)
        yield from healthy(scene)
        return
    yield scene.stream_head
    while left > 0:
        yield chunk(scene.vendor.keep_alive)
        yield Pause(min(left, _KEEP_ALIVE_S))
        left -= _KEEP_ALIVE_S
    yield from map(chunk, stream.events)
    yield LAST_CHUNK


def stall_and_resume(scene: Scene) -> Generator[Step, None, None]:
    """Events, a long silence, then the rest in good order."""
    yield from _begun(scene)
    yield Pause(scene.directions.wait(_STALL_S))
    yield from _rest(scene)


def stall(scene: Scene) -> Generator[Step, None, None]:
    """Events, then comments or pings only; with variant `silent` nothing at all."""
    yield from _begun(scene)
    if scene.stream is None or scene.directions.variant == "silent":
        yield Ending.HANG
    for _ in repeat(None):
        yield Pause(_KEEP_ALIVE_S)
        yield chunk(scene.vendor.keep_alive)


def stream_reset(scene: Scene) -> Generator[Step, None, None]:
    """Events, then a TCP reset."""
    yield from _begun(scene)
    yield FLUSH
    yield Ending.RESET


def collapse(scene: Scene) -> Reply:
    """A whole answer, one event in a long while."""
    stream = scene.stream
    wait = scene.directions.wait(_DRIP_S)
    return (Pause(4 * wait), *healthy(scene)) if stream is None else paced(scene, stream, event_s=wait)


def _begun(scene: Scene) -> Generator[Step, None, None]:
    """The first half of an answer."""
    stream = scene.stream
    if stream is None:
        body = scene.body
        yield head(200, "application/json", scene.headers, length=len(body)) + body[: len(body) // 2]
        return
    yield scene.stream_head
    yield from map(chunk, (*stream.opening, *stream.body[: max(1, len(stream.body) // 2)]))


def _rest(scene: Scene) -> Generator[Step, None, None]:
    stream = scene.stream
    if stream is None:
        body = scene.body
        yield body[len(body) // 2 :]
        return
    yield from map(chunk, (*stream.body[max(1, len(stream.body) // 2) :], *stream.finish, *stream.closing))
    yield LAST_CHUNK


_NAMES: Final = "use a host name that does not exist, such as http://zoo.invalid/"
_TLS: Final = "start the zoo with --tls and use the address it prints for «{which}»"

TRANSPORT: Final = (
    row(1, "dns_failure", "the name does not resolve", instead=_NAMES),
    row(2, "resolver_down", "our resolver is dead", instead=_NAMES),
    row(3, "dns_servfail", "the name's zone does not answer", class_name="dns_failure", instead=_NAMES),
    row(
        4,
        "connection_refused",
        "connections are refused (here: reset; see `refused`)",
        class_name="connection_refused",
        play=reset,
        reach=Reach.EVERYTHING,
    ),
    row(
        5,
        "connect_timeout",
        "connections are never accepted (here: never answered; see `unreachable`)",
        class_name="connect_timeout",
        play=hang,
        reach=Reach.EVERYTHING,
    ),
    row(
        6,
        "ipv6_broken",
        "IPv6 is broken, IPv4 works",
        class_name="ok",
        instead="it depends on the network between",
    ),
    row(7, "tls_invalid", "the certificate is expired or for another host", instead=_TLS.format(which="expired")),
    row(8, "tls_expiring", "the certificate expires soon", class_name="ok", instead=_TLS.format(which="expiring")),
    row(9, "tls_intercepted", "the certificate's issuer is not trusted", instead=_TLS.format(which="untrusted")),
    row(10, "tls_failure", "the TLS handshake breaks off", instead=_TLS.format(which="broken")),
    row(12, "connection_reset", "reset before any answer", play=reset, reach=Reach.EVERYTHING),
    row(13, "stale_socket", "a reused connection is reset", class_name="ok", play=stale_socket),
    row(14, "header_timeout", "the request is read, no status line comes", play=hang),
    row(15, "first_event_timeout", "headers, then only comments or pings", play=comments_only),
    row(16, "slow", "the first content comes late", play=slow),
    row(17, "stalled_then_resumed", "a long silence, then the rest", play=stall_and_resume),
    row(18, "stalled_stream", "events stop, pings go on (variant silent)", play=stall),
    row(19, "stream_reset", "reset in mid-stream", play=stream_reset),
    row(20, "throughput_collapse", "tokens drip", class_name="slow", play=collapse),
)
