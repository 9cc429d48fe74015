"""A first configuration file, written for one account and commented for whoever edits it."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from statuspage.config.names import has_control
from statuspage.config.tree import guess_scalar
from statuspage.domain.model import MAX_ID_CHARS, slug_of
from statuspage.vendors.registry import VENDORS

WATCHED_AT_FIRST: Final = 12
SUGGESTED_CANARIES: Final = (
    "https://one.one.one.one/",
    "https://www.gstatic.com/generate_204",
    "https://detectportal.firefox.com/success.txt",
)
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9._/@+-]*|env:[A-Za-z0-9_]+|https?://[A-Za-z0-9._/:-]+[A-Za-z0-9/]")
_NO_CHAT: Final = re.compile(
    r"embed|rerank|whisper|tts|speech|audio|transcri|moderation|guard|image|dall-e|flux|diffusion|video|sora|ocr", re.IGNORECASE
)


class Account(Struct, frozen=True, kw_only=True):
    """The account that the file is written for; `api_key` is a reference, None where the server wants no key."""

    name: str
    vendor: str
    base_url: str | None = None
    api_key: str | None = None
    allow_private_networks: bool = False


def starter(account: Account, model_ids: Sequence[str]) -> str:
    """The text of a `statuspage.yml`: models that look like chat models are watched, the rest stands in comments."""
    usable = [model_id for model_id in dict.fromkeys(model_ids) if _usable(model_id)]
    chat = [model_id for model_id in usable if not _NO_CHAT.search(model_id)]
    by_slug = {slug_of(model_id): model_id for model_id in reversed(chat)}
    watched = [model_id for model_id in chat if by_slug[slug_of(model_id)] == model_id][:WATCHED_AT_FIRST]
    rest = [model_id for model_id in usable if model_id not in watched]
    return "\n".join([*_head(), *_provider(account, watched), *_rest(rest)]) + "\n"


def _head() -> list[str]:
    return [
        "# statuspage.yml. `statuspage check-config` names every mistake, `statuspage serve` starts the page.",
        "# Every key with its default and meaning: docs/configuration.md, or `statuspage schema` for your editor.",
        "",
        "site:",
        "  title: Model status",
        "  url: http://127.0.0.1:8000   # the public address of the page",
        "",
        "probing:",
        "  interval: 5m                 # time between two probes of a model",
        "  # Neutral hosts that tell an outage of our own network from a vendor's. None: the page cannot tell.",
        "  canaries:",
        *(f"    - {_text(url)}" for url in SUGGESTED_CANARIES),
        "",
        "# budget: {monthly_usd: 5}     # a hard cap of what probing may cost",
        "",
    ]


def _provider(account: Account, watched: Sequence[str]) -> list[str]:
    lines = ["providers:", f"  {_text(account.name)}:", f"    vendor: {_text(account.vendor)}"]
    default = VENDORS[account.vendor].base_url
    if account.base_url is not None and account.base_url != default:
        lines.append(f"    base_url: {_text(account.base_url)}")
    elif default is not None:
        lines.append(f"    # base_url: {default}")
    if account.allow_private_networks:
        lines.append("    allow_private_networks: true   # this base URL is an address of our own network")
    if account.api_key is not None:
        lines.append(f"    api_key: {_text(account.api_key)}   # where the key is kept, never the key itself")
    lines.append("    # rpm: 60                  # our own ceiling of requests a minute for this account")
    if not watched:
        return [*lines, "    models: []"]
    example = [
        "      # - id: another-model    # the long form of a model",
        "      #   name: Its name for readers",
        "      #   interval: 15m",
    ]
    return [*lines, "    models:", *(f"      - {_text(model_id)}" for model_id in watched), *example]


def _rest(model_ids: Sequence[str]) -> list[str]:
    if not model_ids:
        return []
    title = "      # This key can use these too (each one watched costs a few tokens every interval):"
    return [title, *(f"      # - {_text(model_id)}" for model_id in model_ids)]


def _text(text: str) -> str:
    """The text as YAML: as it is where YAML reads it so, else in quotation marks."""
    plain = _PLAIN.fullmatch(text) and isinstance(guess_scalar(text).value, str) and text.lower() not in {"null", "y", "n"}
    return text if plain else '"' + "".join(map(_escaped, text.replace("$", "$$"))) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"


def _usable(model_id: str) -> bool:
    """Whether the file may hold the id at all."""
    return bool(model_id.strip()) and len(model_id) <= MAX_ID_CHARS and not has_control(model_id)
