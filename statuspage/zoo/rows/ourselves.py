"""Rows that no vendor's answer can play, as they are the monitor's own or another page's; each says how to meet it."""

from typing import Final

from statuspage.zoo.reply import JSON, Reply, as_json, whole
from statuspage.zoo.rows.row import row
from statuspage.zoo.scene import Scene

_SECRETS: Final = {
    "error": {
        "message": "Internal error for account org-7c1f0e2d9ab34c55 <ak-f3k9x0zoo1111> with key sk-zoo-0a1b2c3d4e5f60718293",
        "type": "server_error",
    }
}


def secret_in_text(scene: Scene) -> Reply:
    """An error that names organisation, key id and key: nothing of them may be shown, logged or kept."""
    return whole(500, as_json(_SECRETS), JSON, scene.headers)


OURSELVES: Final = (
    row(90, "price_unknown", "no table has a price", class_name="ok", instead="name no price for a model of `openai-compatible`"),
    row(
        98,
        "official_incident",
        "the official page reports an incident, probes are fine",
        class_name="ok",
        instead="point `official_status` at a page with an incident and play nothing",
    ),
    row(
        99,
        "official_silent",
        "the official page is green, probes fail",
        class_name="server_error",
        instead="point `official_status` at a page without incidents and play row 55",
    ),
    row(100, "offline", "our network is down", instead='order `{"cut": "all"}` and `{"cut": "canary"}`'),
    row(
        101,
        "own_network_broken",
        "our resolver, proxy or roots are broken",
        class_name="resolver_down",
        instead="as rows 2, 9, 11",
    ),
    row(102, "clock_jump", "our clock jumps", instead="set the machine's clock, or let it sleep; see also `clock-skew`"),
    row(103, "loop_stalled", "our event loop stalls", instead="stop the monitor's process for two seconds (SIGSTOP, SIGCONT)"),
    row(104, "stale", "the monitor stopped", instead="end the monitor and look at any copy of its page"),
    row(105, "budget_exhausted", "our own budget is spent", instead="set `budget: {monthly_usd: 0.0001}`"),
    row(106, "not_configured", "no key is configured", instead="leave the variable of `api_key` unset"),
    row(107, "database_failed", "our database is full, locked or corrupt", class_name=None, instead="fill its disk"),
    row(
        108,
        "self_throttled",
        "we ask too fast",
        instead="use a key with `tier0` and probe with `rpm` and `concurrency` above it",
    ),
    row(109, "regional", "it fails from here alone", class_name=None, instead="it takes a second vantage"),
    row(110, "secret_in_text", "an error's text holds secrets", class_name="server_error", play=secret_in_text),
)
