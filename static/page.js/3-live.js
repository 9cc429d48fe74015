// Reads the JSON document; when something other than a time changed, fetches the page and swaps what differs.
const policy = window.trustedTypes?.createPolicy("page", { createHTML: (text) => text });
const news = document.querySelector("#news");
const sent = new Map(); // every part as the server sent it, to see what really changed
let models = null; // the newest of every model, by key
let generated = null;
let owed = false; // whether the page is to be fetched again

const announce = (text) => {
  news.textContent = text;
};

const keep = (element) => sent.set(element.dataset.model || element.id, element.outerHTML);
const parts = (root) => root.querySelectorAll("#hero, #incidents, #resolved, #body");

// What of a model is worth fetching the page for: everything but the time of its newest check.
const worth = (model) => JSON.stringify({ ...model, checked_at: null });

async function poll() {
  const asked = Date.now();
  let response;
  try {
    response = await fetch("/api/v1/models", { cache: "no-cache" });
    if (!response.ok) return;
  } catch {
    return; // offline: the guard says so in time
  }
  const date = Date.parse(response.headers.get("date"));
  const prompt = Date.now() - asked < 10000; // an answer that waited out a sleeping machine tells nothing of the time
  if (date && prompt) clockSkew = Math.abs(date - Date.now()) > 5000 ? date - Date.now() : 0;
  take(await response.json());
  if (owed) await refresh();
}

// The whole document, asked for or sent.
function take(body) {
  if (body.generated_at === generated) return;
  generated = body.generated_at;
  const old = models;
  models = body.models;
  // A copy on the way may be older than what the stream told since.
  for (const key in models) if (old?.[key]?.checked_at > models[key].checked_at) models[key] = old[key];
  noteChecks();
  const keys = Object.keys(models);
  if (!old) owed ||= rowsDisagree(Object.values(models));
  else owed ||= keys.length !== Object.keys(old).length || keys.some((key) => !old[key] || worth(models[key]) !== worth(old[key]));
}

// Whether the page was printed before the first news of it: a model has another status, or left the list.
function rowsDisagree(all) {
  const statuses = new Map(all.map((model) => [model.slug, model.status]));
  return [...document.querySelectorAll("[data-model]")].some(({ localName, dataset: { model, status } }) =>
    statuses.has(model) ? statuses.get(model) !== status : localName === "li");
}

const second = (model) => Math.floor(Date.parse(model.checked_at) / 1000);

function noteChecks(checkedNow = Object.values(models)) {
  for (const model of checkedNow) {
    if (!model.checked_at) continue;
    const checked = second(model);
    const row = document.querySelector(`li[data-model="${CSS.escape(model.slug)}"]`);
    if (row) revive(row, checked);
    for (const cells of document.querySelectorAll(`tr[data-model="${CSS.escape(model.slug)}"]`)) {
      cells.dataset.fresh = model.max_stale_seconds; // a table is not printed again for a mere probe
      revive(cells, checked);
    }
  }
  const all = Object.values(models).filter((model) => model.checked_at);
  const article = document.querySelector("article[data-model]");
  const newest = Math.max(0, ...all.filter((model) => !article || model.slug === article.dataset.model).map(second));
  const hero = document.querySelector("#hero[data-checked]");
  if (!hero || !newest) return;
  revive(hero, newest);
  retime("measured", newest);
  const due = all.filter((model) => model.level !== "grey").map(second);
  if (due.length && hero.dataset.every) retime("next", Math.min(...due) + Number(hero.dataset.every));
}

function retime(name, seconds) {
  const time = document.querySelector(`#hero [data-${name}] time`);
  if (!time) return;
  time.dateTime = new Date(seconds * 1000).toISOString();
  time.title = `${time.dateTime.slice(0, 19).replace("T", " ")} UTC`;
}

async function refresh() {
  let text;
  try {
    const response = await fetch(location.href, { cache: "no-cache" });
    if (!response.ok) return;
    text = await response.text();
  } catch {
    return; // still owed: the next look fetches it
  }
  owed = false;
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  const said = [];
  for (const part of parts(page)) swap(document.getElementById(part.id), part);
  for (const group of page.querySelectorAll(".group")) swapRows(document.getElementById(group.id), group, said);
  for (const old of document.querySelectorAll(".group")) if (!page.getElementById(old.id)) old.remove(); // a provider left
  const article = page.querySelector("article[data-model]");
  if (article) document.querySelector("article[data-model]").dataset.status = article.dataset.status;
  const icon = page.querySelector("link[rel=icon]");
  document.querySelector("link[rel=icon]").href = icon.href;
  if (said.length) announce(said.join(" "));
  dress();
  showTimes();
}

function swap(old, part) {
  if (!old || sent.get(part.id) === part.outerHTML) return;
  const opened = [...old.querySelectorAll("details")].map((one) => one.open);
  keep(part);
  old.replaceWith(document.importNode(part, true));
  document.getElementById(part.id).querySelectorAll("details").forEach((one, index) => {
    one.open = opened[index] ?? one.open;
  });
}

function swapRows(old, group, said) {
  if (!old) {
    location.reload(); // another provider appeared
    return;
  }
  const list = old.querySelector("ul");
  const rows = new Map([...list.children].map((row) => [row.dataset.model, row]));
  [...group.querySelectorAll("li")].forEach((row, place) => {
    const shown = rows.get(row.dataset.model);
    let wanted = shown;
    if (!shown || sent.get(row.dataset.model) !== row.outerHTML) {
      if (shown && shown.dataset.status !== row.dataset.status) {
        said.push(`${row.querySelector(".name").textContent}: ${row.querySelector(".word").textContent}.`);
      }
      keep(row);
      wanted = document.importNode(row, true);
      shown?.replaceWith(wanted);
    }
    rows.delete(row.dataset.model);
    if (list.children[place] !== wanted) list.insertBefore(wanted, list.children[place] ?? null);
  });
  for (const gone of rows.values()) gone.remove();
  old.querySelector(".count").replaceWith(document.importNode(group.querySelector(".count"), true));
}
