"""Static files under names made of their content."""

from pathlib import Path

import pytest

from statuspage import paths
from statuspage.render.assets import Assets
from statuspage.render.pages import Renderer
from tests.render import world
from tests.render.html import read


def test_the_name_changes_with_the_content_and_only_with_it(tmp_path: Path) -> None:
    (tmp_path / "page.css").write_text("a{}")
    first, again = Assets(tmp_path).path("page.css"), Assets(tmp_path).path("page.css")
    (tmp_path / "page.css").write_text("b{}")

    assert first == again != Assets(tmp_path).path("page.css")
    assert first.startswith("/static/page.")
    assert first.endswith(".css")


def test_a_folder_named_like_a_file_is_its_parts_joined_in_order(tmp_path: Path) -> None:
    (tmp_path / "page.js").mkdir()
    (tmp_path / "page.js" / "2-last.js").write_text("b();\n")
    (tmp_path / "page.js" / "1-first.js").write_text("a();\n")
    assets = Assets(tmp_path)

    assert assets.files[assets.path("page.js")].content == b"a();\nb();\n"
    assert assets.files[assets.path("page.js")].media_type == "text/javascript; charset=utf-8"


def test_a_name_nobody_has_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="missing"):
        Assets(tmp_path).path("missing.css")


def test_other_files_are_not_served(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("x")

    assert dict(Assets(tmp_path).files) == {}


def test_the_front_page_loads_three_files_and_no_other(renderer: Renderer) -> None:
    front = read(renderer.front(world.page(1)))
    loaded = {
        one.attributes.get("src") or one.attributes["href"] for one in [*front.find("script"), *front.find(rel="stylesheet")]
    }
    assets = Assets(paths.STATIC)

    assert loaded == {assets.path(name) for name in ("page.css", "page.js", "theme.js")}
