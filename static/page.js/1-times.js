// Absolute times become relative; the absolute time stays in the title.
const { lang } = document.documentElement;
const locale = lang === "en" ? "en-GB" : lang; // dates as the server writes them: day before month
const words = JSON.parse(document.body.dataset.words ?? "{}"); // what the code says, in the language of the page
const say = (text, values = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name]);
// Words of our own: the first paint waits for this, and Intl's formats take 15 ms to begin with.
const UNITS = [["{count} day", "{count} days", 86400], ["{count} hour", "{count} hours", 3600], ["{count} minute", "{count} minutes", 60]];
let clockSkew = 0; // milliseconds that the server's clock is ahead of ours

const now = () => Date.now() + clockSkew;

function inWords(seconds) {
  for (const [one, many, size] of UNITS) {
    const count = Math.floor(seconds / size);
    if (count) return say(count === 1 ? one : many, { count });
  }
  return say("{count} seconds", { count: Math.round(seconds / 10) * 10 });
}

function ago(at) {
  const seconds = Math.round((now() - at) / 1000);
  if (Math.abs(seconds) < 10) return say("just now");
  return say(seconds > 0 ? "{time} ago" : "in {time}", { time: inWords(Math.abs(seconds)) });
}

const lasting = (at) => inWords(Math.max(10, Math.round((now() - at) / 1000)));

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
