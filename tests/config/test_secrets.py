import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.config.references import Reference, check_reference, parse_reference
from statuspage.config.secrets import Surroundings, Unreadable, read_secret, sendable
from statuspage.domain.secret import Secret


def _read(text: str, directory: Path, **environ: str) -> Secret | Unreadable:
    reference = parse_reference(text)
    assert reference is not None
    return read_secret(reference, Surroundings(environ, directory))


def _reason(found: Secret | Unreadable) -> str:
    assert isinstance(found, Unreadable)
    return found.reason


@pytest.mark.parametrize(
    "text, scheme, name",
    [
        ("env:MOONSHOT_API_KEY", "env", "MOONSHOT_API_KEY"),
        ("file:/run/secrets/key", "file", "/run/secrets/key"),
        ("file:keys/mine", "file", "keys/mine"),
        ("systemd:moonshot-key", "systemd", "moonshot-key"),
        ("op://Private/Moonshot AI/credential", "op", "Private/Moonshot AI/credential"),
        ("op://vault/item/section/field", "op", "vault/item/section/field"),
    ],
)
def test_it_knows_four_kinds_of_reference(text: str, scheme: str, name: str) -> None:
    reference = parse_reference(text)
    assert reference == Reference(scheme, name)
    assert str(reference) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "sk-abc", "vault:x", "env:", "env:A B", "env:1A", "ENV:X", "env://X", "file:", "systemd:../x", "systemd:a/b"),
        *("op://vault", "op://vault/item", "op:vault/item/x"),
    ],
)
def test_it_knows_no_other(text: str) -> None:
    assert parse_reference(text) is None


@pytest.mark.parametrize("plain", ["sk-4f8a9c7be2d1", "sk-or-v1:abcdef", "eyJhbGciOi.x.y", "ghp:secretvalue1"])
def test_a_plain_secret_is_told_as_such_and_never_repeated(plain: str) -> None:
    complaint = check_reference(plain, plain)
    assert complaint is not None
    assert "secret is written in plain" in complaint.message
    assert plain not in complaint.message
    assert plain[:6] not in complaint.message


def test_a_variable_in_place_of_a_reference_is_answered_with_the_reference() -> None:
    complaint = check_reference("sk-4f8a9c7be2d1", "${MOONSHOT_API_KEY}")
    assert complaint is not None
    assert complaint.nearest == "env:MOONSHOT_API_KEY"
    assert "sk-4f" not in complaint.message


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"]), min_size=12, max_size=60))
def test_no_complaint_repeats_the_text(text: str) -> None:
    complaint = check_reference(text, text)
    assert complaint is None or text not in complaint.message


def test_env_reads_the_environment(tmp_path: Path) -> None:
    assert _read("env:KEY", tmp_path, KEY="sk-1") == Secret("sk-1")


def test_env_unset_names_the_variable(tmp_path: Path) -> None:
    assert _reason(_read("env:KEY", tmp_path)) == "env:KEY is not set: export KEY"


def test_env_empty_counts_as_missing(tmp_path: Path) -> None:
    assert _reason(_read("env:KEY", tmp_path, KEY="")) == "env:KEY is empty: put the secret there"


@pytest.mark.parametrize(
    "content, expected",
    [("sk-2", "sk-2"), ("sk-2\n", "sk-2"), ("sk-2\r\n", "sk-2"), ("sk-2\n\n", "sk-2\n"), (" sk-2 ", " sk-2 ")],
)
def test_file_loses_one_newline_at_its_end(tmp_path: Path, content: str, expected: str) -> None:
    (tmp_path / "key").write_bytes(content.encode())
    assert _read("file:key", tmp_path) == Secret(expected)
    assert _read(f"file:{tmp_path}/key", Path("/nowhere")) == Secret(expected)


def test_file_missing_is_a_reason(tmp_path: Path) -> None:
    assert _reason(_read("file:none", tmp_path)) == "file:none does not exist: create the file"


def test_file_that_is_a_directory_is_a_reason(tmp_path: Path) -> None:
    assert _reason(_read("file:.", tmp_path)) == "file:. cannot be read (Is a directory): check the file and its permissions"


@pytest.mark.parametrize("content, word", [(b"\xff\xfe", "UTF-8"), (b"x" * 70_000, "64 KiB"), (b"\n", "empty")])
def test_file_that_holds_no_secret_is_a_reason(tmp_path: Path, content: bytes, word: str) -> None:
    (tmp_path / "key").write_bytes(content)
    assert word in _reason(_read("file:key", tmp_path))


def test_systemd_reads_the_credentials_directory(tmp_path: Path) -> None:
    (tmp_path / "moonshot").write_text("sk-3\n")
    assert _read("systemd:moonshot", Path("/nowhere"), CREDENTIALS_DIRECTORY=str(tmp_path)) == Secret("sk-3")


def test_systemd_without_its_directory_says_what_to_configure(tmp_path: Path) -> None:
    assert "LoadCredential=moonshot" in _reason(_read("systemd:moonshot", tmp_path))


@pytest.fixture
def op(tmp_path: Path) -> Path:
    """A directory with an `op` program that shows what it was asked."""
    program = tmp_path / "bin" / "op"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\n[ "$2" = "op://v/broken/f" ] && { echo hunter2 >&2; exit 3; }\nprintf "%s|%s|%s\\n" "$#" "$1" "$2"\n'
    )
    program.chmod(0o755)
    return program.parent


def _path(op: Path) -> str:
    return f"{op}{os.pathsep}/usr/bin{os.pathsep}/bin"


def test_op_is_asked_by_its_program_without_a_shell(tmp_path: Path, op: Path) -> None:
    found = _read("op://vault/my $(touch x); item/field", tmp_path, PATH=_path(op))
    assert found == Secret("2|read|op://vault/my $(touch x); item/field")


def test_op_that_fails_is_a_reason_without_its_output(tmp_path: Path, op: Path) -> None:
    reason = _reason(_read("op://v/broken/f", tmp_path, PATH=_path(op)))
    assert reason == "op://v/broken/f cannot be read: op read ended with status 3; sign in with op signin"


def test_op_that_is_not_installed_is_a_reason(tmp_path: Path) -> None:
    assert "install 1Password's op program" in _reason(_read("op://v/i/f", tmp_path, PATH=str(tmp_path)))


@pytest.mark.parametrize(
    "value, fits", [("sk-abc_9/+=", True), ("sk abc", False), ("sk\nabc", False), ("schlüssel", False), ("\x7f", False)]
)
def test_it_knows_what_a_header_can_carry(value: str, fits: bool) -> None:
    assert sendable(Secret(value)) is fits
