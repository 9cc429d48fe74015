"""YAML text as a tree of mappings, lists and scalars, with duplicate keys found and aliases bounded."""

import math
import re
from typing import Final, TypeAlias

import msgspec
import yaml

from statuspage.config.paths import child, item
from statuspage.config.problem import Problem, quote

MAX_VALUES: Final = 200_000
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG: Final = "tag:yaml.org,2002:"
_TAGS: Final = frozenset({"map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value"})
_INT: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT: Final = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?")
_TRUE: Final = frozenset({"true", "yes", "on"})
_FALSE: Final = frozenset({"false", "no", "off"})


class Scalar(msgspec.Struct, frozen=True):
    """One value and the text it was written as."""

    value: str | int | float | bool | None
    text: str


Tree: TypeAlias = Scalar | list["Tree"] | dict[str, "Tree"]


class _TooMany(Exception):  # noqa: N818 - ends the reading, caught in `parse`
    pass


def parse(text: str) -> tuple[Tree | None, list[Problem]]:
    """The tree of a YAML document, or None where the text is no YAML, and what is wrong with it."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        said = " ".join(part for part in (error.context, error.problem) if part)
        return None, [Problem(path="", message=f"the file is not valid YAML{place}: {said}")]
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return None, [Problem(path="", message=f"the file is not valid YAML at line {line}: it holds an unprintable character")]
    except RecursionError:
        return None, [Problem(path="", message="the file is nested too deeply: write it flatter")]
    if node is None:
        return None, []
    reading = _Reading()
    try:
        return reading.tree(node, ""), reading.problems
    except _TooMany:
        message = f"the file has more than {MAX_VALUES} values: its aliases multiply; write fewer of them"
        return None, [Problem(path="", message=message)]


def read_scalar(text: str, tag: str) -> Scalar:
    """A plain scalar under YAML's tag; what a person would hardly mean (`1:30`, `010`, dates) stays text."""
    lowered = text.lower()
    if tag == "null":
        return Scalar(None, text)
    if tag == "bool" and lowered in _TRUE | _FALSE:
        return Scalar(lowered in _TRUE, text)
    if tag == "int" and _INT.fullmatch(text):
        return Scalar(int(text), text)
    if tag == "float":
        if _FLOAT.fullmatch(text):
            return Scalar(float(text), text)
        if lowered.lstrip("+-") in {".inf", ".nan"}:
            return Scalar(math.nan, text)
    return Scalar(text, text)


def guess_scalar(text: str) -> Scalar:
    """The scalar that this text would be if the file held it unquoted."""
    if text.lower() in _TRUE | _FALSE:
        return read_scalar(text, "bool")
    return read_scalar(text, "int") if _INT.fullmatch(text) else read_scalar(text, "float")


class _Reading:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._count = 0
        self._open: set[int] = set()

    def tree(self, node: yaml.Node, path: str) -> Tree:
        self._count += 1
        if self._count > MAX_VALUES:
            raise _TooMany
        if not node.tag.startswith(_TAG) or node.tag.removeprefix(_TAG) not in _TAGS:
            self.problems.append(Problem(path=path, message=f"the tag {quote(node.tag)} means nothing here: remove it"))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if id(node) in self._open:
            self.problems.append(Problem(path=path, message="an alias stands inside its own anchor: write the value out"))
            return Scalar(None, "")
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.tree(entry, item(path, index)) for index, entry in enumerate(node.value)]
            return self._mapping(node, path)
        finally:
            self._open.discard(id(node))

    def _scalar(self, node: yaml.ScalarNode, path: str) -> Scalar:
        text = str(node.value)
        if any("\ud800" <= char <= "\udfff" for char in text):
            self.problems.append(Problem(path=path, message="the text holds half a surrogate pair: write the character itself"))
            return Scalar("", "")
        return read_scalar(text, node.tag.removeprefix(_TAG))

    def _mapping(self, node: yaml.Node, path: str) -> dict[str, Tree]:
        own: dict[str, Tree] = {}
        merged: dict[str, Tree] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if key_node.tag == _TAG + "merge":
                self._merge(value_node, path, merged)
                continue
            key = self._key(key_node, path)
            line = key_node.start_mark.line + 1
            if key in own:
                message = f"the key {quote(key)} is written twice, in lines {lines[key]} and {line}: keep one"
                self.problems.append(Problem(path=child(path, key), message=message))
                self.tree(value_node, child(path, key))  # what is wrong inside it is told as well
                continue
            lines[key] = line
            own[key] = self.tree(value_node, child(path, key))
        return merged | own

    def _merge(self, node: yaml.Node, path: str, into: dict[str, Tree]) -> None:
        sources = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for source in sources:
            if not isinstance(source, yaml.MappingNode):
                self.problems.append(Problem(path=child(path, "<<"), message="only mappings can be merged in with <<"))
                continue
            read = self.tree(source, path)
            if isinstance(read, dict):
                into.update({key: value for key, value in read.items() if key not in into})

    def _key(self, node: yaml.Node, path: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            line = node.start_mark.line + 1
            self.problems.append(Problem(path=path, message=f"line {line} has a list or mapping as a key: write a word"))
            return f"line {line}"
        key = self._scalar(node, path)
        if not isinstance(key.value, str):
            message = f"YAML does not read the key {key.text or 'null'} as text: put it in quotation marks"
            self.problems.append(Problem(path=child(path, key.text), message=message))
        return key.text
