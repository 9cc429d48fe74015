"""Published files on a real disk."""

import os
from pathlib import Path

import pytest

from statuspage.storage.folder import LIST, Folder


def test_a_file_is_replaced_in_one_step_and_others_may_read_it(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "made" / "for it")
    folder.write("models/x/index.html", b"old")
    with (tmp_path / "made/for it/models/x/index.html").open("rb") as reader:
        folder.write("models/x/index.html", b"new")
        assert reader.read() == b"old"
    path = tmp_path / "made/for it/models/x/index.html"
    assert path.read_bytes() == b"new"
    umask = os.umask(0)
    os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~umask
    assert {each.name for each in (tmp_path / "made/for it").iterdir()} == {"models"}


def test_the_next_run_knows_what_is_ours_and_sweeps_what_was_left(tmp_path: Path) -> None:
    Folder(tmp_path).list(["b", "a/é"])
    (tmp_path / ".statuspage-new-1").write_bytes(b"half")
    assert Folder(tmp_path).names() == {"a/é", "b"}
    assert {each.name for each in tmp_path.iterdir()} == {LIST}


@pytest.mark.parametrize("content", [None, b"", b"{", b"[1]"])
def test_a_list_that_tells_nothing_is_empty(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / LIST).write_bytes(content)
    assert Folder(tmp_path).names() == frozenset()


def test_removing_takes_the_empty_folders_along_and_no_others(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("models/x/index.html", b"")
    folder.write("models/y.atom", b"")
    folder.remove("models/x/index.html")
    folder.remove("models/x/index.html")
    assert [each.name for each in (tmp_path / "models").iterdir()] == ["y.atom"]
    folder.remove("models/y.atom")
    assert list(tmp_path.iterdir()) == []


def test_it_sees_what_is_there_already(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("a", b"same")
    assert folder.holds("a", b"same")
    assert not folder.holds("a", b"else")
    assert not folder.holds("b", b"")
    assert not folder.holds("a/b", b"")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="directory"):
        folder.write("a", b"")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
