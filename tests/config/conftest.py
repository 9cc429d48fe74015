"""A short way to load a text as a configuration file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from statuspage.config.load import Loaded, load_text

Read = Callable[..., Loaded]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Loads the text as if it stood in `tmp_path`; the environment is given as keywords."""

    def read_text(text: str, **environ: str) -> Loaded:
        return load_text(text, tmp_path / "statuspage.yml", environ)

    return read_text
