from pathlib import Path

from statuspage.zoo.rows.registry import ALL, NICKNAMES
from statuspage.zoo.vendors.registry import SIMULATED

_PAGE = (Path(__file__).parents[2] / "docs" / "zoo.md").read_text(encoding="utf-8")


def test_the_page_names_every_row_with_its_class() -> None:
    for row in ALL:
        line = next((line for line in _PAGE.splitlines() if line.startswith(f"| {row.number or ''} | `{row.name}` |")), "")
        assert row.title in line, row.name
        assert row.class_name is None or line.endswith(f"| `{row.class_name}` |"), row.name


def test_the_page_names_every_vendor_and_nickname() -> None:
    assert all(f"| `{prefix}` | `{vendor.base_path}` |" in _PAGE for prefix, vendor in SIMULATED.items())
    assert all(f"`{name}`" in _PAGE for name in NICKNAMES)


def test_every_row_of_the_taxonomy_is_played_or_says_how_to_meet_it() -> None:
    numbered = {row.number: row for row in ALL if row.number is not None}
    assert sorted(numbered) == list(range(1, 111))
    assert all(row.play or row.instead for row in numbered.values())
