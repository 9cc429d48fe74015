// Nothing keeps its last colour: what was not judged for too long turns grey, here as everywhere.
const before = new Map(); // a grey element: the same as the server sent it

const outdated = (element) => {
  const { checked, fresh, status } = element.dataset;
  return checked && status !== "no_data" && status !== "retired" && now() / 1000 > Number(checked) + Number(fresh);
};

function grey(element) {
  before.set(element, element.cloneNode(true));
  element.dataset.stale = "";
  element.querySelector("use").setAttribute("href", "#no_data");
  element.querySelector(".word").textContent = say("No data");
}

function guard() {
  for (const row of document.querySelectorAll(":is(li, tr)[data-model]:not([data-stale])")) if (outdated(row)) grey(row);
  const hero = document.querySelector("#hero:not([data-stale])");
  if (hero && outdated(hero)) {
    const since = new Date(Number(hero.dataset.checked) * 1000);
    grey(hero);
    const told = say("No news since {time}.", { time: since.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" }) });
    (hero.querySelector(".lead") ?? hero.querySelector("h1")).textContent = `${told} ${say("What is shown may no longer be true.")}`;
    announce(told);
  }
}

// A grey element that has news again is shown as the server last sent it.
function revive(element, checked) {
  const healthy = before.get(element);
  if (healthy) {
    healthy.dataset.checked = checked;
    before.delete(element);
    element.replaceWith(healthy);
  } else {
    element.dataset.checked = checked;
  }
}
