"""Whether the configured ids are in what the account is shown, and what they cost."""

from collections.abc import Sequence

from statuspage.config.fleet import Model, Provider
from statuspage.domain.catalog import entry_of
from statuspage.domain.model import nearest
from statuspage.service.doctor.finding import Exam, Finding, State, Step
from statuspage.vendors.listing import ListedModel, Listing


def entitlement_findings(
    provider: Provider, models: Sequence[Model], names: Sequence[str], exams: Sequence[Exam]
) -> list[Finding]:
    """A problem for each id that no key may use, a warning for one that some may not; else one good word."""

    def said(state: State, message: str, fix: str | None = None) -> Finding:
        return Finding(provider=provider.name, step=Step.ENTITLEMENT, state=state, message=message, fix=fix)

    listings = {name: exam.models for name, exam in zip(names, exams, strict=True) if exam.models}
    if not listings:
        return [said(State.UNKNOWN, "Which models the account may use is not known, as there is no list.")]
    if not models and provider.discover is not None:
        return [said(State.OK, "The models are taken from the list, by discover.")]
    if not models:
        return [said(State.WARNING, "No model of this provider is configured.", "List some under models, or add discover.")]
    found = []
    for model in models:
        lacking = [name for name, listed in listings.items() if Listing(status=200, models=listed).find(model.id) is None]
        if len(lacking) == len(listings):
            found.append(_missing(provider, model, next(iter(listings.values()))))
        elif lacking:
            message = f"{model.id} is listed, but not for {', '.join(lacking)}."
            found.append(said(State.WARNING, message, "Use keys of accounts with the same plan."))
        else:
            entry = Listing(status=200, models=next(iter(listings.values()))).find(model.id)
            if entry is not None and entry.expires_on is not None:
                message = f"{model.id} is listed until {entry.expires_on}."
                found.append(said(State.WARNING, message, "Plan for its successor."))
    return found or [said(State.OK, f"{_all(len(models))} listed for this account.")]


def _all(number: int) -> str:
    return "The one configured model is" if number == 1 else f"All {number} configured models are"


def _missing(provider: Provider, model: Model, listed: Sequence[ListedModel]) -> Finding:
    ids = {each.id.casefold(): each.id for each in listed}
    near = nearest(model.id.casefold(), ids)
    proposal = f"Did you mean {ids[near]}? " if near else ""
    if model.id.lower() in provider.vendor.retired:
        message = f"{model.id} is retired at {provider.vendor.title}."
        fix = f"{proposal}Remove the model or name its successor; its history is kept under aliases."
    else:
        message = f"{model.id} is not listed for this account: the id is wrong, or its plan does not include it."
        fix = f"{proposal}Correct the id, raise the account's plan, or remove the model."
    return Finding(provider=provider.name, step=Step.ENTITLEMENT, state=State.PROBLEM, message=message, fix=fix)


def price_finding(provider: Provider, models: Sequence[Model], exams: Sequence[Exam]) -> Finding | None:
    """For which models the price is known, from the configuration or from the list; None without models."""
    if not models:
        return None
    listed = Listing(status=200, models=next((exam.models for exam in exams if exam.models), None))
    unknown = [model.id for model in models if model.price is None and not _priced(listed.find(model.id))]
    configured = sum(model.price is not None for model in models)
    if not unknown:
        discovered = len(models) - configured
        message = f"All prices are known: {configured} configured, {discovered} from the list."
        return Finding(provider=provider.name, step=Step.PRICES, state=State.OK, message=message)
    shown = ", ".join(unknown[:5]) + (f" and {len(unknown) - 5} more" if len(unknown) > 5 else "")
    return Finding(
        provider=provider.name,
        step=Step.PRICES,
        state=State.UNKNOWN,
        message=f"No price is known for {shown}.",
        fix="Write price: {input: …, output: …} in USD per million tokens, so that costs can be counted.",
    )


def _priced(entry: ListedModel | None) -> bool:
    if entry is None:
        return False
    said = entry_of(entry.id, entry.raw)
    return said.input_usd is not None and said.output_usd is not None
