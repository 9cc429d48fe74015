"""Types as msgspec describes them: what they are called, what fits them, what stands for them when nothing does."""

from collections.abc import Mapping
from typing import Final

from msgspec import inspect

from statuspage.config.problem import one_of
from statuspage.config.tree import Tree

NUMBERS: Final = (inspect.IntType, inspect.FloatType, inspect.BoolType)


def unwrap(shape: inspect.Type) -> tuple[inspect.Type, Mapping[str, object]]:
    """The type without its annotations, and what these say beyond JSON Schema."""
    extra: dict[str, object] = {}
    while isinstance(shape, inspect.Metadata):
        extra = (shape.extra or {}) | extra
        shape = shape.type
    return shape, extra


def called(shape: inspect.Type) -> str:
    """What a person would write for it: `a whole number`, `text or a mapping`."""
    bare, _ = unwrap(shape)
    if isinstance(bare, inspect.UnionType):
        return one_of([called(each) for each in bare.types])
    names: dict[type[inspect.Type], str] = {
        inspect.IntType: "a whole number",
        inspect.FloatType: "a number",
        inspect.BoolType: "true or false",
        inspect.VarTupleType: "a list",
        inspect.StructType: "a mapping",
        inspect.DictType: "a mapping",
    }
    return names.get(type(bare), "text")


def blank(shape: inspect.Type) -> object:
    """An empty value of the right type, to stand where the file holds a wrong one."""
    bare, _ = unwrap(shape)
    match bare:
        case inspect.UnionType(types=types):
            return blank(types[0])
        case inspect.IntType() | inspect.FloatType() | inspect.BoolType():
            return 0
        case inspect.VarTupleType():
            return ()
        case inspect.DictType():
            return {}
        case inspect.StructType(cls=cls, fields=fields):
            return cls(**{field.name: blank(field.type) for field in fields if field.required})
        case inspect.LiteralType(values=values):
            return values[0]
        case inspect.EnumType(cls=cls):
            return next(iter(cls))
    return ""


def fits(tree: Tree, shape: inspect.Type) -> bool:
    """Whether the value has the right form: mapping, list, or a scalar of the right kind."""
    bare, _ = unwrap(shape)
    if isinstance(tree, dict):
        return isinstance(bare, inspect.StructType | inspect.DictType)
    if isinstance(tree, list):
        return isinstance(bare, inspect.VarTupleType)
    if isinstance(bare, inspect.StructType | inspect.DictType | inspect.VarTupleType):
        return False
    return isinstance(bare, NUMBERS) or isinstance(tree.value, str)
