"""Whatever stands in the file: a configuration or problems, never an exception."""

import json
from pathlib import Path
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage.config.load import load_text
from statuspage.config.schema import ChannelSection, ConfigFile, ProbingSection, SiteSection
from statuspage.config.schema_providers import ModelSection, ProviderSection

SECTIONS = (ConfigFile, SiteSection, ProbingSection, ProviderSection, ModelSection, ChannelSection)
KEYS = sorted({field.encode_name for section in SECTIONS for field in msgspec.structs.fields(section)} | {"a", "x.y", "p/q", ""})
WORDS = [
    "",
    "a",
    "5m",
    "0s",
    "env:K",
    "file:k",
    "https://x.example",
    "http://127.1",
    "groq",
    "${V}",
    "${",
    "forever",
    "chat",
    "p/a",
    "\u202e",
]
SCALARS = [None, True, 0, -1, 7, 2.5, float("nan"), *WORDS]


def _value(dice: Random, depth: int = 0) -> object:
    if depth > 2 or dice.random() < 0.6:
        return dice.choice(SCALARS)
    if dice.random() < 0.5:
        return [_value(dice, depth + 1) for _ in range(dice.randrange(3))]
    return _mapping(dice, KEYS, depth)


def _mapping(dice: Random, keys: list[str], depth: int = 0) -> dict[str, object]:
    return {key: _value(dice, depth + 1) for key in dice.sample(keys, k=min(len(keys), dice.randrange(6)))}


def _model(dice: Random) -> object:
    return dice.choice(WORDS) if dice.random() < 0.4 else {"id": dice.choice(WORDS), **_mapping(dice, _keys_of(ModelSection))}


def _keys_of(section: type[msgspec.Struct]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(section)]


def _file(dice: Random) -> dict[str, object]:
    names = dice.sample(["groq", "moonshot", "p", "p-a", "x/y"], k=dice.randrange(4))
    providers = {
        name: _mapping(dice, _keys_of(ProviderSection)) | {"models": [_model(dice) for _ in range(dice.randrange(4))]}
        for name in names
    }
    return _mapping(dice, _keys_of(ConfigFile)) | {"site": _mapping(dice, _keys_of(SiteSection)), "providers": providers}


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_a_file_of_known_words_never_raises(seed: int) -> None:
    document = _file(Random(seed))
    loaded = load_text(json.dumps(document, ensure_ascii=False), Path("/nowhere/statuspage.yml"), {"K": "hunter2", "V": "word"})
    assert (loaded.config is None) == bool(loaded.problems)
    assert "hunter2" not in repr(loaded)
    assert all(problem.message and "\n" not in problem.message for problem in (*loaded.problems, *loaded.warnings))


@given(st.text(max_size=80))
def test_any_text_never_raises(text: str) -> None:
    loaded = load_text(text, Path("/nowhere/statuspage.yml"), {})
    assert loaded.config is None
    assert loaded.problems
