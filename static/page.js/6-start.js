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

const hero = document.querySelector("#hero");
if (hero) {
  const pause = Number(hero.dataset.poll) * 1000;
  const again = async () => {
    if (!document.hidden) {
      await poll();
      showTimes();
      guard();
    }
    setTimeout(again, pause * (0.9 + Math.random() * 0.2));
  };
  setTimeout(again, 1000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) poll();
  });
}
