"""The description against the running server: schemathesis asks what it allows, and compares what comes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.system.outside import Site

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance"
)
STREAMS = ("/api/v1/events", "/ofrep/v1/events")
EXCLUDED = (*STREAMS, "/oembed", "/api/v1/route")
"""A stream ends after half an hour. oEmbed answers 501 to formats that nobody knows, the selector 503 where nothing is suitable:
no faults of a server, but schemathesis takes them for such."""


READS = ("--include-method", "GET")
QUESTIONS = ("--include-path-regex", "^/ofrep/v1/evaluate/")
"""What is asked by POST and changes nothing."""


@pytest.mark.parametrize("which", [READS, QUESTIONS], ids=["reads", "questions"])
def test_the_server_is_as_it_is_described(gallery: Site, tmp_path: Path, which: tuple[str, str]) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps({**gallery.json("/schema/openapi.json"), "servers": [{"url": gallery.url}]}), encoding="utf-8")
    order = [
        str(Path(sys.executable).with_name("schemathesis")), "run", str(document), "--url", gallery.url, "--checks", CHECKS,
        "--phases", "examples,coverage,fuzzing", "--max-examples", "8", "--seed", "1", "--workers", "2",
        *which,
        "--no-color", "--suppress-health-check", "all", "--warnings", "off", "--continue-on-failure",
    ]  # fmt: skip
    for path in EXCLUDED:
        order += ["--exclude-path", path]
    run = subprocess.run(order, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


@pytest.mark.parametrize("path", ["/schema", "/schema/openapi.json"])
def test_the_description_is_handed_out_ready(gallery: Site, path: str) -> None:
    answer = gallery.ask(path)
    assert answer.status_code == 200
    tag = answer.headers["etag"]
    assert gallery.ask(path, if_none_match=tag).status_code == 304
    assert gallery.ask(path, "HEAD").headers["content-length"] == answer.headers["content-length"]


def test_every_example_address_answers(gallery: Site) -> None:
    """The first thing that a reader tries, with the examples filled in."""
    for path, methods in gallery.json("/schema/openapi.json")["paths"].items():
        operation = methods.get("get")
        if operation is None or path in STREAMS:
            continue
        address, query = path, {}
        for param in operation.get("parameters", []):
            if param["in"] == "path":
                address = address.replace(f"{{{param['name']}}}", str(param["example"]))
            elif param["in"] == "query":
                query[param["name"]] = str(param["example"])
        answer = gallery.ask(address + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""))
        assert str(answer.status_code) in operation["responses"], (path, answer.status_code, answer.text[:300])
        content = operation["responses"][str(answer.status_code)].get("content", {})
        assert answer.headers["content-type"].partition(";")[0] in content, (path, answer.headers["content-type"])
