"""The page of methods, written from the running configuration, the policy and the table of classes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

import msgspec
from jinja2 import Environment

from statuspage.domain.classes import CLASSES, FailureClass, judge
from statuspage.domain.method import PROMPT_TOKENS, QUESTION, Profile
from statuspage.domain.view import PageView, PriceView
from statuspage.domain.words import Fault, Judgement
from statuspage.render.icon import icon
from statuspage.render.sheets import Sheet

PATH: Final = "/methodology"
_NAMED: Final = 6
"""Models of a profile that are named; of more the rest is counted."""
_FAULTS: Final = (Fault.NONE, Fault.PROVIDER, Fault.ROUTER, Fault.ACCOUNT, Fault.CLIENT, Fault.MONITOR)


class Way(msgspec.Struct, frozen=True):
    """One profile with its models by name, and what it costs at most in a month of 30 days (None: no price is known)."""

    profile: Profile
    names: tuple[str, ...]
    more: int
    requests: int
    usd: float | None
    unpriced: int


class ClassRow(msgspec.Struct, frozen=True):
    """One class: its name, its label, how it counts, and the worst colour it can give alone."""

    name: str
    label: str
    counts: str
    colour: str


class Methodology:
    """`/methodology`."""

    def __init__(self, environment: Environment) -> None:
        self._template: Final = environment.get_template("methodology.html")

    def sheets(self, page: PageView) -> list[Sheet]:
        """The one page; prices and models are what may change while the process runs."""
        return [Sheet(path=PATH, shows=(page.site, page.method, _ways(page)), body=lambda: self.page(page))]

    def page(self, page: PageView) -> bytes:
        """How everything is measured."""
        ways = _ways(page)
        return self._template.render(
            page=page,
            site=page.site,
            icon=icon(page.status),
            method=page.method,
            policy=page.method.policy,
            ways=ways,
            requests=sum(way.requests for way in ways),
            usd=sum(way.usd or 0.0 for way in ways),
            unpriced=sum(way.unpriced for way in ways),
            question=QUESTION,
            prompt_tokens=PROMPT_TOKENS,
            numbers=[(name, f"{value:g}") for name, value in msgspec.structs.asdict(page.method.policy).items()],
            faults=list(_faults()),
        ).encode()


def unmistakable(page: PageView) -> dict[str, str]:
    """The name of each model by key, with its provider where several have the same."""
    often = Counter(model.name for model in page.models)
    return {
        model.key: model.name
        if often[model.name] == 1
        else f"{model.name} ({page.provider_names.get(model.provider, model.provider)})"
        for model in page.models
    }


def _ways(page: PageView) -> tuple[Way, ...]:
    names = unmistakable(page)
    prices = {model.key: model.price for model in page.models}
    return tuple(_way(profile, names, prices) for profile in page.method.profiles)


def _way(profile: Profile, names: Mapping[str, str], prices: Mapping[str, PriceView | None]) -> Way:
    named = [names[key] for key in profile.models if key in names]
    known = [price for key in profile.models if (price := prices.get(key)) is not None]
    return Way(
        profile=profile,
        names=tuple(named[:_NAMED]),
        more=max(0, len(named) - _NAMED),
        requests=profile.requests_a_month * len(profile.models),
        usd=sum(profile.usd_a_month(price.input, price.output) for price in known) if known else None,
        unpriced=len(profile.models) - len(known),
    )


def _faults() -> Iterator[tuple[Fault, list[ClassRow]]]:
    rows = sorted(CLASSES.values(), key=lambda row: _FAULTS.index(row.fault))
    for fault, some in groupby(rows, key=lambda row: row.fault):
        yield fault, [_class_row(row) for row in some]


def _class_row(row: FailureClass) -> ClassRow:
    judgement = judge(row.name, row.fault)
    worst = "yellow" if row.yellow_at_most else "red"
    colour = {Judgement.OK: "green", Judgement.EXCLUDED: "grey"}.get(judgement, worst)
    special = {"model_retired": "grey", "maintenance": "blue"}
    return ClassRow(row.name, row.label, judgement.value, special.get(row.name, colour))
