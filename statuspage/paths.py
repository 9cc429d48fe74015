"""Where templates, static files, migrations and catalogues are: inside an installed wheel, or in a checkout."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_BUNDLED: Final = _PACKAGE / "_assets"
ASSETS: Final = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent
"""The folder that holds those below."""

TEMPLATES: Final = ASSETS / "templates"
STATIC: Final = ASSETS / "static"
MIGRATIONS: Final = ASSETS / "migrations"
LOCALES: Final = ASSETS / "locales"
