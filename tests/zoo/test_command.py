import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from statuspage.cli.zoo import zoo

_COMMAND = "import sys; from statuspage.cli.zoo import zoo; zoo(sys.argv[1:])"


@contextmanager
def _running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The command as a process, once it has printed all it says at the start."""
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        yield process, lines
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        if process.stderr is not None:
            process.stderr.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_every_base_url_and_ends_cleanly(free_port: int, tmp_path: Path, how: signal.Signals) -> None:
    script = tmp_path / "script.yml"
    script.write_text("- {at: 0s, models: [moonshot/kimi-k3], row: engine_overloaded}\n", encoding="utf-8")
    with _running("--port", str(free_port), "--script", str(script)) as (process, lines):
        printed = "".join(lines)
        assert f"http://127.0.0.1:{free_port}/openrouter/api/v1" in printed
        assert f"http://127.0.0.1:{free_port}/canary" in printed
        with urlopen(f"http://127.0.0.1:{free_port}/_zoo", timeout=5) as answer:
            assert json.load(answer)["urls"]["moonshot"] == f"http://127.0.0.1:{free_port}/moonshot/v1"
        process.send_signal(how)
        assert process.wait(timeout=10) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_taken_port_is_one_sentence_and_status_1(free_port: int) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        result = CliRunner().invoke(zoo, ["--port", str(free_port)])
    assert result.exit_code == 1
    assert (
        result.stderr
        == f"Error: cannot listen on 127.0.0.1 port {free_port}: address already in use; choose another with --port\n"
    )


def test_mistakes_of_a_script_are_one_line_each_and_status_2(tmp_path: Path) -> None:
    script = tmp_path / "script.yml"
    script.write_text("- {row: nonsense, at: 5}\n- {row: 21, rat: 1}\n", encoding="utf-8")
    result = CliRunner().invoke(zoo, ["--script", str(script)])
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"{script}: events[0].row: the zoo knows no failure row 'nonsense'",
        f"{script}: events[0].at: must be a duration such as 90s or 1h30m",
        f"{script}: events[1].rat: unknown key, did you mean `rate`?",
    ]


@pytest.mark.parametrize("text", ["{", "", "- [", "3"])
def test_a_file_that_is_no_script_is_status_2(tmp_path: Path, text: str) -> None:
    script = tmp_path / "script.yml"
    script.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(zoo, ["--script", str(script)])
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_a_missing_script_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(zoo, ["--script", str(tmp_path / "none.yml")])
    assert result.exit_code == 2
    assert "none.yml" in result.stderr
