"""What exists is documented: classes, commands, configuration keys, addresses, decisions."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pytest

from statuspage.cli import main
from statuspage.config.schema import ConfigFile
from statuspage.domain.classes import CLASSES
from statuspage.render.openapi.operations import OPERATIONS
from statuspage.web.addresses import ADDRESSES
from tests.generated import DOCS, DOCUMENTS

CHECKOUT = DOCS.parent


def _read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_generated_document_is_up_to_date(name: str) -> None:
    assert _read(name) == DOCUMENTS[name](), f"docs/{name} is not what the code says; run `make docs`"


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_is_documented(name: str) -> None:
    assert f"| `{name}` |" in _read("classes.md")


def test_every_command_is_documented() -> None:
    context = click.Context(main)
    text = _read("commands.md")
    missing = [name for name in main.list_commands(context) if f"\n## {name}\n" not in text]
    assert missing == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_documented(address: str) -> None:
    assert f"| `{address}` |" in _read("api.md")


def test_every_address_is_described_and_nothing_else() -> None:
    described = {each.path for each in OPERATIONS if each.method == "get"}
    public = {address for address in ADDRESSES if not address.startswith("/admin")}
    assert public - {each.path for each in OPERATIONS} == set(), "add a row to statuspage/render/openapi/operations.py"
    assert described - public == set()


def _keys(kind: type[msgspec.Struct], seen: set[type]) -> Iterator[str]:
    if kind in seen:
        return
    seen.add(kind)
    for field in msgspec.structs.fields(kind):
        yield field.encode_name
        for inner in _structs(msgspec.inspect.type_info(field.type)):
            yield from _keys(inner, seen)


def _structs(info: msgspec.inspect.Type) -> Iterator[type[msgspec.Struct]]:
    match info:
        case msgspec.inspect.StructType(cls=cls):
            yield cls
        case msgspec.inspect.Metadata(type=inner):
            yield from _structs(inner)
        case msgspec.inspect.UnionType(types=types):
            for inner in types:
                yield from _structs(inner)
        case msgspec.inspect.DictType(value_type=inner) | msgspec.inspect.VarTupleType(item_type=inner):
            yield from _structs(inner)


def test_every_configuration_key_is_documented() -> None:
    text = _read("configuration.md")
    keys = set(_keys(ConfigFile, set()))
    assert {"site", "probing", "interval", "api_key", "models"} <= keys
    assert {key for key in keys if not re.search(rf"`([a-z_.*<>]+\.)?{key}`", text)} == set()


def _documents() -> list[Path]:
    return [*DOCS.rglob("*.md"), CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", CHECKOUT / "CHANGELOG.md"]


@pytest.mark.parametrize("path", _documents(), ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", _documents(), ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_files_that_documents_name_are_there(path: Path) -> None:
    named = re.findall(
        r"`((?:statuspage|tests|templates|static|benchmarks|docs|migrations)/[\w./-]*)`", path.read_text(encoding="utf-8")
    )
    assert [name for name in named if not (CHECKOUT / name).exists()] == []


def test_decisions_are_listed() -> None:
    index = _read("decisions/README.md")
    records = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert [name for name in records if f"({name})" not in index] == []
