// Absolute times become relative; the absolute time stays in the title.
const { lang } = document.documentElement;
const locale = lang === "en" ? "en-GB" : lang; // dates as the server writes them: day before month
const words = JSON.parse(document.body.dataset.words ?? "{}"); // what the code says, in the language of the page
const say = (text, values = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name]);
const relative = new Intl.RelativeTimeFormat(locale);
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
let clockSkew = 0; // milliseconds that the server's clock is ahead of ours

const now = () => Date.now() + clockSkew;

function inUnits(seconds) {
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  const count = Math.trunc(seconds / size);
  return [unit === "second" ? Math.round(count / 10) * 10 : count, unit];
}

function ago(at) {
  const seconds = Math.round((at - now()) / 1000);
  return Math.abs(seconds) < 10 ? say("just now") : relative.format(...inUnits(seconds));
}

function lasting(at) {
  const [count, unit] = inUnits(Math.max(10, Math.round((now() - at) / 1000)));
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

function showTimes(root = document) {
  for (const time of root.querySelectorAll("time:not([data-absolute])")) {
    time.title ||= time.textContent;
    const at = Date.parse(time.dateTime);
    const since = time.closest("[data-since]");
    if (since) {
      since.firstElementChild.textContent = say("for");
      time.textContent = lasting(at);
    } else {
      time.textContent = time.closest("[data-next]") && at < now() + 10000 ? say("any moment") : ago(at);
    }
  }
}
