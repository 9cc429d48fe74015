"""Views in the language that is spoken now: only what readers read differs, never a machine word."""

from functools import lru_cache

import msgspec

from statuspage.domain.incident import Incident
from statuspage.domain.languages import ENGLISH
from statuspage.domain.maintenance import Maintenance
from statuspage.domain.notice import Notice
from statuspage.domain.retelling import retold, retold_notice, retold_update
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
    return msgspec.structs.replace(
        page,
        models=tuple(map(in_words, page.models)),
        sentence=headline(page.spoken, tr) if page.spoken else page.sentence,
        incidents=tuple(map(incident_in_words, page.incidents)),
        archive=tuple(map(incident_in_words, page.archive)),
        maintenances=tuple(map(_maintenance_in_words, page.maintenances)),
    )


def incident_in_words(incident: Incident) -> Incident:
    """The incident with what the monitor said of it in the language that is spoken now."""
    return incident if language() == ENGLISH else _incident(incident, language())


def notice_in_words(notice: Notice) -> Notice:
    """What somebody is told, in the language that is spoken now."""
    return notice if language() == ENGLISH else retold_notice(notice, tr)


@lru_cache(maxsize=1024)
def _incident(incident: Incident, _language: str) -> Incident:
    return retold(incident, tr)


def _maintenance_in_words(maintenance: Maintenance) -> Maintenance:
    updates = tuple(retold_update(update, tr) for update in maintenance.updates)
    return msgspec.structs.replace(maintenance, updates=updates)
