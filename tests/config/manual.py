"""`docs/configuration.md`, written from the schema: `python -m tests.config.manual`; test_manual.py compares."""

from pathlib import Path
from typing import Final

import msgspec
from msgspec import inspect

from statuspage.config.schema import ConfigFile
from statuspage.config.shapes import called, unwrap

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "configuration.md"
NOT_YET: Final = frozenset(
    {
        "site.private",
        "site.contact",
        "publish",
    }
)
"""Keys (with all below them) that are read and checked, and have no effect in this version."""

TITLES: Final = {
    "": ("The file", "Every key at the top of the file. Only `providers` is needed."),
    "site": ("`site`", "The page itself."),
    "probing": ("`probing`", "How models are probed, unless their provider or they themselves say otherwise."),
    "probing.confirm": (
        "`confirm`",
        "The burst of probes after a first failure; in `probing`, in a provider and in a model, key by key.",
    ),
    "providers.NAME": (
        "`providers`",
        "One entry an account, under a name of your choice (no slash): it begins the keys of its models.",
    ),
    "providers.NAME.discover": ("`discover`", "Models to add from what the vendor's `/models` lists."),
    "providers.NAME.models[]": ("`models`", "A list of ids, or of mappings with these keys."),
    "providers.NAME.models[].price": ("`price`", "US dollars per million tokens."),
    "providers.NAME.models[].route": ("`route`", "How a router shall route the probes of a model."),
    "budget": (
        "`budget`",
        "A hard cap of the money that probing may cost; at the top of the file for all, in a provider for it alone.",
    ),
    "notify[]": ("`notify`", "A list of channels that tell people what changed."),
    "oidc": ("`oidc`", "Another party that signs people in."),
    "mail": ("`mail`", "The mail server behind channels of kind `email`."),
    "passive": ("`passive`", "What programs tell of their own calls; see [the client](client.md#passive-samples)."),
    "retention": ("`retention`", "How long history is kept: durations, or `forever`."),
    "publish": ("`publish`", "The page as static files. Not together with `site.private`."),
}

PARTLY: Final = {
    "database": "SQLite",
}
"""Keys of which a part has effect."""

MARK: Final = "<!-- From here on written by `python -m tests.config.manual`. -->\n"


def document() -> str:
    """The written part as it stands, and the tables as the schema has them."""
    written, _, _ = DOCUMENT.read_text(encoding="utf-8").partition(MARK)
    sections = (f"\n### {TITLES[path][0]}\n\n{TITLES[path][1]}\n\n{_table(path, shape)}" for path, shape in _sections())
    return written + MARK + "".join(sections)


def _sections() -> list[tuple[str, inspect.StructType]]:
    """Each kind of section once, at its first place."""
    found: dict[type, tuple[str, inspect.StructType]] = {}

    def visit(shape: inspect.Type, path: str) -> None:
        bare, _ = unwrap(shape)
        match bare:
            case inspect.StructType(cls=cls, fields=fields) if cls not in found:
                found[cls] = (path, bare)
                for field in fields:
                    visit(field.type, f"{path}.{field.encode_name}".lstrip("."))
            case inspect.DictType(value_type=inner):
                visit(inner, f"{path}.NAME")
            case inspect.VarTupleType(item_type=inner):
                visit(inner, f"{path}[]")
            case inspect.UnionType(types=types):
                for each in types:
                    visit(each, path)

    visit(inspect.type_info(ConfigFile), "")
    by_path = {path.replace("providers.NAME.budget", "budget"): shape for path, shape in found.values()}
    return [(path, by_path[path]) for path in TITLES]


def _table(path: str, shape: inspect.StructType) -> str:
    rows = ["| key | type | default | meaning | example | in effect |", "|---|---|---|---|---|---|"]
    for field in shape.fields:
        place = f"{path}.{field.encode_name}".lstrip(".")
        meta = _meta(field.type)
        examples = meta.get("examples")
        example = f"`{_yaml(examples[0])}`" if isinstance(examples, list) and examples else ""
        effect = "not yet" if _not_yet(place) else PARTLY.get(place, "yes")
        row = (f"`{field.encode_name}`", _type(field.type), _default(field), str(meta.get("description", "")), example, effect)
        rows.append("| " + " | ".join(row) + " |")
    return "\n".join(rows) + "\n"


def _not_yet(place: str) -> bool:
    return any(place == key or place.startswith((f"{key}.", f"{key}[")) for key in NOT_YET)


def _meta(shape: inspect.Type) -> dict[str, object]:
    return dict(shape.extra_json_schema or {}) if isinstance(shape, inspect.Metadata) else {}


def _type(shape: inspect.Type) -> str:
    bare, extra = unwrap(shape)
    words = {"duration": "duration", "retained": "duration or `forever`", "http_url": "URL", "reference": "reference"}
    match bare:
        case inspect.UnionType(types=types):
            return " or ".join(_type(each) for each in types)
        case inspect.VarTupleType(item_type=inner):
            return f"list of {_type(inner)}"
        case inspect.LiteralType(values=values):
            return " or ".join(f"`{value}`" for value in values)
        case inspect.EnumType(cls=cls):
            return ", ".join(f"`{value}`" for value in cls)
    return words.get(str(extra.get("check")), called(bare))


def _default(field: inspect.Field) -> str:
    if field.required:
        return "**needed**"
    if field.default in {msgspec.NODEFAULT, ()} or isinstance(field.default, msgspec.Struct):
        return "–"
    return f"`{_yaml(field.default)}`"


def _yaml(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_yaml(each) for each in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if str(value).startswith("*") else str(value)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
