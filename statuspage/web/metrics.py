"""What Prometheus reads: `/metrics`, `/probe`, `/sd/targets.json`."""

from collections.abc import Callable, Mapping
from typing import Final

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage.domain.tally import Tally
from statuspage.render.encoded import encode
from statuspage.render.headers import NO_STORE, SHORT, headers_for
from statuspage.render.metrics import exposed, page_metrics, probe_metrics
from statuspage.service.questions import Questions
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC
from statuspage.web.problems import BadRequest, UnknownModel


class Instruments(msgspec.Struct, frozen=True, kw_only=True):
    """What is told beside the page: probes of this process, messages that wait, by channel, users, by flag.

    `reloaded` is whether the newest configuration is in effect.
    """

    tally: Tally
    waiting: Callable[[], Mapping[str, int]]
    shares: Callable[[], Mapping[str, float]] = dict
    reloaded: Callable[[], bool] = lambda: True


@get("/metrics")
async def metrics(
    request: AnyRequest, questions: NamedDependency[Questions], instruments: NamedDependency[Instruments]
) -> Response[bytes]:
    """The page and the process as metrics, in Prometheus's text format or OpenMetrics."""
    families = page_metrics(
        questions.page(),
        instruments.tally,
        instruments.waiting(),
        instruments.shares(),
        reloaded=instruments.reloaded(),
    )
    return _exposed(*exposed(families, request.headers.get("accept", ""), process=True))


@get("/probe")
async def probe(request: AnyRequest, questions: NamedDependency[Questions]) -> Response[bytes]:
    """The newest probe of `?target={key}` under blackbox_exporter's names; nothing is asked for it."""
    key = request.query_params.get("target")
    if not key:
        raise BadRequest("target is missing: /probe?target=provider/model-id; /sd/targets.json lists them")
    model = next((model for model in questions.page().models if model.key == key), None)
    if model is None:
        raise UnknownModel(key)
    return _exposed(*exposed(probe_metrics(model, questions.now_ms()), request.headers.get("accept", "")))


@get("/sd/targets.json")
async def targets(request: AnyRequest, questions: NamedDependency[Questions]) -> Response[bytes]:
    """HTTP service discovery: the keys of public models, by provider."""
    of_provider: dict[str, list[str]] = {}
    for model in questions.page().models:
        of_provider.setdefault(model.provider, []).append(model.key)
    found = [{"targets": keys, "labels": {"provider": provider}} for provider, keys in of_provider.items()]
    return answer(request, encode(msgspec.json.encode(found), headers_for(b"application/json", SHORT)))


def _exposed(body: bytes, media_type: bytes) -> Response[bytes]:
    headers = headers_for(media_type, NO_STORE)
    return Response(body, headers={name.decode(): value.decode() for name, value in headers}, media_type=media_type.decode())


router: Final = Router(path="/", route_handlers=[metrics, probe, targets], opt=PUBLIC)
