"""Views in the language that is spoken now: only what readers read differs, never a machine word."""

import msgspec

from statuspage.domain.languages import ENGLISH
from statuspage.domain.speech import decided_by, headline, label, reason, with_detour
from statuspage.domain.view import ModelView, PageView
from statuspage.render.language import language, tr


def in_words(model: ModelView) -> ModelView:
    """The model with its label, its reason and its rule in the language that is spoken now."""
    told = model.reading
    if language() == ENGLISH or told is None:
        return model
    said = reason(model.name, told, tr)
    if model.detour is not None:
        said = with_detour(said, model.detour, model.detour_name, tr)
    return msgspec.structs.replace(model, label=label(told, tr), reason=said, decided_by=decided_by(told, tr))


def page_in_words(page: PageView) -> PageView:
    """The page with its headline and all its models in the language that is spoken now."""
    if language() == ENGLISH:
        return page
    sentence = headline(page.spoken, tr) if page.spoken else page.sentence
    return msgspec.structs.replace(page, models=tuple(map(in_words, page.models)), sentence=sentence)
