from collections.abc import Callable
from pathlib import Path

import pytest

from statuspage.config.fleet import Retention, Site
from statuspage.config.load import Loaded

Read = Callable[..., Loaded]

PROVIDERS = "\nproviders: {groq: {api_key: env:KEY, models: [a]}}\n"


def _problems(loaded: Loaded) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in loaded.problems]


def test_a_site_has_defaults(read: Read) -> None:
    loaded = read(PROVIDERS, KEY="k")
    assert loaded.config is not None
    assert loaded.config.site == Site()
    assert loaded.config.retention == Retention(samples_s=90 * 86400, hourly_s=400 * 86400, daily_s=None)
    assert loaded.config.canaries == ()
    assert loaded.config.concurrency == 50
    assert loaded.config.allow_private_networks is False


def test_a_site_url_loses_its_last_slash(read: Read) -> None:
    loaded = read("site: {url: 'https://status.example/page/'}" + PROVIDERS)
    assert loaded.config is not None
    assert loaded.config.site.url == "https://status.example/page"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "Europe/Berlin", "Etc/UTC"])
def test_it_knows_the_time_zones(read: Read, zone: str) -> None:
    assert read(f"site: {{timezone: {zone}}}" + PROVIDERS).problems == ()


@pytest.mark.parametrize(
    "zone, near", [("Asia/Shanghia", "Asia/Shanghai"), ("europe/berlin", "Europe/Berlin"), ("../../etc/passwd", None)]
)
def test_an_unknown_time_zone_names_the_nearest(read: Read, zone: str, near: str | None) -> None:
    (problem,) = read(f"site: {{timezone: {zone}}}" + PROVIDERS).problems
    assert (problem.path, problem.nearest) == ("site.timezone", near)


def test_a_folder_of_time_zones_is_none(read: Read) -> None:
    assert [path for path, _ in _problems(read("site: {timezone: Asia}" + PROVIDERS))] == ["site.timezone"]


def test_a_private_site_is_not_published(read: Read) -> None:
    assert [path for path, _ in _problems(read("site: {private: true}\npublish: {directory: out}" + PROVIDERS))] == ["publish"]
    assert read("site: {private: true}" + PROVIDERS).problems == ()


@pytest.mark.parametrize(
    "url", ["sqlite:///x.db", "sqlite+aiosqlite:///", "sqlite+aiosqlite:///:memory:", "x.db", "mysql://x", ""]
)
def test_what_is_no_database_is_a_problem(read: Read, url: str) -> None:
    assert [path for path, _ in _problems(read(f"database: '{url}'" + PROVIDERS))] == ["database"]


def test_postgresql_is_accepted_as_it_stands(read: Read) -> None:
    loaded = read("database: 'postgresql+asyncpg://u@db/x'" + PROVIDERS)
    assert loaded.config is not None
    assert loaded.config.database_url == "postgresql+asyncpg://u@db/x"


def test_history_may_be_kept_for_ever(read: Read) -> None:
    loaded = read("retention: {samples: forever, hourly: 30d, daily: 1000d}" + PROVIDERS)
    assert loaded.config is not None
    assert loaded.config.retention == Retention(samples_s=None, hourly_s=30 * 86400, daily_s=1000 * 86400)


def test_an_address_of_a_channel_is_kept_as_a_secret(read: Read) -> None:
    loaded = read(
        "notify: [{name: ops, url: 'discord://id/token'}, {name: chat, url: env:URL}]" + PROVIDERS, URL="slack://t", KEY="k"
    )
    assert loaded.config is not None
    urls = [channel.url for channel in loaded.config.notify]
    assert [url.reveal() for url in urls if url is not None] == ["discord://id/token", "slack://t"]
    assert [(channel.kind, channel.audience) for channel in loaded.config.notify] == [("apprise", "operator")] * 2


def test_an_unset_reference_of_a_channel_is_a_warning(read: Read) -> None:
    loaded = read("notify: [{name: ops, url: env:URL}]" + PROVIDERS, KEY="k")
    assert [(warning.path, warning.message) for warning in loaded.warnings] == [
        ("notify[0].url", "env:URL is not set: export URL")
    ]
    assert loaded.config is not None


def test_everything_the_contract_shows_is_accepted(read: Read, tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "statuspage.yml"
    loaded = read(
        example.read_text(encoding="utf-8"),
        MOONSHOT_API_KEY="k",
        OPENROUTER_API_KEY="k",
        OPS_DISCORD_URL="discord://x/y",
        HOOK_SECRET="s",
    )
    assert loaded.problems == loaded.warnings == ()
    config = loaded.config
    assert config is not None
    assert config.monthly_usd == 25
    assert config.publish_directory == tmp_path / "public"
    assert config.flags == tmp_path / "flags.json"
