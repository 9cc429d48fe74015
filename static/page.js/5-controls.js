// The filter, the theme, the copy buttons: shown only where there is a script to serve them.
const filter = document.querySelector("#filter");

function sift() {
  if (!filter) return;
  const words = filter.querySelector("input").value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const group of document.querySelectorAll(".group")) {
    const name = group.querySelector("h2").textContent;
    let here = 0;
    for (const row of group.querySelectorAll("li[data-model]")) {
      const text = `${row.querySelector(".who").textContent} ${row.dataset.model} ${name}`.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      here += row.hidden ? 0 : 1;
    }
    group.hidden = here === 0;
    shown += here;
  }
  document.querySelector("#nothing").hidden = shown > 0;
}

if (filter) {
  filter.hidden = false;
  filter.addEventListener("input", sift);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest?.("input, textarea, select")) return;
    event.preventDefault();
    filter.querySelector("input").focus();
  });
}

const THEMES = ["auto", "light", "dark"];
const theme = document.querySelector("#theme");
let chosen = document.documentElement.dataset.theme ?? "auto";

function wear() {
  theme.querySelector("span").textContent = say(chosen);
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

theme.hidden = false;
theme.addEventListener("click", () => {
  chosen = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length];
  try {
    if (chosen === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", chosen);
  } catch {
    // storage is forbidden: the choice lasts as long as the page
  }
  wear();
});
wear();

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.closest(".snippet").querySelector("code").textContent);
  button.textContent = say("Copied");
  setTimeout(() => (button.textContent = say("Copy")), 2000);
});
