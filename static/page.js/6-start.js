// What every fresh piece of the page needs, and the two clocks.
function dress() {
  makeWalkable(document);
  sift();
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

for (const element of document.querySelectorAll("li[data-model], #hero, #incidents, #resolved, #body")) keep(element);
dress();
showTimes();
guard();
setInterval(() => {
  showTimes();
  guard();
}, 5000);

const CALM = 4; // while the stream is open, figures that it does not tell are asked for so many times more seldom
const hero = document.querySelector("#hero[data-poll]");
if (hero) {
  const pause = Number(hero.dataset.poll) * 1000;
  let turn = 0;
  const look = async () => {
    if (turn === 0) {
      listen(); // and then look, so that nothing is missed between the two
    } else if (!document.hidden) {
      if (!live() || turn % CALM === 0) await poll();
      else if (owed) await refresh();
      showTimes();
      guard();
    }
    turn += 1;
    setTimeout(look, pause * (0.9 + Math.random() * 0.2));
  };
  setTimeout(look, 1000);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      hangUp();
    } else {
      poll();
      if (turn) listen();
    }
  });
}

// A language that was chosen in the address stays chosen.
const language = new URLSearchParams(location.search).get("lang");
if (language) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="/"]');
    if (!link || new URL(link.href).searchParams.has("lang")) return;
    const target = new URL(link.href);
    target.searchParams.set("lang", language);
    link.href = target;
  });
}
