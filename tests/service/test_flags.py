"""The flags of a running server follow the file, and outlive its mistakes."""

from pathlib import Path

import msgspec
import pytest

from statuspage.domain.errors import UnknownNameError, WrongInputError
from statuspage.domain.selection import Rollout
from statuspage.service.flag_desk import FlagDesk
from statuspage.service.flagcast import FlagCast
from statuspage.service.flags import Flags
from statuspage.storage.flag_file import FlagFile
from tests.service.world import HandClock

YES_NO = {"state": "ENABLED", "variants": {"on": True, "off": False}, "defaultVariant": "on"}


def write(path: Path, **flags: object) -> None:
    path.write_bytes(msgspec.json.encode({"flags": flags}))


def test_a_change_of_the_file_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    flags = Flags(FlagFile(path), HandClock())
    flags.look()
    assert list(flags.now.keys) == []
    assert "cannot be read: No such file" in flags.notes()[0]
    write(path, a=YES_NO)
    flags.look()
    assert (list(flags.now.keys), flags.notes()) == (["a"], ())


def test_a_mistake_leaves_the_last_good_flags_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    write(path, a=YES_NO)
    flags = Flags(FlagFile(path), HandClock())
    flags.look()
    for broken in (b"{", b'{"flags": {"a": {"state": "on", "variants": {"x": 1}}}}'):
        path.write_bytes(broken)
        flags.look()
        assert list(flags.now.keys) == ["a"]
        assert flags.notes()[0].startswith("the file of flags cannot be used, and the flags stay as they were: ")
    path.unlink()
    flags.look()
    assert list(flags.now.keys) == ["a"]
    write(path, b=YES_NO)
    flags.look()
    assert (list(flags.now.keys), flags.notes()) == (["b"], ())


def test_listeners_hear_of_every_other_set_of_flags(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    write(path, a=YES_NO)
    flags = Flags(FlagFile(path), HandClock())
    flags.look()
    cast = FlagCast(flags)
    told: list[bytes] = []
    cast.tell = told.append
    known = flags.now.tag
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    flags.look()
    assert told == []
    write(path, a={**YES_NO, "state": "DISABLED"})
    flags.look()
    assert len(told) == 1
    assert b"event: message\n" in told[0]
    assert b'"type":"refetchEvaluation"' in told[0]
    assert flags.now.tag.encode() in told[0]
    assert b"refetchEvaluation" in cast.since(known)
    assert b"refetchEvaluation" not in cast.since(flags.now.tag) + cast.since(None) + cast.from_now_on()


def test_a_flag_steers_the_selector(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    trial = {**YES_NO, "metadata": {"route": "moonshot/kimi-k3"}}
    write(
        path,
        trial=trial,
        off={**trial, "state": "DISABLED", "metadata": {"route": "x/y"}},
        text={"state": "ENABLED", "variants": {"a": "b"}},
    )
    flags = Flags(FlagFile(path), HandClock())
    flags.look()
    steered = flags.steered("ada")
    assert steered.values == {"trial": True, "off": None, "text": None}
    assert steered.rollouts == {
        "moonshot/kimi-k3": Rollout(flag="trial", on=True),
        "x/y": Rollout(flag="off", on=False),
    }
    assert flags.steered("ada") is steered


def test_the_desk_writes_what_the_server_reads(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    flags = Flags(FlagFile(path), HandClock())
    desk = FlagDesk(flags.file, flags.look)
    assert desk.known() == ()
    line = desk.set("new", percent=25)
    assert (line.state, line.percent) == ("on", 25)
    assert list(flags.now.keys) == ["new"]
    assert desk.set("new", state="off").percent == 25
    assert desk.one("new").state == "off"
    with pytest.raises(UnknownNameError):
        desk.one("nwe")
    assert [each.name for each in tmp_path.iterdir()] == ["flags.json"]


def test_the_desk_keeps_indentation_order_and_rights(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    path.write_text('{\n    "metadata": {"flagSetId": "ü"},\n    "flags": {}\n}\n', encoding="utf-8")
    path.chmod(0o640)
    FlagDesk(FlagFile(path)).set("a", state="on")
    text = path.read_text(encoding="utf-8")
    assert text.startswith('{\n    "metadata": {\n        "flagSetId": "ü"\n    },\n    "flags": {\n        "a": {')
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_to_the_file_stays_one(tmp_path: Path) -> None:
    behind, link = tmp_path / "there" / "flags.json", tmp_path / "flags.json"
    behind.parent.mkdir()
    write(behind, a=YES_NO)
    link.symlink_to(behind)
    FlagDesk(FlagFile(link)).set("a", state="off")
    assert link.is_symlink()
    assert msgspec.json.decode(behind.read_bytes())["flags"]["a"]["state"] == "DISABLED"


@pytest.mark.parametrize("broken", [b"{", b'{"flags": {"a": 1}}'])
def test_the_desk_replaces_nobodys_broken_work(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "flags.json"
    path.write_bytes(broken)
    with pytest.raises(WrongInputError, match="cannot be used"):
        FlagDesk(FlagFile(path)).set("a", state="on")
    assert path.read_bytes() == broken


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    desk = FlagDesk(FlagFile(tmp_path / "flags.json"))
    for wrong in ({}, {"state": "maybe"}, {"percent": 101}, {"percent": -1}):
        with pytest.raises(WrongInputError):
            desk.set("a", **wrong)
    for key in ("", " ", "a\nb", "k" * 201):
        with pytest.raises(WrongInputError, match="key"):
            desk.set(key, state="on")
    with pytest.raises(WrongInputError, match="names no file of flags"):
        FlagDesk(None).set("a", state="on")


def test_the_share_of_users_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    dealt = {**YES_NO, "targeting": {"fractional": [["on", 25], ["off", 75]]}}
    write(path, some=dealt, nobody={**dealt, "state": "DISABLED"}, plain=YES_NO)
    flags = Flags(FlagFile(path), HandClock())
    flags.look()
    assert flags.shares() == {"some": 0.25, "nobody": 0.0}
