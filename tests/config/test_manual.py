from statuspage.vendors.registry import VENDORS
from tests.config.manual import DOCUMENT, document


def test_the_manual_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run `python -m tests.config.manual`"


def test_the_manual_names_every_vendor() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in VENDORS if f"`{name}`" not in text] == []
