// Status of language models in anybody's page: <llm-status model=KEY> and <select data-llm-status>. See docs/embeds.md.
const ORIGIN = new URL(import.meta.url).origin;
const LOOKS = {
  operational: ["green", "●", "Operational", "运行正常"],
  degraded_performance: ["yellow", "▲", "Degraded", "性能下降"],
  partial_outage: ["yellow", "◆", "Partial outage", "部分中断"],
  major_outage: ["red", "■", "Outage", "严重中断"],
  under_maintenance: ["blue", "⚙\uFE0E", "Maintenance", "维护中"],
  no_data: ["grey", "○", "No data", "暂无数据"],
  retired: ["grey", "✕", "Retired", "已下线"],
  unknown: ["grey", "○", "Unknown", "未知"],
};
const COLOURS = { green: "#1a7f37,#3fb950", yellow: "#9a6700,#d29922", red: "#cf222e,#f85149", blue: "#0969da,#4493f8", grey: "#59636e,#9198a1" };

let models = null; // the newest of every model, by key; null until somebody told
let failed = false; // whether nobody could be asked
let skew = 0; // milliseconds that the server's clock is ahead of ours

let need = () => {}; // begins to listen, at the first question

// [level, shape, word, reason, name] of a model as of now; null while nothing is known yet.
function look(key) {
  need();
  if (!models) return failed ? said("no_data") : null;
  const model = models[key];
  if (!model) return said("unknown");
  const old = model.checked_at && Date.now() + skew > Date.parse(model.checked_at) + model.max_stale_seconds * 1000;
  const stale = old && model.status !== "retired";
  return [...said(stale ? "no_data" : model.status), stale ? "" : model.reason, model.name];
}

// In the language of the page around it.
function said(status) {
  const [level, shape, english, chinese] = LOOKS[status] ?? LOOKS.no_data;
  return [level, shape, document.documentElement.lang.startsWith("zh") ? chinese : english];
}
