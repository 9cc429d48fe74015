"""The frozen documents of contract §5: `python -m tests.render.golden` writes them anew, on purpose."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from statuspage.render.documents import assemble, fragment
from statuspage.render.model_documents import model_document
from tests.render import world

FOLDER: Final = Path(__file__).parent / "golden"
PAGE: Final = world.page(3, days=2)
GOLDEN: Final[dict[str, Callable[[], bytes]]] = {
    "dropdown.json": lambda: assemble(PAGE, map(fragment, PAGE.models)),
    "model.json": lambda: model_document(PAGE.models[0]),
}


def written(name: str) -> str:
    """The document as its file holds it."""
    return json.dumps(json.loads(GOLDEN[name]()), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in GOLDEN:
        (FOLDER / each).write_text(written(each), encoding="utf-8")
