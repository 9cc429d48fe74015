"""The documents that are written from the code's own tables; `make docs` writes them, tests/test_docs.py compares."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

import click

from statuspage import paths
from statuspage.cli import main
from statuspage.domain.classes import CLASSES, FailureClass, judge
from tests.vendors.failures_doc import failures_document

DOCS: Final = paths.STATIC.parent / "docs"


def _intro(title: str, sentence: str) -> Iterator[str]:
    yield f"# {title}"
    yield ""
    yield "<!-- Written by `make docs`. -->"
    yield ""
    yield sentence


def _ceiling(row: FailureClass) -> str:
    judgement = judge(row.name, row.fault)
    if judgement.value in {"ok", "excluded"}:
        return "-"
    return "yellow" if row.yellow_at_most else "red"


def classes_document() -> str:
    """Every class, by fault, in the order of the table."""
    lines = list(
        _intro(
            "Classes",
            "Everything a probe can end in, and who is to blame. Only fault `provider` and `router` can turn a model yellow or\n"
            "red; `excluded` samples count neither for nor against it. *At worst* is the worst colour that confirmed samples of\n"
            "this class alone can give. *Client* says what your own client should do with such an answer.",
        )
    )
    for fault, rows in groupby(sorted(CLASSES.values(), key=lambda row: _FAULTS.index(row.fault.value)), lambda row: row.fault):
        lines += ["", f"## Fault `{fault.value}`", "", _FAULT_SAYS[fault.value], ""]
        lines += ["| class | counts as | at worst | client | says «the model …» |", "|---|---|---|---|---|"]
        for row in rows:
            retry = "-" if row.retry is None else row.retry.value
            lines.append(f"| `{row.name}` | {judge(row.name, row.fault).value} | {_ceiling(row)} | {retry} | {row.says} |")
    return "\n".join(lines) + "\n"


_FAULTS: Final = ("none", "provider", "router", "account", "client", "monitor")
_FAULT_SAYS: Final = {
    "none": "It answered.",
    "provider": "The vendor is to blame, so it may cost colour.",
    "router": "A router's own account or upstream is to blame; classes above take this fault too when a router caused them.",
    "account": "Our account at the vendor is to blame: grey.",
    "client": "Our configuration is to blame: grey.",
    "monitor": "The monitor itself is to blame: grey.",
}


def commands_document() -> str:
    """Every command with its options, from click's own help."""
    lines = list(_intro("Commands", "Every command takes `--help`. Options of a command come after its name."))
    context = click.Context(main, info_name="statuspage")
    for name in sorted(main.list_commands(context)):
        command = main.get_command(context, name)
        assert command is not None
        lines += _command_lines(command, name, context, "##")
    return "\n".join(lines) + "\n"


def _command_lines(command: click.Command, name: str, parent: click.Context, heading: str) -> Iterator[str]:
    """A command's help, and below it that of the commands it gathers."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
    shown = command.get_help(context)
    title = name if heading == "##" else f"{parent.info_name} {name}"
    yield from ("", f"{heading} {title}", "", "```text", *(line.rstrip() for line in shown.splitlines()), "```")
    if isinstance(command, click.Group):
        for inner in sorted(command.list_commands(context)):
            below = command.get_command(context, inner)
            assert below is not None
            yield from _command_lines(below, inner, context, f"{heading}#")


DOCUMENTS: Final[dict[str, Callable[[], str]]] = {
    "classes.md": classes_document,
    "commands.md": commands_document,
    "failures.md": failures_document,
}

if __name__ == "__main__":
    for file_name, write in DOCUMENTS.items():
        (DOCS / file_name).write_text(write(), encoding="utf-8")
        print(f"docs/{file_name}")
