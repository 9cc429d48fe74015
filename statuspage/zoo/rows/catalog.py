"""Rows that show in lists and balances: prices, capabilities, retirement dates, what is left."""

from email.utils import parsedate_to_datetime
from typing import Final

import msgspec

from statuspage.domain.clock import rfc3339
from statuspage.zoo.reply import Reply
from statuspage.zoo.rows.refused import says
from statuspage.zoo.rows.row import Reach, row
from statuspage.zoo.scene import Scene, healthy

_LOW: Final = 0.37
_BALANCES: Final = frozenset(
    {"available_balance", "cash_balance", "limit_remaining", "total_balance", "topped_up_balance", "total_credits"}
)


def low_balance(scene: Scene) -> Reply:
    """The account's endpoint with little left."""
    return healthy(msgspec.structs.replace(scene, payload=_with_low_figures(scene.payload)))


def key_expires(scene: Scene) -> Reply:
    """A key that ends in a few days, where the vendor says so."""
    payload = scene.payload
    if isinstance(payload, dict) and isinstance(payload.get("data"), dict) and "expires_at" in payload["data"]:
        payload = {**payload, "data": {**payload["data"], "expires_at": _in_five_days(scene)}}
    return healthy(msgspec.structs.replace(scene, payload=payload))


def catalog_down(scene: Scene) -> Reply:
    """A server error where the list is asked for; chat works."""
    return scene.refuse("server_error") if scene.call is None else healthy(scene)


def _in_five_days(scene: Scene) -> str:
    """Five days after the reply's own `Date`."""
    said = next(value for name, value in scene.headers if name == "Date")
    return rfc3339(round(parsedate_to_datetime(said).timestamp() * 1000) + 5 * 86_400_000)


def _with_low_figures(value: object) -> object:
    if isinstance(value, dict):
        return {name: _low_figure(each) if name in _BALANCES else _with_low_figures(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_low_figures(each) for each in value]
    return value


def _low_figure(value: object) -> object:
    return str(_LOW) if isinstance(value, str) else _LOW


def _price_doubled(entry: dict[str, object]) -> dict[str, object]:
    pricing = entry.get("pricing")
    if not isinstance(pricing, dict):
        return entry
    return {**entry, "pricing": {name: _doubled(each) for name, each in pricing.items()}}


def _doubled(value: object) -> object:
    if isinstance(value, str):
        return f"{float(value) * 2:.10f}".rstrip("0").rstrip(".")
    return value * 2 if isinstance(value, int | float) else value


def _retires(entry: dict[str, object]) -> dict[str, object]:
    return {**entry, "expiration_date": "2026-12-31"}


def _without_tools(entry: dict[str, object]) -> dict[str, object]:
    changed = {name: (False if name in {"supports_image_in", "supports_tools"} else each) for name, each in entry.items()}
    supported = changed.get("supported_parameters")
    if isinstance(supported, list):
        changed["supported_parameters"] = [each for each in supported if each not in {"tools", "tool_choice"}]
    return changed


def _smaller(entry: dict[str, object]) -> dict[str, object]:
    sizes = {"context_length", "context_window", "max_model_len"}
    return {name: each // 2 if name in sizes and isinstance(each, int) else each for name, each in entry.items()}


CATALOG: Final = (
    row(87, "balance_low", "little balance left", class_name="ok", play=low_balance, reach=Reach.BALANCE),
    row(88, "key_expires", "the key will expire", class_name="ok", play=key_expires, reach=Reach.BALANCE),
    row(89, "price_changed", "the price doubles in /models", class_name="ok", play=healthy, lists=True, edit=_price_doubled),
    row(91, "retirement_announced", "/models names a last day", class_name="ok", play=healthy, lists=True, edit=_retires),
    row(92, "new_model", "an id appears in /models", class_name="ok", play=healthy, lists=True),
    row(
        93,
        "listed_but_refused",
        "listed, but every call is 404",
        class_name="not_entitled",
        play=says("not_entitled"),
        lists=True,
    ),
    row(94, "unlisted", "off the list, but works", class_name="ok", play=healthy, hides=True),
    row(95, "capability_lost", "/models no longer says «tools»", class_name="ok", play=healthy, lists=True, edit=_without_tools),
    row(96, "context_reduced", "/models says half the context", class_name="ok", play=healthy, lists=True, edit=_smaller),
    row(97, "catalog_down", "/models fails, chat works", class_name="server_error", play=catalog_down, reach=Reach.CATALOG),
)
