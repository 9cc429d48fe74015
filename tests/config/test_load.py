from pathlib import Path

import pytest

from statuspage.config.load import Loaded, load


def _load(tmp_path: Path, content: bytes) -> Loaded:
    path = tmp_path / "statuspage.yml"
    path.write_bytes(content)
    return load(path, {})


def test_a_missing_file_is_one_problem_with_the_remedy(tmp_path: Path) -> None:
    loaded = load(tmp_path / "none.yml", {})
    assert loaded.config is None
    assert [problem.message for problem in loaded.problems] == [
        "the file does not exist: write one with `statuspage init`, or name another with --config"
    ]


def test_a_directory_is_one_problem(tmp_path: Path) -> None:
    (problem,) = load(tmp_path, {}).problems
    assert problem.message == "the file cannot be read (Is a directory): check its name and permissions"


@pytest.mark.parametrize("content", [b"", b"# nothing but a comment\n", b"---\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_one_problem(tmp_path: Path, content: bytes) -> None:
    (problem,) = _load(tmp_path, content).problems
    assert problem.message in {
        "the file is empty: write at least one provider under providers",
        "the file holds no mapping: write keys such as site and providers, each with a colon",
    }


@pytest.mark.parametrize("content", [b"- a", b"just text", b"5", b"null"])
def test_a_file_that_is_no_mapping_is_one_problem(tmp_path: Path, content: bytes) -> None:
    (problem,) = _load(tmp_path, content).problems
    assert problem.message.startswith("the file holds no mapping")


def test_bytes_that_are_no_text_are_one_problem_with_the_line(tmp_path: Path) -> None:
    (problem,) = _load(tmp_path, b"site:\n  title: caf\xe9\n").problems
    assert problem.message == "the file is not UTF-8 text (line 2): save it as UTF-8"


def test_a_file_too_large_is_one_problem(tmp_path: Path) -> None:
    (problem,) = _load(tmp_path, b"#" * (4 * 1024 * 1024 + 1)).problems
    assert problem.message == "the file is larger than 4 MiB: name another with --config"


@pytest.mark.parametrize("content", [b"{}", b"providers: {}", b"site: {title: x}"])
def test_a_file_without_providers_is_one_problem(tmp_path: Path, content: bytes) -> None:
    (problem,) = _load(tmp_path, content).problems
    assert problem.path == "providers"


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "\ufeffproviders: {groq: {models: [a]}}".encode())
    assert loaded.config is not None


def test_three_lines_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "statuspage.yml"
    path.write_text("providers:\n  moonshot:\n    {api_key: env:MOONSHOT_API_KEY, models: [kimi-k2.6]}\n")
    loaded = load(path, {"MOONSHOT_API_KEY": "sk-1"})
    assert loaded.problems == loaded.warnings == ()
    assert loaded.config is not None
    (provider,) = loaded.config.providers
    assert provider.vendor.name == "moonshot"
    assert provider.base_url == "https://api.moonshot.ai/v1"
    assert provider.not_configured is None
    assert loaded.config.database_url == f"sqlite+aiosqlite:///{tmp_path}/statuspage.db"


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "conf" / "statuspage.yml"
    path.parent.mkdir()
    (tmp_path / "key").write_text("sk-2\n")
    path.write_text(
        "database: sqlite+aiosqlite:///../data/page.db\nflags: flags.json\npublish: {directory: public/}\n"
        "providers: {groq: {api_key: 'file:../key', models: [a]}}\n"
    )
    config = load(path, {}).config
    assert config is not None
    assert config.database_url == f"sqlite+aiosqlite:///{tmp_path}/data/page.db"
    assert config.flags == tmp_path / "conf" / "flags.json"
    assert config.publish_directory == tmp_path / "conf" / "public"
    assert config.providers[0].api_key is not None
    assert config.providers[0].api_key.reveal() == "sk-2"


def test_an_absolute_database_stays_where_it_is(tmp_path: Path) -> None:
    loaded = _load(tmp_path, b"database: sqlite+aiosqlite:////var/lib/page.db\nproviders: {groq: {models: [a]}}")
    assert loaded.config is not None
    assert loaded.config.database_url == "sqlite+aiosqlite:////var/lib/page.db"


def test_the_text_form_of_a_configuration_shows_no_password(tmp_path: Path) -> None:
    loaded = _load(tmp_path, b"database: postgresql+asyncpg://u:hunter2@db/x\nproviders: {groq: {models: [a]}}")
    assert loaded.config is not None
    assert "hunter2" not in repr(loaded)
    assert "hunter2" not in str(loaded.config)


def test_it_names_the_files_of_secrets_also_those_that_are_missing(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("sk-zoo-0123456789abcdef")
    keys = "api_key: ['file:here', 'file:/nowhere/else', 'env:UNSET']"
    loaded = _load(tmp_path, f"providers: {{moonshot: {{{keys}, models: [kimi-k3]}}}}".encode())
    assert loaded.secret_files == {tmp_path / "here", Path("/nowhere/else")}
