// A chart that can be zoomed, made only when somebody asks for it; everything it needs is loaded then.
const policy = window.trustedTypes?.createPolicy("zoom", { createScriptURL: (url) => url });
const lang = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

const loaded = (element) =>
  new Promise((resolve, reject) => {
    element.addEventListener("load", resolve, { once: true });
    element.addEventListener("error", reject, { once: true });
    document.head.append(element);
  });

async function plotting({ plot, style }) {
  if (window.uPlot) return;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
  const script = document.createElement("script");
  script.src = policy ? policy.createScriptURL(plot) : plot;
  await Promise.all([loaded(sheet), loaded(script)]);
}

function frame(name, { hint: hintText, close: closeText }) {
  const dialog = document.createElement("dialog");
  const close = document.createElement("button");
  const hint = document.createElement("p");
  const title = document.createElement("h2");
  dialog.className = "zoom";
  title.textContent = name;
  hint.className = "meta";
  hint.textContent = hintText;
  close.type = "button";
  close.className = "quiet";
  close.textContent = closeText;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(title, hint, close);
  document.body.append(dialog);
  return dialog;
}

async function zoom(button) {
  const section = button.closest("[data-plot]");
  const { slug, window: span } = section.dataset;
  const figure = button.dataset.zoom;
  const name = button.closest("figcaption").firstChild.textContent.trim();
  const [response] = await Promise.all([fetch(`/api/v1/models/${slug}/latency?window=${span}`), plotting(section.dataset)]);
  if (!response.ok) return;
  const { points } = await response.json();
  const dialog = frame(`${name}, ${span}`, section.dataset);
  dialog.showModal();
  const colour = (token) => getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  const seconds = (ms) => (ms === null ? "–" : ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`);
  const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", timeZone: "UTC" });
  const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });
  const when = (at, step) => (step < 86400 && at % 86400 ? clock : day).format(at * 1000);
  const options = {
    width: dialog.clientWidth - 32,
    height: Math.min(420, Math.max(220, innerHeight - 260)),
    tzDate: (at) => window.uPlot.tzDate(new Date(at * 1000), "UTC"),
    axes: [{ ...axis, values: (_, ticks, __, ___, step) => ticks.map((at) => when(at, step)) }, { ...axis, size: 64, values: (_, ticks) => ticks.map(seconds) }],
    series: [
      { label: "UTC", value: (_, at) => (at ? `${day.format(at * 1000)}, ${clock.format(at * 1000)}` : "–") },
      { label: "p50", stroke: colour("--care"), width: 2, value: (_, value) => seconds(value) },
      { label: "p95", stroke: colour("--soft"), width: 1.25, dash: [4, 4], value: (_, value) => seconds(value) },
    ],
  };
  const data = [points.map((point) => Date.parse(point.at) / 1000), points.map((point) => point[`${figure}_p50`]), points.map((point) => point[`${figure}_p95`])];
  new window.uPlot(options, data, dialog);
}

const offer = () => {
  for (const button of document.querySelectorAll("[data-zoom][hidden]")) button.hidden = false;
};
offer();
new MutationObserver(offer).observe(document.querySelector("#content"), { childList: true, subtree: true });
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-zoom]");
  if (button) zoom(button);
});
