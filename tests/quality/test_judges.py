"""What Lighthouse and html-validate think of the pages."""

import json
import os
import subprocess
from pathlib import Path

import httpx
import pytest

from statuspage.web.gate import COOKIE
from tests.pages.browser import LAUNCH_ARGS

WANTED = 0.98
_CATEGORIES = ("performance", "accessibility", "best-practices")
_BROWSER = {"accept": "text/html"}
_TRIES = 3
"""A busy machine costs performance; Lighthouse's own advice is to run it several times."""


def _scores(url: str, node: Path, modules: Path, chromium: str, folder: Path) -> dict[str, float]:
    report = folder / "report.json"
    flags = " ".join(["--headless=new", f"--user-data-dir={folder / 'profile'}", *LAUNCH_ARGS])
    arguments: list[str | Path] = [
        node,
        modules / "lighthouse" / "cli" / "index.js",
        url,
        "--output=json",
        f"--output-path={report}",
        "--quiet",
        f"--only-categories={','.join(_CATEGORIES)}",
        f"--chrome-flags={flags}",
    ]
    done = subprocess.run(
        arguments, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True, check=False, timeout=180
    )
    if "NO_NAVSTART" in done.stderr:  # Chromium began to record too late: says nothing of the page
        return dict.fromkeys(_CATEGORIES, 0.0)
    assert done.returncode == 0, done.stderr[-2000:]
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: categories[name]["score"] for name in _CATEGORIES}


@pytest.mark.parametrize("which", [0, 2], ids=["front page", "model page"])
def test_lighthouse(
    demo: str, addresses: list[str], which: int, node: Path, modules: Path, chromium: str, tmp_path: Path
) -> None:
    best = dict.fromkeys(_CATEGORIES, 0.0)
    for turn in range(_TRIES):
        folder = tmp_path / str(turn)
        folder.mkdir()
        scores = _scores(f"{demo}{addresses[which]}", node, modules, chromium, folder)
        best = {name: max(best[name], scores[name]) for name in _CATEGORIES}
        if min(best.values()) >= WANTED:
            break
    assert {name: score for name, score in best.items() if score < WANTED} == {}


def test_html_validate(
    demo: str, addresses: list[str], rooms: list[str], cookie: str, node: Path, modules: Path, tmp_path: Path
) -> None:
    rules = {
        "extends": ["html-validate:standard"],
        "rules": {
            "long-title": "off",  # a model's name is as long as it is
            "require-sri": "off",  # every asset is our own
            "void-style": ["error", {"style": "omit"}],
            "no-trailing-whitespace": "off",
            "no-inline-style": "error",
        },
    }
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(rules | {"root": True}), encoding="utf-8")
    files = []
    addresses = list(dict.fromkeys((*addresses, *rooms)))
    for number, address in enumerate(addresses):
        file = tmp_path / f"{number}.html"
        file.write_text(
            httpx.get(f"{demo}{address}", cookies={COOKIE: cookie}, headers=_BROWSER, trust_env=False).text, encoding="utf-8"
        )
        files.append(file)
    program = modules / "html-validate" / "bin" / "html-validate.mjs"
    done = subprocess.run([node, program, "--formatter=text", *files], cwd=tmp_path, capture_output=True, text=True, check=False)
    said = done.stdout
    for number, address in enumerate(addresses):
        said = said.replace(str(files[number]), address)
    assert done.returncode == 0, said[-6000:] + done.stderr
