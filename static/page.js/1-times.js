// Absolute times become relative; the absolute time stays in the title.
const { lang } = document.documentElement;
const locale = lang === "en" ? "en-GB" : lang; // dates as the server writes them: day before month
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
let clockSkew = 0; // milliseconds that the server's clock is ahead of ours

const now = () => Date.now() + clockSkew;

function ago(at) {
  const seconds = Math.round((at - now()) / 1000);
  if (Math.abs(seconds) < 10) return "just now";
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  const count = Math.trunc(seconds / size);
  return relative.format(unit === "second" ? Math.round(count / 10) * 10 : count, unit);
}

function showTimes(root = document) {
  for (const time of root.querySelectorAll("time:not([data-absolute])")) {
    time.title ||= time.textContent;
    const at = Date.parse(time.dateTime);
    time.textContent = time.closest("[data-next]") && at < now() + 10000 ? "any moment" : ago(at);
  }
}
