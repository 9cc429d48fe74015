// Status of language models in anybody's page: <llm-status model=KEY> and <select data-llm-status>. See docs/embeds.md.
const ORIGIN = new URL(import.meta.url).origin;
const LOOKS = {
  operational: ["green", "●", "Operational"],
  degraded_performance: ["yellow", "▲", "Degraded"],
  partial_outage: ["yellow", "◆", "Partial outage"],
  major_outage: ["red", "■", "Outage"],
  under_maintenance: ["blue", "⚙\uFE0E", "Maintenance"],
  no_data: ["grey", "○", "No data"],
  retired: ["grey", "✕", "Retired"],
  unknown: ["grey", "○", "Unknown"],
};
const COLOURS = { green: "#1a7f37,#3fb950", yellow: "#9a6700,#d29922", red: "#cf222e,#f85149", blue: "#0969da,#4493f8", grey: "#59636e,#9198a1" };

let models = null; // the newest of every model, by key; null until somebody told
let failed = false; // whether nobody could be asked
let skew = 0; // milliseconds that the server's clock is ahead of ours

let need = () => {}; // begins to listen, at the first question

// [level, shape, word, reason, name] of a model as of now; null while nothing is known yet.
function look(key) {
  need();
  if (!models) return failed ? LOOKS.no_data : null;
  const model = models[key];
  if (!model) return LOOKS.unknown;
  const old = model.checked_at && Date.now() + skew > Date.parse(model.checked_at) + model.max_stale_seconds * 1000;
  const stale = old && model.status !== "retired";
  return [...LOOKS[stale ? "no_data" : model.status] ?? LOOKS.no_data, stale ? "" : model.reason, model.name];
}
