"""What a model's page says beyond the model itself: probes in words, days as a table, snippets to copy."""

from html import escape
from typing import Final
from urllib.parse import quote

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.passive import fault_of
from statuspage.domain.sample import Sample
from statuspage.domain.view import DayView, ModelView, PageView, SiteView
from statuspage.domain.words import Fault
from statuspage.render.embed import frame_html
from statuspage.render.figures import DASH, day, minutes, percent
from statuspage.render.language import tr

EVIDENCE_ROWS: Final = 20
MAX_EVIDENCE_CHARS: Final = 300

BLAME: Final = {
    Fault.NONE: "",
    Fault.PROVIDER: "the vendor",
    Fault.ROUTER: "the router",
    Fault.ACCOUNT: "our account",
    Fault.MONITOR: "our monitor",
    Fault.CLIENT: "our configuration",
}


BLAME_OF_CALLS: Final = {
    **BLAME,
    Fault.ACCOUNT: "the program's account",
    Fault.MONITOR: "the program itself",
    Fault.CLIENT: "the program's configuration",
}


class ProbeRow(msgspec.Struct, frozen=True):
    """One probe for the table of evidence; `times` are milliseconds, phase by phase."""

    at_ms: int
    label: str
    judgement: str
    blame: str
    message: str | None
    evidence: str | None
    http: str
    times: tuple[float | None, ...]
    request_id: str | None


def probe_rows(samples: tuple[Sample, ...]) -> list[ProbeRow]:
    """The newest probes in words, newest first."""
    return [_probe(sample) for sample in samples[:EVIDENCE_ROWS]]


def _probe(sample: Sample) -> ProbeRow:
    timings = sample.timings_ms
    evidence = sample.evidence
    if evidence is not None and len(evidence) > MAX_EVIDENCE_CHARS:
        evidence = f"{evidence[:MAX_EVIDENCE_CHARS]}…"
    return ProbeRow(
        at_ms=sample.at_ms,
        label=_label(sample.class_name),
        judgement=sample.judgement.value,
        blame=BLAME[sample.fault],
        message=sample.message,
        evidence=evidence,
        http=DASH if sample.http_status is None else str(sample.http_status),
        times=(timings.resolve, timings.connect, timings.tls, timings.headers, timings.first_content, timings.total),
        request_id=sample.request_id,
    )


def instead(page: PageView, model: ModelView) -> str | None:
    """What to use instead, by name; the same model elsewhere is named with its place."""
    other = next((each for each in page.models if each.key == model.use_instead), None)
    if other is None:
        return model.use_instead
    if other.name != model.name:
        return other.name
    return tr("{model} at {provider}").format(model=other.name, provider=page.provider_names.get(other.provider, other.provider))


class ToldRow(msgspec.Struct, frozen=True):
    """What some calls of programs met, in words, and how many did."""

    label: str
    blame: str
    calls: int


def told_rows(model: ModelView) -> list[ToldRow]:
    """What programs told of, the commonest first."""
    told = () if model.programs is None else model.programs.classes
    return [ToldRow(_label(name), BLAME_OF_CALLS[fault_of(name)], calls) for name, calls in told]


def _label(class_name: str) -> str:
    known = CLASSES.get(class_name)
    return "Works" if class_name == "ok" else class_name if known is None else known.label


class DayRow(msgspec.Struct, frozen=True):
    """One day as cells of text, the first being the day itself, and the ids of its incidents."""

    cells: tuple[str, ...]
    incidents: tuple[str, ...]


def day_rows(days: tuple[DayView, ...]) -> list[DayRow]:
    """The days, newest first."""
    return [DayRow(_day_cells(one), one.incidents) for one in reversed(days)]


def _day_cells(one: DayView) -> tuple[str, ...]:
    spent = one.minutes
    lost = (
        spent.major_outage,
        spent.partial_outage + spent.degraded_performance,
        spent.under_maintenance,
        spent.no_data,
    )
    return (
        day(one.date),
        percent(one.ratio) if one.judged else DASH,
        str(one.judged),
        str(one.failed),
        *(minutes(value) if value else DASH for value in lost),
    )


def snippets(model: ModelView, site: SiteView) -> list[tuple[str, str]]:
    """Name and text of what people copy into their own pages."""
    base = site.url.rstrip("/")
    badge = f"{base}/badge/{model.slug}.svg"
    module = f'<script type="module" src="{base}/embed.js"></script>'
    name = model.name.replace("[", "(").replace("]", ")")
    attribute = escape(name)
    return [
        ("Markdown", f"[![{name}]({badge})]({model.url})"),
        ("HTML", f'<a href="{model.url}"><img src="{badge}" alt="{attribute}"></a>'),
        ("shields.io", f"https://img.shields.io/endpoint?url={quote(f'{base}/badge/{model.slug}.json', safe='')}"),
        ("Element", f'{module}\n<llm-status model="{escape(model.key)}"></llm-status>'),
        (
            "Select",
            f'{module}\n<select data-llm-status>\n  <option value="{escape(model.key)}">{escape(model.name)}</option>\n</select>',
        ),
        ("Frame", frame_html(model, site)),
        ("JSON", f"curl {base}/api/v1/models/{model.slug}"),
    ]
