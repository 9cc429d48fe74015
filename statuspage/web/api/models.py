"""`/api/v1/models` with a question, and the evidence of one model."""

from typing import Final

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from statuspage.domain.clock import rfc3339
from statuspage.domain.view import WINDOWS, ModelView
from statuspage.render.documents import assemble, fragment
from statuspage.render.encoded import encode
from statuspage.render.headers import SHORT, headers_for
from statuspage.render.localised import in_words
from statuspage.render.model_documents import latency_document, model_document, samples_csv, samples_document, uptime_document
from statuspage.service.questions import Questions
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC
from statuspage.web.problems import UnknownModel
from statuspage.web.query import choice, moment_ms, whole_number

_JSON: Final = b"application/json"
_CSV: Final = b"text/csv; charset=utf-8; header=present"
_FORMATS: Final = ("json", "csv")
_MOST_SAMPLES: Final = 10_000
_USUAL_SAMPLES: Final = 500
_DAY_MS: Final = 86_400_000


@get("/api/v1/models")
async def models(request: AnyRequest, questions: NamedDependency[Questions]) -> Response[bytes]:
    """The dropdown document of some models: `keys=a,b`, `provider=name`; unknown keys are left out."""
    params = request.query_params
    page = questions.page()
    chosen = list(page.models)
    keys = params.getall("keys", [])
    if keys:
        wanted = {key.strip() for some in keys for key in some.split(",")}
        chosen = [model for model in chosen if model.key in wanted]
    if "provider" in params:
        chosen = [model for model in chosen if model.provider == params["provider"]]
    body = assemble(page, [fragment(in_words(model)) for model in chosen])
    return answer(request, encode(body, headers_for(_JSON, SHORT)))


@get("/api/v1/models/{slug:str}")
async def one_model(request: AnyRequest, slug: FromPath[str], questions: NamedDependency[Questions]) -> Response[bytes]:
    """All that is public about a model, its label and reason in the language of `lang`."""
    return answer(request, encode(model_document(in_words(_known(questions, slug))), headers_for(_JSON, SHORT)))


@get("/api/v1/models/{slug:str}/samples")
async def samples(request: AnyRequest, slug: FromPath[str], questions: NamedDependency[Questions]) -> Response[bytes]:
    """Single probes, oldest first; `next` is the address of the next page, null at the end."""
    params = request.query_params
    model = _known(questions, slug)
    now_ms = questions.now_ms()
    from_ms = moment_ms(params, "from", now_ms - _DAY_MS)
    to_ms = moment_ms(params, "to", now_ms + 1)
    limit = whole_number(params, "limit", _USUAL_SAMPLES, 1, _MOST_SAMPLES)
    form = choice(params, "format", _FORMATS, "json")
    found = await questions.samples(model.key, from_ms, to_ms, limit + 1)
    page, rest = found[:limit], found[limit:]
    if form == "csv":
        return answer(request, encode(samples_csv(page), headers_for(_CSV, SHORT)))
    following = None
    if rest:
        # Without a `to` of the reader's the address has none: it would change with every question.
        ends = f"&to={rfc3339(to_ms)}" if "to" in params else ""
        following = f"/api/v1/models/{slug}/samples?from={rfc3339(rest[0].sample.at_ms)}{ends}&limit={limit}"
    return answer(request, encode(samples_document(model.key, page, following), headers_for(_JSON, SHORT)))


@get("/api/v1/models/{slug:str}/uptime")
async def uptime(request: AnyRequest, slug: FromPath[str], questions: NamedDependency[Questions]) -> Response[bytes]:
    """Uptime of one window with its days."""
    window = choice(request.query_params, "window", WINDOWS, "90d")
    return answer(request, encode(uptime_document(_known(questions, slug), window), headers_for(_JSON, SHORT)))


@get("/api/v1/models/{slug:str}/latency")
async def latency(request: AnyRequest, slug: FromPath[str], questions: NamedDependency[Questions]) -> Response[bytes]:
    """Latencies of one window: by hour up to 7 days, by day beyond."""
    window = choice(request.query_params, "window", WINDOWS, "24h")
    model = _known(questions, slug)
    points = await questions.latency(model.key, window)
    return answer(request, encode(latency_document(model.key, window, points), headers_for(_JSON, SHORT)))


def _known(questions: Questions, slug: str) -> ModelView:
    model = questions.model(slug)
    if model is None:
        raise UnknownModel(slug)
    return model


router: Final = Router(path="/", route_handlers=[models, one_model, samples, uptime, latency], opt=PUBLIC)
