"""`statuspage route`: which model to call now."""

import asyncio
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import click
import msgspec
from rich.console import Console
from rich.text import Text

from statuspage.cli.options import BAD_CONFIG, config_option, load_or_exit
from statuspage.cli.steering import listing
from statuspage.domain.errors import StorageError
from statuspage.domain.selection import Capability, Preference, Question

_PATH: Final = "/api/v1/route"
_NOTHING_SUITABLE: Final = 1
_ANSWERS: Final = (400, 503)


class _Tools(msgspec.Struct):
    state: str
    low: float


class _Candidate(msgspec.Struct):
    model: str
    success_low: float | None
    tools: _Tools | None
    usd_per_successful_call: float | None
    first_content_p50: int | None


class _Choice(msgspec.Struct):
    model: str
    why: list[str]


class _Rejection(msgspec.Struct):
    model: str
    why: str


class _Answer(msgspec.Struct):
    """The answer, or the problem that stands for it."""

    choice: _Choice | None = None
    candidates: list[_Candidate] = []
    rejected: list[_Rejection] = []
    status: int = 200
    detail: str = ""


@click.command()
@config_option
@click.option("--capability", type=click.Choice([each.value for each in Capability]), default="chat", show_default=True)
@click.option("--max-price", type=click.FloatRange(min=0, min_open=True), help="US dollars of a typical call that succeeds.")
@click.option("--prefer", type=click.Choice([each.value for each in Preference]), default="price", show_default=True)
@click.option("--models", metavar="KEY,KEY", help="Only of these.")
@click.option("--user", metavar="NAME", help="Whose side of a percentage rollout counts.")
@click.option("--json", "as_json", is_flag=True, help="Print the document of /api/v1/route.")
@click.option("--url", help="Ask a running server instead of the database, such as http://127.0.0.1:8000.")
def route(  # noqa: PLR0913 - options
    *,
    config: Path,
    capability: str,
    max_price: float | None,
    prefer: str,
    models: str | None,
    user: str | None,
    as_json: bool,
    url: str | None,
) -> None:
    """Say which model to call now, and why: proven, working, the cheapest or the fastest.

    Exit status 0 with a choice, 1 where nothing is suitable, 2 for what was typed wrong.
    """
    keys = None if models is None else tuple(each.strip() for each in models.split(",") if each.strip())
    question = Question(capability=Capability(capability), preference=Preference(prefer), max_usd=max_price, keys=keys or None)
    body = asyncio.run(_from_server(url, question, user)) if url else _from_database(config, question, user)
    found = msgspec.json.decode(body, type=_Answer)
    if found.choice is None and found.status not in (200, 503):
        click.echo(f"Error: {found.detail}", err=True)
        sys.exit(BAD_CONFIG)
    if as_json:
        click.echo(body.decode())
    else:
        _show(found, Console())
    if found.choice is None:
        sys.exit(_NOTHING_SUITABLE)


def _from_database(config: Path, question: Question, user: str | None) -> bytes:
    loaded_config = load_or_exit(config)
    from statuspage.app.running import loaded
    from statuspage.render.route import nothing_document

    async def read() -> bytes:
        async with loaded(loaded_config) as product:
            found = product.flagging.routing.ask(question, user, explain=True)
            return nothing_document(found.selection) if found.document is None else found.document.body

    try:
        return asyncio.run(read())
    except StorageError as error:
        raise click.ClickException(str(error)) from None


async def _from_server(url: str, question: Question, user: str | None) -> bytes:
    from statuspage.outbound.fetch import FetchError, fetch

    asked = {
        "capability": question.capability.value,
        "prefer": question.preference.value,
        "max_price": question.max_usd,
        "models": None if question.keys is None else ",".join(question.keys),
        "user": user,
        "explain": "",
    }
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    try:
        body = await fetch(f"{url.rstrip('/')}{_PATH}?{query}", also=_ANSWERS)
        msgspec.json.decode(body, type=_Answer)
    except FetchError as error:
        raise click.ClickException(f"{url} does not answer: {error}") from None
    except msgspec.DecodeError:
        raise click.ClickException(f"{url} is no statuspage: {_PATH} is not the document expected") from None
    return body


def _show(found: _Answer, console: Console) -> None:
    if found.choice is None:
        console.print("Nothing is suitable.")
    else:
        console.print(Text.assemble((found.choice.model, "bold"), f": {', '.join(found.choice.why)}"), soft_wrap=True)
    if len(found.candidates) > 1:
        table = listing("Succeeds", "Tools", "A success", "First word", folded=("Model",))
        for each in found.candidates:
            table.add_row(
                "–" if each.success_low is None else f"≥ {each.success_low * 100:.1f} %",
                "–" if each.tools is None else f"{each.tools.state} ≥ {each.tools.low * 100:.0f} %",
                "–" if each.usd_per_successful_call is None else f"${each.usd_per_successful_call:.5f}",
                "–" if each.first_content_p50 is None else f"{each.first_content_p50} ms",
                each.model,
            )
        console.print(table)
    for rejected in found.rejected:
        console.print(Text(f"not {rejected.model}: {rejected.why}"), soft_wrap=True)
