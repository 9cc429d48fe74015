from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from statuspage.cli.init import ListingError, build_init
from statuspage.config.fleet import Provider
from statuspage.config.load import load, load_text
from statuspage.config.starter import Account, starter
from statuspage.vendors.registry import VENDORS

LISTED = ["kimi-k2.6", "kimi-k3", "text-embedding-3", "moonshotai/kimi:free", "123", "on"]


class FakeCatalog:
    """Lists the same models to everybody and remembers who asked."""

    def __init__(self, models: list[str], error: str | None = None) -> None:
        self.asked: list[Provider] = []
        self._models = models
        self._error = error

    def __call__(self, provider: Provider) -> list[str]:
        self.asked.append(provider)
        if self._error is not None:
            raise ListingError(self._error)
        return self._models


def _run(catalog: FakeCatalog, *arguments: str, input_text: str | None = None, **environ: str) -> Result:
    env = {"STATUSPAGE_CONFIG": None, "MOONSHOT_API_KEY": None, **environ}
    return CliRunner(env=env).invoke(build_init(catalog), arguments, input=input_text)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "statuspage.yml"


def test_it_writes_what_the_key_can_use(output: Path) -> None:
    catalog = FakeCatalog(LISTED)
    result = _run(catalog, "--vendor", "moonshot", "--output", str(output), MOONSHOT_API_KEY="sk-hunter2")
    assert result.exit_code == 0, result.output
    (asked,) = catalog.asked
    assert asked.api_key is not None
    assert asked.api_key.reveal() == "sk-hunter2"
    assert asked.base_url == "https://api.moonshot.ai/v1"
    loaded = load(output, {"MOONSHOT_API_KEY": "k"})
    assert loaded.problems == loaded.warnings == ()
    assert loaded.config is not None
    assert [model.id for model in loaded.config.models] == ["kimi-k2.6", "kimi-k3", "moonshotai/kimi:free", "123", "on"]
    assert "# - text-embedding-3" in output.read_text()


def test_it_never_writes_or_shows_the_key(output: Path) -> None:
    result = _run(FakeCatalog(LISTED), "--vendor", "moonshot", "--output", str(output), MOONSHOT_API_KEY="sk-hunter2")
    assert "hunter2" not in result.output
    assert "hunter2" not in output.read_text()
    assert "api_key: env:MOONSHOT_API_KEY" in output.read_text()


def test_it_never_overwrites_a_file_unasked(output: Path) -> None:
    output.write_text("mine")
    catalog = FakeCatalog(LISTED)
    result = _run(catalog, "--vendor", "moonshot", "--output", str(output), MOONSHOT_API_KEY="k")
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert output.read_text() == "mine"
    assert catalog.asked == []
    assert _run(catalog, "--vendor", "moonshot", "--output", str(output), "--force", MOONSHOT_API_KEY="k").exit_code == 0
    assert "providers:" in output.read_text()


def test_it_asks_for_what_no_option_says(output: Path) -> None:
    catalog = FakeCatalog(["llama"])
    answers = "openai-compatible\nhttp://127.0.0.1:4000/v1\nenv:LOCAL_KEY\n"
    result = _run(catalog, "--output", str(output), input_text=answers, LOCAL_KEY="k")
    assert result.exit_code == 0, result.output
    config = load(output, {"LOCAL_KEY": "k"}).config
    assert config is not None
    (provider,) = config.providers
    assert (provider.name, provider.base_url, provider.allow_private) == ("openai-compatible", "http://127.0.0.1:4000/v1", True)


def test_a_server_of_ones_own_needs_no_key(output: Path) -> None:
    catalog = FakeCatalog(["llama"])
    arguments = (
        "--vendor",
        "openai-compatible",
        "--base-url",
        "http://localhost:8080/v1",
        "--name",
        "llama",
        "--config",
        str(output),
    )
    assert _run(catalog, *arguments).exit_code == 0
    config = load(output, {}).config
    assert config is not None
    assert [model.key for model in config.models] == ["llama/llama"]


@pytest.mark.parametrize(
    "arguments, code, said",
    [
        (("--vendor", "grok"), 2, "Invalid value for '--vendor'"),
        (("--vendor", "openai-compatible"), 2, "write one with --base-url"),
        (("--vendor", "moonshot", "--key-ref", "sk-hunter2"), 2, "a secret is written in plain"),
        (("--vendor", "moonshot"), 1, "env:MOONSHOT_API_KEY is not set: export MOONSHOT_API_KEY (nothing was written)"),
        (("--vendor", "moonshot", "--base-url", "nonsense"), 2, "providers.moonshot.base_url: the text is not a URL"),
        (("--vendor", "moonshot", "--name", "a/b"), 2, "a provider's name has no slash"),
    ],
)
def test_what_it_cannot_use_it_says_and_writes_nothing(output: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = _run(FakeCatalog(LISTED), *arguments, "--output", str(output))
    assert result.exit_code == code
    assert said in result.stderr
    assert "hunter2" not in result.stderr
    assert not output.exists()


def test_a_vendor_that_does_not_answer_leaves_nothing_behind(output: Path) -> None:
    catalog = FakeCatalog([], error="Moonshot rejects the key: check env:MOONSHOT_API_KEY")
    result = _run(catalog, "--vendor", "moonshot", "--output", str(output), MOONSHOT_API_KEY="k")
    assert result.exit_code == 1
    assert result.stderr == "Error: Moonshot rejects the key: check env:MOONSHOT_API_KEY (nothing was written)\n"
    assert not output.exists()


def test_a_folder_that_does_not_exist_is_one_sentence(tmp_path: Path) -> None:
    result = _run(FakeCatalog(LISTED), "--vendor", "moonshot", "--output", str(tmp_path / "none" / "x.yml"), MOONSHOT_API_KEY="k")
    assert result.exit_code == 1
    assert "cannot be written (No such file or directory)" in result.stderr


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_vendors_first_file_is_good(vendor: str) -> None:
    account = Account(name=vendor, vendor=vendor, base_url=VENDORS[vendor].base_url or "https://llm.example/v1", api_key="env:K")
    loaded = load_text(starter(account, LISTED), Path("x.yml"), {"K": "k"})
    assert loaded.problems == loaded.warnings == ()


def test_a_long_list_is_watched_in_part_and_the_rest_is_in_comments() -> None:
    models = [f"model-{number}" for number in range(400)]
    text = starter(Account(name="openrouter", vendor="openrouter", api_key="env:K"), models)
    loaded = load_text(text, Path("x.yml"), {"K": "k"})
    assert loaded.config is not None
    assert [model.id for model in loaded.config.models] == models[:12]
    assert all(f"- {model}\n" in text for model in models)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_whatever_a_vendor_calls_its_models_the_file_holds_good(models: list[str]) -> None:
    text = starter(Account(name="p", vendor="groq", api_key="env:K"), models)
    loaded = load_text(text, Path("x.yml"), {"K": "k"})
    assert loaded.problems == ()
    assert loaded.config is not None
    assert {model.id for model in loaded.config.models} <= set(models)


def test_ids_of_one_slug_are_not_watched_twice() -> None:
    text = starter(Account(name="p", vendor="groq", api_key="env:K"), ["a:b", "a/b", "c"])
    loaded = load_text(text, Path("x.yml"), {"K": "k"})
    assert loaded.config is not None
    assert [model.id for model in loaded.config.models] == ["a:b", "c"]
    assert "# - a/b\n" in text


def test_hostile_ids_survive_as_they_are() -> None:
    models = ["${HOME}", 'a"b\\c', "x: y", "# no", "- z", "𐀀é", "null", "1.10"]
    loaded = load_text(starter(Account(name="p", vendor="groq", api_key="env:K"), models), Path("x.yml"), {"K": "k"})
    assert loaded.config is not None
    assert [model.id for model in loaded.config.models] == models
