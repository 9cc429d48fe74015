"""`publish.directory`: the files are what is served, on a real disk, and stay right without the process."""

import json
from pathlib import Path
from typing import Any

from tests.system.outside import Site, Upstream, config, serving, until

KEY = "moonshot/kimi-k3"
FILES = {
    "/": "index.html",
    "/incidents": "incidents/index.html",
    "/models/moonshot-kimi-k3": "models/moonshot-kimi-k3/index.html",
    "/models/moonshot-kimi-k3.atom": "models/moonshot-kimi-k3.atom",
    "/api/v1/models": "api/v1/models.json",
    "/api/v1/models/moonshot-kimi-k3": "api/v1/models/moonshot-kimi-k3.json",
    "/v1/models/moonshot/kimi-k3": "v1/models/moonshot/kimi-k3.json",
    "/api/v2/summary.json": "api/v2/summary.json",
    "/badge/moonshot-kimi-k3.svg": "badge/moonshot-kimi-k3.svg",
    "/badge/moonshot-kimi-k3.json": "badge/moonshot-kimi-k3.json",
    "/history.atom": "history.atom",
    "/maintenance.ics": "maintenance.ics",
}


def equal(site: Site, folder: Path) -> bool:
    return all(site.ask(path).content == (folder / name).read_bytes() for path, name in FILES.items())


def test_the_files_follow_what_is_served_and_forget_what_vanished(tmp_path: Path, upstream: Upstream) -> None:
    folder = tmp_path / "public"
    providers: dict[str, Any] = {"moonshot": {"models": ["kimi-k3", "kimi-k2.6"]}}
    more: dict[str, Any] = {"publish": {"directory": "public"}, "probing": {"interval": "5s", "max_stale": "60s"}}
    with serving(config(tmp_path, upstream, providers, **more)) as site:
        site.until_status(KEY, "operational")
        assert until(lambda: (folder / FILES["/"]).exists() and equal(site, folder))
        style = next(path for path in (folder / "static").iterdir() if path.match("page.*.css"))
        assert f"/static/{style.name}" in (folder / "index.html").read_text(encoding="utf-8")
        assert site.ask(f"/static/{style.name}").content == style.read_bytes()
        assert site.ask("/models/nobody", accept="text/html").content == (folder / "404.html").read_bytes()
        quiet = (folder / "models/moonshot-kimi-k3.atom").stat()
        assert not list(folder.glob(".statuspage-new*"))

    providers = {"moonshot": {"models": ["kimi-k3", {"id": "kimi-k2.6", "public": False}, "kimi-k2"]}}
    (folder / "CNAME").write_text("status.example", encoding="utf-8")
    with serving(config(tmp_path, upstream, providers, **more)) as site:
        assert until(lambda: (folder / "models/moonshot-kimi-k2").is_dir() and equal(site, folder))
        assert until(lambda: not [path for path in folder.rglob("*kimi-k2.6*") if "moonshot" in str(path)])
        assert (folder / "CNAME").exists()
    assert (folder / "models/moonshot-kimi-k3.atom").stat().st_ino == quiet.st_ino  # the same bytes are not written again
    listed = json.loads((folder / ".statuspage-files").read_bytes())
    assert listed == sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name not in
                            (".statuspage-files", "CNAME"))  # fmt: skip


def test_a_directory_that_cannot_be_written_is_said_once_and_nothing_else_suffers(tmp_path: Path, upstream: Upstream) -> None:
    (tmp_path / "public").write_text("a file where the directory should be", encoding="utf-8")
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, publish={"directory": "public"})) as site:
        site.until_status(KEY, "operational")
        answer = site.ask("/readyz?verbose")
        assert (answer.status_code, "published files" in answer.text) == (200, True)
        assert str(tmp_path) not in answer.text
        assert site.log.count("the published files could not all be written") == 1
        assert "Traceback" not in site.log
