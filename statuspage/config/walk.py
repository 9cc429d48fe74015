"""From the tree to the structs of `schema`, past every mistake: each is noted and the walk goes on.

A value that cannot be read is replaced by its default or by an empty one of the right type, so that
what else is wrong can still be found; a tree with problems yields no configuration.
"""

import math
from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from msgspec import Struct, inspect

from statuspage.config.interpolate import interpolate
from statuspage.config.paths import child, item
from statuspage.config.problem import Complaint, Problem, did_you_mean, one_of, quote
from statuspage.config.schema import ConfigFile
from statuspage.config.shapes import NUMBERS, blank, called, fits, unwrap
from statuspage.config.tree import Scalar, Tree, guess_scalar
from statuspage.config.values import CHECKS

Read = TypeVar("Read", bound=Struct)


class FileRead(Struct, frozen=True):
    """The file's values, what is wrong with them one by one, and the paths of keys that were misspelt."""

    file: ConfigFile
    problems: list[Problem]
    meant: frozenset[str]


def read_file(tree: dict[str, Tree], environ: Mapping[str, str]) -> FileRead:
    """The file's values as far as they can be read; never raises for what stands in the tree."""
    walk = _Walk(environ, _homes(ConfigFile))
    file = walk.whole(tree, ConfigFile)
    return FileRead(file, walk.problems, frozenset(walk.meant))


def read_as(tree: dict[str, Tree], kind: type[Read]) -> tuple[Read, list[Problem]]:
    """The values of another file of ours, that knows no variables, and what is wrong with them."""
    walk = _Walk({}, _homes(kind))
    return walk.whole(tree, kind), walk.problems


@cache
def _homes(kind: type[Struct]) -> dict[str, str]:
    """Where each key belongs; the outermost place where there are several."""
    homes: dict[str, str] = {}

    def visit(shape: inspect.Type, path: str) -> None:
        bare, _ = unwrap(shape)
        if isinstance(bare, inspect.StructType):
            for field in bare.fields:
                homes.setdefault(field.encode_name, path)
                visit(field.type, child(path, field.encode_name))
        elif isinstance(bare, inspect.DictType):
            visit(bare.value_type, f"{path}.…")
        elif isinstance(bare, inspect.VarTupleType):
            visit(bare.item_type, f"{path}[]")
        elif isinstance(bare, inspect.UnionType):
            for each in bare.types:
                visit(each, path)

    visit(inspect.type_info(kind), "")
    return homes


class _Walk:
    def __init__(self, environ: Mapping[str, str], homes: Mapping[str, str]) -> None:
        self.problems: list[Problem] = []
        self.meant: set[str] = set()
        self._environ = environ
        self._homes = homes

    def whole(self, tree: dict[str, Tree], kind: type[Read]) -> Read:
        """The struct at the top of a file."""
        value = self.value(tree, inspect.type_info(kind), "")
        if not isinstance(value, kind):
            raise TypeError("the walk of a mapping yields the file")
        return value

    def value(self, tree: Tree, shape: inspect.Type, path: str) -> object:
        """The value, or `blank` of its type after noting why."""
        bare, extra = unwrap(shape)
        if isinstance(bare, inspect.UnionType):
            fitting = next((each for each in bare.types if fits(tree, each)), None)
            return self.value(tree, fitting, path) if fitting is not None else self._wrong(tree, shape, path)
        if isinstance(tree, Scalar) and tree.value is None:
            self._note(path, Complaint(f"the key has no value: write {called(shape)}, or remove the line"))
            return blank(shape)
        if not fits(tree, bare):
            return self._wrong(tree, shape, path)
        match tree, bare:
            case dict(), inspect.StructType():
                return self._struct(tree, bare, path)
            case dict(), inspect.DictType(value_type=value_type):
                return {key: self.value(entry, value_type, child(path, key)) for key, entry in tree.items()}
            case list(), inspect.VarTupleType(item_type=item_type, min_length=least):
                if least is not None and len(tree) < least:
                    self._note(path, Complaint("the list is empty: write at least one entry, or remove the key"))
                return tuple(self.value(entry, item_type, item(path, index)) for index, entry in enumerate(tree))
            case Scalar(), _:
                return self._scalar(tree, bare, extra, path)
        return self._wrong(tree, shape, path)

    def _struct(self, tree: dict[str, Tree], shape: inspect.StructType, path: str) -> object:
        fields = {field.encode_name: field for field in shape.fields}
        values: dict[str, object] = {}
        for key, entry in tree.items():
            field = fields.get(key)
            if field is None:
                self._unknown(key, fields, path)
                continue
            before = len(self.problems)
            value = self.value(entry, field.type, child(path, key))
            has_default = not field.required
            if len(self.problems) > before and has_default and isinstance(entry, Scalar):
                continue
            values[field.name] = value
        for key, field in fields.items():
            if not field.required or key in tree:
                continue
            values[field.name] = blank(field.type)
            # An absent `providers` is told in the same words as an empty one, later.
            if child(path, key) not in self.meant | {"providers"}:
                self._note(path, Complaint(f"the key {quote(key)} is missing: write {called(field.type)} for it"))
        return shape.cls(**values)

    def _unknown(self, key: str, known: Mapping[str, object], path: str) -> None:
        near, proposal = did_you_mean(key, known)
        home = self._homes.get(key)
        if near is not None:
            self.meant.add(child(path, near))
        elif home is not None:
            proposal = f": it belongs under {home}" if home else ": it belongs at the top of the file"
        self._note(child(path, key), Complaint(f"the key {quote(key)} is unknown here{proposal or ': remove it'}", near))

    def _scalar(self, tree: Scalar, shape: inspect.Type, extra: Mapping[str, object], path: str) -> object:
        text = interpolate(tree.text, self._environ) if isinstance(tree.value, str) else tree.text
        if isinstance(text, Complaint):
            return self._note(path, text, shape)
        if isinstance(shape, NUMBERS):
            return self._number(guess_scalar(text) if text != tree.text else tree, tree.text, shape, path)
        if isinstance(shape, inspect.LiteralType | inspect.EnumType):
            words = [str(word) for word in (shape.values if isinstance(shape, inspect.LiteralType) else shape.cls)]
            if text in words:
                return text if isinstance(shape, inspect.LiteralType) else shape.cls(text)
            near, proposal = did_you_mean(text, words)
            proposal = proposal or f": write {one_of(words)}"
            return self._note(path, Complaint(f"{quote(tree.text)} is not one of the words known here{proposal}", near), shape)
        complaint = _length(text, shape) or (CHECKS[str(extra["check"])](text, tree.text) if "check" in extra else None)
        return text if complaint is None else self._note(path, complaint, shape)

    def _number(self, scalar: Scalar, raw: str, shape: inspect.Type, path: str) -> object:
        value = scalar.value
        if isinstance(shape, inspect.BoolType):
            return value if isinstance(value, bool) else self._note(path, _should_be(raw, shape), shape)
        whole = isinstance(shape, inspect.IntType)
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not math.isfinite(value):
            return self._note(path, _should_be(raw, shape), shape)
        least, most = getattr(shape, "ge", None), getattr(shape, "le", None)
        if least is not None and value < least:
            return self._note(path, Complaint(f"{quote(raw)} is too small: write at least {least}"), shape)
        if most is not None and value > most:
            return self._note(path, Complaint(f"{quote(raw)} is too large: write at most {most}"), shape)
        return value if whole else float(value)

    def _wrong(self, tree: Tree, shape: inspect.Type, path: str) -> object:
        found = "a mapping" if isinstance(tree, dict) else "a list" if isinstance(tree, list) else "a single value"
        bare, extra = unwrap(shape)
        if isinstance(tree, Scalar) and not isinstance(bare, inspect.VarTupleType | inspect.StructType | inspect.DictType):
            if extra.get("check") in {"duration", "retained"} and not isinstance(tree.value, bool):
                return self._note(path, CHECKS["duration"](tree.text, tree.text) or _should_be(tree.text, shape), shape)
            return self._note(path, _should_be(None if extra.get("secret") else tree.text, shape), shape)
        return self._note(path, Complaint(f"here stands {found}: write {called(shape)} instead"), shape)

    def _note(self, path: str, complaint: Complaint, shape: inspect.Type | None = None) -> object:
        self.problems.append(Problem(path=path, message=complaint.message, nearest=complaint.nearest))
        return blank(shape) if shape is not None else None


def _should_be(raw: str | None, shape: inspect.Type) -> Complaint:
    bare, _ = unwrap(shape)
    if isinstance(bare, NUMBERS):
        return Complaint(f"{quote(raw or '')} is not {called(shape)}: write {called(shape)}")
    if raw is None:
        return Complaint("here stands a number or a truth value: write text, in quotation marks where needed")
    return Complaint(f"YAML does not read {raw if len(raw) < 40 else 'this'} as text: put it in quotation marks, {quote(raw)}")


def _length(text: str, shape: inspect.Type) -> Complaint | None:
    if not isinstance(shape, inspect.StrType):
        return None
    if shape.min_length is not None and len(text.strip()) < shape.min_length:
        return Complaint("the text is empty: write it, or remove the key")
    if shape.max_length is not None and len(text) > shape.max_length:
        return Complaint(f"the text has {len(text)} characters: {shape.max_length} are the most, shorten it")
    return None
