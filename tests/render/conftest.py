"""A renderer over the templates and static files that ship."""

import pytest

from statuspage import paths
from statuspage.render.assets import Assets
from statuspage.render.pages import Renderer


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer(paths.TEMPLATES, Assets(paths.STATIC))
