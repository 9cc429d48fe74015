// Asks the JSON document again and again; when something other than a time changed, fetches the page and swaps what differs.
const policy = window.trustedTypes?.createPolicy("page", { createHTML: (text) => text });
const news = document.querySelector("#news");
const sent = new Map(); // every part as the server sent it, to see what really changed
let known = null;
let generated = null;

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
  const body = await response.json();
  if (body.generated_at === generated) return;
  generated = body.generated_at;
  const models = Object.values(body.models);
  const before = known;
  known = new Map(models.map((model) => [model.slug, worth(model)]));
  noteChecks(models);
  const changed = before && (known.size !== before.size || models.some((model) => before.get(model.slug) !== known.get(model.slug)));
  if (changed || (!before && rowsDisagree(models))) await refresh();
}

const rowsDisagree = (models) =>
  models.some((model) => {
    const shown = document.querySelector(`[data-model="${CSS.escape(model.slug)}"]`);
    return shown && shown.dataset.status !== model.status;
  });

function noteChecks(models) {
  let newest = 0;
  for (const model of models) {
    if (!model.checked_at) continue;
    const checked = Math.floor(Date.parse(model.checked_at) / 1000);
    newest = Math.max(newest, checked);
    const row = document.querySelector(`li[data-model="${CSS.escape(model.slug)}"]`);
    if (row) revive(row, checked);
  }
  const article = document.querySelector("article[data-model]");
  const own = article && models.find((model) => model.slug === article.dataset.model);
  if (article) newest = own?.checked_at ? Math.floor(Date.parse(own.checked_at) / 1000) : 0;
  const hero = document.querySelector("#hero[data-checked]");
  if (!hero || !newest) return;
  revive(hero, newest);
  retime("measured", newest);
  const due = models.filter((model) => model.level !== "grey").map((model) => Math.floor(Date.parse(model.checked_at) / 1000));
  if (due.length && hero.dataset.every) retime("next", Math.min(...due) + Number(hero.dataset.every));
}

function retime(name, seconds) {
  const time = document.querySelector(`#hero [data-${name}] time`);
  if (!time) return;
  time.dateTime = new Date(seconds * 1000).toISOString();
  time.title = `${time.dateTime.slice(0, 19).replace("T", " ")} UTC`;
}

async function refresh() {
  const response = await fetch(location.href, { cache: "no-cache" });
  if (!response.ok) return;
  const text = await response.text();
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  const said = [];
  for (const part of parts(page)) swap(document.getElementById(part.id), part);
  for (const group of page.querySelectorAll(".group")) swapRows(document.getElementById(group.id), group, said);
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
