"""Statuspage's npm client reads a real server."""

import json
import subprocess
import sys
from pathlib import Path

from tests.system.outside import Upstream, config, serving

NODE = Path(sys.executable).parent / "node"
MODULES = Path(__file__).parents[2] / ".cache" / "npm"
ASK = """
const { Statuspage } = require("statuspage.io");
const client = new Statuspage("x");
client.apiClient.defaults.baseURL = process.argv[1];
(async () => {
  const api = client.api;
  const found = {};
  found.summary = await api.getSummary();
  found.status = await api.getStatus();
  found.components = await api.getComponents();
  found.incidents = await api.incidents.getAll();
  found.unresolved = await api.incidents.getUnresolved();
  found.maintenances = await api.scheduledMaintenances.getAll();
  found.upcoming = await api.scheduledMaintenances.getUpcoming();
  console.log(JSON.stringify(found));
})().catch((error) => { console.error(error); process.exit(1); });
"""


def test_the_npm_client_reads_every_document(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})
    with serving(file) as site:
        site.until_status("moonshot/kimi-k3", "operational")
        asked = subprocess.run([NODE, "-e", ASK, site.url], cwd=MODULES, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    found = json.loads(asked.stdout)
    assert found["status"]["status"]["indicator"] == "none"
    assert [each["name"] for each in found["summary"]["components"]] == ["Moonshot AI", "kimi-k3"]
