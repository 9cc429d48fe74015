"""Where templates, static files and migrations are: inside an installed wheel, or beside the package in a checkout."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_BUNDLED: Final = _PACKAGE / "_assets"
ASSETS: Final = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent
"""The folder that holds the three below."""

TEMPLATES: Final = ASSETS / "templates"
STATIC: Final = ASSETS / "static"
MIGRATIONS: Final = ASSETS / "migrations"
