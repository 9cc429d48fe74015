"""The template engine: strict about names, escaping everything, read whole at construction."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from statuspage.domain.classes import CLASSES
from statuspage.domain.clock import rfc3339
from statuspage.domain.languages import LANGUAGES
from statuspage.domain.model import slug_of
from statuspage.domain.words import Status
from statuspage.render import figures
from statuspage.render.assets import Assets
from statuspage.render.language import language, ntr, tr
from statuspage.render.looks import FAULTS, IMPACTS, LOOKS, STAGES, TOOL_STATES
from statuspage.render.markdown import rendered
from statuspage.render.script_words import script_words


def build_environment(templates: Path, assets: Assets) -> Environment:
    """Loads and compiles every template of the folder; rendering reads nothing from disk."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        cache_size=-1,
    )
    environment.install_gettext_callables(tr, ntr, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    environment.globals.update(
        asset=assets.path,
        language=language,
        languages=LANGUAGES,
        script_words=script_words,
        labels={known.name: known.label for known in CLASSES.values()},
        looks={status: LOOKS[status] for status in Status},
        fault_words=FAULTS,
        impacts=IMPACTS,
        stages=STAGES,
        tool_states=TOOL_STATES,
        drawings={status: Markup(LOOKS[status].drawing) for status in Status},  # noqa: S704 - our own constants
    )
    environment.filters.update(
        percent=figures.percent,
        ms=figures.milliseconds,
        span=figures.duration,
        minutes=figures.minutes,
        usd=figures.usd,
        day=figures.day,
        month=figures.month,
        kept=figures.kept,
        usd_call=figures.usd_call,
        usd_month=figures.usd_month,
        markdown=rendered,
        moment=_moment,
        second=_second,
        clock=figures.clock,
        short_day=figures.short_day,
        slug=slug_of,
        sentence=figures.sentence,
    )
    for name in environment.list_templates():
        environment.get_template(name)
    return environment


def _moment(at_ms: int) -> Markup:
    return _time(at_ms, figures.moment(at_ms))


def _second(at_ms: int) -> Markup:
    return _time(at_ms, figures.second(at_ms))


def _time(at_ms: int, text: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(rfc3339(at_ms), text)
