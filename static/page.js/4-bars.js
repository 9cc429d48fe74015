// A bar tells its day on hover, tap and arrow keys.
const MINUTES = { r: "outage", p: "partial outage", d: "slow or degraded", m: "maintenance", n: "not measured" };
const SLOTS = 90;
const tip = document.createElement("div");
const mark = document.createElement("div");
tip.className = "tip";
tip.setAttribute("role", "presentation");
mark.className = "mark";

const span = (minutes) => {
  const hours = Math.floor(minutes / 60);
  return [hours && say("{hours} h", { hours }), minutes % 60 && say("{minutes} min", { minutes: minutes % 60 })].filter(Boolean).join(" ");
};

// The days of a row, oldest first: the encoding of render/bars.py, read back.
function daysOf(bars) {
  if (bars.days) return bars.days;
  const [last, words] = bars.dataset.days.split(";");
  if (!words) return (bars.days = []);
  let judged = 0;
  const list = words.split(" ");
  const end = Date.parse(last);
  bars.days = list.map((word, index) => {
    const [, failed, count, letters, incidents] = /^(-|\d+)(?::(\d+))?((?:[a-z]\d+)*)(?:#(\d+))?$/.exec(word);
    if (count) judged = Number(count);
    const minutes = [...letters.matchAll(/([a-z])(\d+)/g)].map(([, letter, value]) => `${span(Number(value))} ${say(MINUTES[letter])}`);
    const date = new Date(end - (list.length - 1 - index) * 864e5);
    const measured = failed === "-" ? say("Not measured")
      : say("{good} of {count} requests succeeded", { good: share(judged - failed, judged), count: judged });
    const happened = incidents ? say(incidents === "1" ? "{count} incident" : "{count} incidents", { count: incidents }) : "";
    const lines = [date.toLocaleDateString(locale, { weekday: "short", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
      measured, ...minutes, happened].filter(Boolean);
    if (happened) lines.date = date.toISOString().slice(0, 10);
    return lines;
  });
  return bars.days;
}

const answerOf = (address) => fetch(address).then((response) => (response.ok ? response.json() : null)).catch(() => null);

// The names of a day's incidents are asked for when somebody looks at such a day: they would weigh more than all the bars.
async function nameIncidents(bars) {
  const slug = bars.closest("[data-model]").dataset.model;
  const [all, own] = await Promise.all([answerOf("/api/v1/incidents"), answerOf(`/api/v1/models/${slug}/uptime?window=90d`)]);
  if (!all || !own) return;
  const titles = new Map(all.incidents.map(({ id, title }) => [id, title]));
  const known = new Map(own.days.map(({ date, incidents }) => [date, incidents.map((id) => titles.get(id))]));
  for (const lines of bars.days.filter((one) => one.date)) {
    const named = known.get(lines.date);
    if (named?.length && named.every(Boolean)) lines.splice(-1, 1, ...named);
    delete lines.date;
  }
  if (mark.parentElement === bars) tell(bars, Number(bars.dataset.slot));
}

const share = (good, judged) => (good === judged ? "100%" : `${(Math.floor((good / judged) * 1e4 + 1e-6) / 100).toFixed(2)}%`);

function tell(bars, slot) {
  const days = daysOf(bars);
  const day = days[slot - SLOTS + days.length] ?? [say("Before the first measurement")];
  tip.textContent = day.join("\n");
  bars.append(mark);
  mark.style.left = `${(slot / SLOTS) * 100}%`;
  mark.style.width = `${100 / SLOTS}%`;
  document.body.append(tip);
  const box = bars.getBoundingClientRect();
  const middle = box.left + ((slot + 0.5) / SLOTS) * box.width;
  const left = Math.min(Math.max(8, middle - tip.offsetWidth / 2), document.documentElement.clientWidth - tip.offsetWidth - 8);
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${(above < 0 ? box.bottom + 8 : above) + scrollY}px`;
  bars.dataset.slot = slot;
  bars.setAttribute("aria-valuenow", slot + 1);
  bars.setAttribute("aria-valuetext", day.join(", "));
  if (day.date && !bars.dataset.named) {
    bars.dataset.named = "";
    nameIncidents(bars);
  }
}

function hush() {
  tip.remove();
  mark.remove();
}

const slotAt = (bars, x) => {
  const box = bars.getBoundingClientRect();
  return Math.min(SLOTS - 1, Math.max(0, Math.floor(((x - box.left) / box.width) * SLOTS)));
};

for (const kind of ["pointermove", "pointerdown"]) {
  document.addEventListener(kind, (event) => {
    const bars = event.target.closest?.(".bars");
    if (bars) tell(bars, slotAt(bars, event.clientX));
    else if (document.activeElement?.className !== "bars" || kind === "pointerdown") hush();
  });
}

const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 7, PageDown: -7, Home: -SLOTS, End: SLOTS };

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hush();
  const bars = event.target.closest?.(".bars");
  if (!bars || !(event.key in STEPS)) return;
  event.preventDefault();
  tell(bars, Math.min(SLOTS - 1, Math.max(0, Number(bars.dataset.slot ?? SLOTS - 1) + STEPS[event.key])));
});
document.addEventListener("focusin", (event) => {
  const bars = event.target.closest?.(".bars");
  if (bars?.matches(":focus-visible")) tell(bars, Number(bars.dataset.slot ?? SLOTS - 1));
});
document.addEventListener("focusout", hush);

// The bars can be walked day by day, so for assistive technology they are a slider over days.
function makeWalkable(root) {
  for (const bars of root.querySelectorAll(".bars:not([tabindex])")) {
    const days = daysLabel(bars);
    bars.tabIndex = 0;
    bars.setAttribute("role", "slider");
    bars.setAttribute("aria-valuemin", 1);
    bars.setAttribute("aria-valuemax", SLOTS);
    bars.setAttribute("aria-valuenow", SLOTS);
    bars.setAttribute("aria-valuetext", days);
  }
}

const daysLabel = (bars) => bars.getAttribute("aria-label");
