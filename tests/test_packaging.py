"""What a user installs: the wheel has its console script, its version and its assets."""

import re
import site
import subprocess
import sys
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path

import pytest

import statuspage
from statuspage import paths

CHECKOUT = Path(paths.__file__).parent.parent
_SHOW = "from statuspage import paths; print(paths.ASSETS, *sorted(p.name for p in paths.ASSETS.iterdir()), sep='\\n')"


def _run(*command: object, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _files_under(folder: Path) -> list[str]:
    return sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with our wheel; the dependencies come from this one, so that no network is needed."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, CHECKOUT, cwd=folder)
    [wheel] = folder.glob("statuspage-*.whl")
    environment = folder / "venv"
    venv.create(environment, with_pip=False, symlinks=True)
    [packages] = environment.glob("lib/python3*/site-packages")
    pip = [sys.executable, "-m", "pip", "--python", environment / "bin/python", "--quiet"]
    _run(*pip, "install", "--no-index", "--no-deps", wheel, cwd=folder)
    _lend_dependencies(packages, site.getsitepackages())
    return environment


def _lend_dependencies(packages: Path, lenders: Sequence[str]) -> None:
    """Names the other environments' folders without running their .pth files, which would lend the checkout too."""
    (packages / "lent.pth").write_text("\n".join(lenders) + "\n")


def test_the_wheel_brings_the_console_script_and_its_version(installed: Path, tmp_path: Path) -> None:
    out = _run(installed / "bin/statuspage", "--version", cwd=tmp_path)
    assert statuspage.__version__ in out


def test_the_wheel_finds_its_own_assets(installed: Path, tmp_path: Path) -> None:
    assets, *names = _run(installed / "bin/python", "-c", _SHOW, cwd=tmp_path).splitlines()
    assert Path(assets).is_relative_to(installed)
    assert names == ["locales", "migrations", "static", "templates"]
    for name in names:
        assert _files_under(Path(assets) / name) == _files_under(CHECKOUT / name)
        assert _files_under(CHECKOUT / name), f"{name} is empty"


def test_the_wheel_is_typed_and_carries_its_licence(installed: Path) -> None:
    [package] = installed.glob("lib/python3*/site-packages/statuspage")
    assert (package / "py.typed").is_file()
    assert list(package.parent.glob("statuspage-*.dist-info/licenses/LICENSE"))


def test_a_checkout_finds_its_assets_beside_the_package() -> None:
    assert CHECKOUT / "templates" == paths.TEMPLATES
    assert CHECKOUT / "static" == paths.STATIC
    assert CHECKOUT / "migrations" == paths.MIGRATIONS


def test_an_editable_install_runs_the_checkout(tmp_path: Path) -> None:
    assets, *_ = _run(sys.executable, "-c", _SHOW, cwd=tmp_path).splitlines()
    assert Path(assets) == CHECKOUT


def test_the_locks_name_no_index() -> None:
    for lock in [CHECKOUT / "requirements.lock", *CHECKOUT.glob("tests/first_light/*.lock")]:
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text, f"{lock.name} names an address"
        assert "index-url" not in text


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    extras = [name for names in project["project"]["optional-dependencies"].values() for name in names]
    declared = [
        *project["project"]["dependencies"],
        *extras,
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (CHECKOUT / "requirements.lock").read_text(), flags=re.MULTILINE))
    names = {re.split(r"[^a-z0-9._-]", each.lower())[0].replace("_", "-").replace(".", "-") for each in declared}
    assert names - locked == set(), "run `make lock`"
