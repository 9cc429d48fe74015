"""Money seen from outside: a cap that holds over a restart, told on every surface that tells of money."""

import json
from pathlib import Path

from tests.system.outside import Upstream, command, config, serving, until

KEY = "moonshot/kimi-k3"
CAP_USD = 2.0


def test_the_cap_holds_and_says_so(tmp_path: Path, upstream: Upstream) -> None:
    dear = {"id": "kimi-k3", "price": {"input": 3000, "output": 15000}}
    file = config(tmp_path, upstream, {"moonshot": {"models": [dear]}}, budget={"monthly_usd": CAP_USD})
    with serving(file) as site:
        assert until(lambda: site.model(KEY)["class"] == "budget_exhausted")
        model = site.model(KEY)
        assert (model["level"], model["fault"]) == ("grey", "monitor")
        assert "budget" in model["reason"]
        paid = [sample for sample in site.samples(KEY) if sample["cost_usd"]]
        assert paid, "it was watched while there was money"
        spent_usd = sum(sample["cost_usd"] for sample in paid)
        assert spent_usd <= CAP_USD
        assert f"of ${CAP_USD:.2f} counted this month" in site.ask("/readyz?verbose").text
        assert site.ask("/readyz").text == "ok\n"
        assert "What watching costs" in site.ask("/models/moonshot-kimi-k3").text
        month = site.json("/api/v1/models/moonshot-kimi-k3")["watching"]["month"]
        assert abs(month["cost_usd"] - spent_usd) < 1e-6
    with serving(file) as site:
        assert until(lambda: site.model(KEY)["class"] == "budget_exhausted")
        assert sum(sample["cost_usd"] or 0 for sample in site.samples(KEY)) <= CAP_USD
    told = command("report", "cost", "--config", file, "--json")
    assert told.returncode == 0, told.stderr
    report = json.loads(told.stdout)
    assert abs(report["models"][KEY]["cost_usd"] - spent_usd) < 1e-6
    assert report["month"]["cap_usd"] == CAP_USD
    assert report["models"]["moonshot"]["kinds"]["scheduled"]["probes"] >= 1, "lists and balances are entered with 0"


def test_a_listed_price_enters_what_a_sample_costs(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"openrouter": {"models": ["moonshotai/kimi-k2.6"]}})
    with serving(file) as site:
        key = "openrouter/moonshotai/kimi-k2.6"
        assert until(lambda: site.model(key)["price"])
        assert site.model(key)["price"]["source"] == "discovered"
        slug = site.model(key)["slug"]
        assert site.json(f"/api/v1/models/{slug}")["price_as_of"]
        assert until(lambda: any(sample["cost_usd"] for sample in site.samples(key)))
