"""The demo's world: its configuration, its keys and what happens in it."""

import json
from pathlib import Path
from typing import Final

from statuspage.zoo.fleet import DemoModel, Part, demo_models
from statuspage.zoo.script import Script, read_script
from statuspage.zoo.tools_past import SKILLS, tool_faults
from statuspage.zoo.vendors.registry import SIMULATED

LOOP_S: Final = 360.0
TIMEOUT_S: Final = 5.0
_STRAY: Final = 0.003
_FIREWORKS: Final = "fireworks/accounts/fireworks/models/"

_ALWAYS: Final = {Part.DOWN: "server_error", Part.MAINTENANCE: "maintenance"}
"""What a part plays for ever; a broke account and a retired model need no fault."""

_STORY: Final[tuple[tuple[str, str, str, str, float], ...]] = (
    ("0s", "150s", "groq/moonshotai/kimi-k2-instruct-0905", "slow;wait=3s", 1.0),
    ("150s", "150s", "groq/moonshotai/kimi-k2-instruct-0905", "finish_mismatch", 1.0),
    ("270s", "90s", "together/moonshotai/Kimi-K3", "wrong_model", 1.0),
    ("0s", "30s", "together/moonshotai/Kimi-K3", "wrong_model", 1.0),
    ("20s", "55s", "moonshot/kimi-k3", "engine_overloaded", 1.0),
    ("60s", "140s", "openrouter/moonshotai/kimi-k2.7-code", "bad_gateway", 0.3),
    ("90s", "80s", "deepseek/deepseek-chat", "stalled_then_resumed;wait=2s", 1.0),
    ("110s", "50s", "anthropic/claude-sonnet-4-5", "overloaded_error", 1.0),
    ("180s", "60s", f"{_FIREWORKS}kimi-k3", "truncated_stream", 1.0),
    ("200s", "80s", "openai/gpt-5.2", "insufficient_quota", 1.0),
    ("240s", "50s", "deepseek/deepseek-reasoner", "header_timeout", 1.0),
    ("280s", "50s", "moonshot/kimi-k3.1-pro", "engine_overloaded", 0.5),
    ("300s", "40s", "openrouter/moonshotai/kimi-k3", "upstream_rate_limited", 1.0),
)
"""At, for, model, row, rate; once more each `LOOP_S` seconds."""


def demo_script(models: tuple[DemoModel, ...] | None = None) -> Script:
    """Faults that come and go: within two minutes green, yellow, red, grey and blue, and some of each ever after."""
    fleet = demo_models() if models is None else models
    keys = {model.key for model in fleet}
    standing = [{"models": [model.key], "row": _ALWAYS[model.part]} for model in fleet if model.part in _ALWAYS]
    story = [
        {"at": at, "for": lasts, "models": [key], "row": row, "rate": rate} for at, lasts, key, row, rate in _STORY if key in keys
    ]
    stray: list[dict[str, object]] = [{"models": "all", "row": "server_error", "rate": _STRAY}]
    return read_script({"loop": f"{LOOP_S:.0f}s", "events": [*standing, *story, *stray, *tool_faults(keys)]})


_WITH_PAGE: Final = frozenset({"openrouter"})
"""Providers whose official page is shown: of the long outage, and all is well there. A second would wait for it."""


def demo_interval_s(count: int) -> float:
    """A cadence at which a demo of so many models stays light: 5 s, and at most 60 probes a second."""
    return max(5.0, count / 60)


def demo_keys(models: tuple[DemoModel, ...]) -> dict[str, str]:
    """The API key of each provider; one account is out of quota."""
    broke = {model.provider for model in models if model.part is Part.BROKE}
    return {provider: f"sk-demo-{'broke' if provider in broke else 'tier5'}-{provider}" for provider in _providers(models)}


def demo_flags(models: tuple[DemoModel, ...]) -> str:
    """The text of the demo's `flags.json`: a switch, a percentage, somebody let in by name, and a model on trial."""
    keys = [model.key for model in models]
    flags: dict[str, object] = {
        "new-picker": {"state": "ENABLED", "variants": {"on": True, "off": False}, "defaultVariant": "on"},
        "streaming-answers": {
            "state": "ENABLED",
            "variants": {"on": True, "off": False},
            "defaultVariant": "off",
            "targeting": {"if": [{"in": [{"var": "targetingKey"}, ["ada", "grace"]]}, "on", _shared(25)]},
        },
        "banner": {
            "state": "DISABLED",
            "variants": {"none": "", "trial": "A trial of two weeks"},
            "defaultVariant": "none",
        },
    }
    if _TRIAL in keys:
        flags["try-k3-pro"] = {
            "state": "ENABLED",
            "variants": {"on": True, "off": False},
            "defaultVariant": "off",
            "targeting": _shared(100),
            "metadata": {"route": _TRIAL, "gate_model": _TRIAL, "gate_success_low": 0.9, "gate_hold": "1m"},
        }
    document = {"$schema": "https://flagd.dev/schema/v0/flags.json", "flags": flags, "metadata": {"bucketing": "v2"}}
    return json.dumps(document, indent=2) + "\n"


_TRIAL: Final = "moonshot/kimi-k3.1-pro"


def _shared(percent: int) -> dict[str, object]:
    return {"fractional": [["on", percent], ["off", 100 - percent]]}


def demo_config(zoo_url: str, site_url: str, models: tuple[DemoModel, ...], interval_s: float) -> str:
    """The text of the demo's `statuspage.yml`; keys are read from `keys/<provider>.key` beside it."""
    max_stale_s = max(30.0, 2 * interval_s + 20)
    lines = [
        "# Written by `statuspage demo`: every vendor in here is simulated.",
        "site:",
        f"  title: {_text('Model status (simulation)')}",
        f"  url: {_text(site_url)}",
        "database: sqlite+aiosqlite:///statuspage.db",
        "flags: flags.json",
        "passive: {accept: true}",
        "probing:",
        f"  interval: {_seconds(interval_s)}",
        f"  max_stale: {_seconds(max_stale_s)}",
        f"  timeout: {_seconds(TIMEOUT_S)}",
        "  confirm: {probes: 4, spacing: 1s}",
        f"  concurrency: {max(50, len(models) // 2)}",
        f"  canaries: [{_text(zoo_url + '/canary')}]",
        "  allow_private_networks: true",
        "providers:",
    ]
    for provider in _providers(models):
        vendor = SIMULATED[provider]
        lines += [
            f"  {provider}:",
            f"    vendor: {provider}",
            f"    title: {_text(vendor.title)}",
            f"    base_url: {_text(zoo_url + vendor.base_path)}",
            f"    api_key: {_text(f'file:keys/{provider}.key')}",
            *([f"    official_status: {_text(f'{zoo_url}/status/{provider}')}"] if provider in _WITH_PAGE else []),
            "    models:",
            *(line for model in models if model.provider == provider for line in _model_lines(model)),
        ]
    return "\n".join(lines) + "\n"


def write_demo(directory: Path, zoo_url: str, site_url: str, models: tuple[DemoModel, ...], interval_s: float) -> Path:
    """Writes keys and configuration into a directory; answers the configuration's path."""
    keys = directory / "keys"
    keys.mkdir(parents=True, exist_ok=True)
    for provider, key in demo_keys(models).items():
        (keys / f"{provider}.key").write_text(f"{key}\n", encoding="utf-8")
    flags = directory / "flags.json"
    if not flags.exists():
        flags.write_text(demo_flags(models), encoding="utf-8")
    path = directory / "statuspage.yml"
    path.write_text(demo_config(zoo_url, site_url, models, interval_s), encoding="utf-8")
    return path


def _providers(models: tuple[DemoModel, ...]) -> list[str]:
    return list(dict.fromkeys(model.provider for model in models))


def _model_lines(model: DemoModel) -> list[str]:
    species = model.species
    lines = [
        f"      - id: {_text(species.id)}",
        f"        name: {_text(model.name)}",
        f"        price: {{input: {species.price_input:g}, output: {species.price_output:g}}}",
    ]
    if model.key in SKILLS:
        lines.append("        probes: [chat, tools]")
    return [*lines, f"        fallback: [{_text(model.fallback)}]"] if model.fallback else lines


def _text(value: str) -> str:
    """A YAML string: JSON's are YAML's."""
    return json.dumps(value, ensure_ascii=False)


def _seconds(value: float) -> str:
    return f"{value:g}s"
