"""What the log says, and what it keeps to itself."""

import json
import subprocess
import sys
from typing import Any

_PROGRAM = """
import logging, structlog
from statuspage.domain.redact import redact
from statuspage.telemetry.logs import configure

configure(json_lines={json_lines}, redact=redact)

def deeper(depth):
    if depth % 2:
        deeper(depth - 1)
    elif depth:
        deeper(depth - 1)
    raise ValueError("the key sk-proj-0123456789abcdef0123456789 is no good")

try:
    deeper(12)
except ValueError as error:
    logging.getLogger("uvicorn.error").exception("a library failed")
    structlog.get_logger().error("we failed", key="sk-proj-0123456789abcdef0123456789", exc_info=error)
"""


def said(*, json_lines: bool) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(json_lines=json_lines)], capture_output=True, text=True, check=True, timeout=30
    )
    return done.stderr


def test_a_traceback_is_whole_and_without_the_key() -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in said(json_lines=True).splitlines()]
    assert [line["event"] for line in lines] == ["a library failed", "we failed"]
    for line in lines:
        trace = line["exception"].splitlines()
        assert trace[0] == "Traceback (most recent call last):"
        assert trace[-1].startswith("ValueError: the key sk-proj-…")
        assert len(trace) > 10


def test_no_form_of_the_log_holds_the_key() -> None:
    for json_lines in (True, False):
        text = said(json_lines=json_lines)
        assert "ValueError" in text
        assert "0123456789abcdef" not in text
