// One connection for all tabs: whoever holds the lock listens to the server and passes on what it hears.
const AGAIN = 3000; // milliseconds, give or take half: not everybody comes back at once
const RARELY = 60000;
const STALE = 660000;
const NAME = `llm-status ${ORIGIN}`;
const channel = window.BroadcastChannel && navigator.locks ? new BroadcastChannel(NAME) : null;
let leading = false;
let heardAt = Date.now();

const KINDS = {
  snapshot(body) {
    const old = models ?? {};
    ({ models } = body);
    // A copy on the way may be older than what was told since.
    for (const key in models) if (old[key]?.checked_at > models[key].checked_at) models[key] = old[key];
    failed = false;
  },
  status(model) {
    if (models) models[model.key] = model;
  },
  fresh({ checked_at }) {
    for (const key in checked_at) if (models?.[key]) models[key].checked_at = checked_at[key];
  },
};

function hear(kind, data) {
  heardAt = Date.now();
  KINDS[kind](data);
  draw();
}

// What is sent this moment tells how far our clock is off: the newest check is at most `tolerance` old.
function tune(times, tolerance) {
  const ahead = Math.max(...times.map(Date.parse)) - Date.now();
  if (Number.isFinite(ahead)) skew = ahead > 0 || -ahead > tolerance ? ahead : 0;
}

function pass(kind, data) {
  hear(kind, data);
  if (leading) channel?.postMessage([kind, data, skew]);
}

async function ask() {
  try {
    const answer = await fetch(`${ORIGIN}/api/v1/models`, { cache: "no-cache", credentials: "omit" });
    if (!answer.ok) throw answer;
    pass("snapshot", await answer.json());
  } catch {
    failed = true;
    draw();
  }
}

function listen(pause = AGAIN) {
  const stream = new EventSource(`${ORIGIN}/api/v1/events?from=now`);
  let tolerance = STALE; // at first it tells of every model, however long ago it was checked
  stream.onopen = () => ask(); // what was before; the document comes compressed, or from the cache
  for (const kind in KINDS) {
    stream.addEventListener(kind, (event) => {
      const data = JSON.parse(event.data);
      if (kind === "fresh") {
        tune(Object.values(data.checked_at), tolerance);
        tolerance = RARELY;
      }
      pass(kind, data);
      pause = AGAIN;
    });
  }
  stream.onerror = () => {
    stream.close();
    ask();
    setTimeout(listen, pause * (0.5 + Math.random()), Math.min(pause * 2, RARELY));
  };
}

function lead() {
  leading = true;
  listen();
  return new Promise(() => {}); // for as long as the tab lives
}

need = () => {
  need = () => {};
  if (!channel) {
    lead();
    return;
  }
  channel.onmessage = ({ data: [kind, data, theirs] }) => {
    if (kind === "ask") {
      if (leading && models) channel.postMessage(["snapshot", { models }, skew]);
    } else if (!leading) {
      skew = theirs;
      hear(kind, data);
    }
  };
  channel.postMessage(["ask"]);
  navigator.locks.request(NAME, lead).catch(lead); // which refuses where the page has no origin
};

setInterval(() => {
  if (!elements.size && !selects.size) return;
  if (!leading && Date.now() - heardAt > (models ? RARELY : AGAIN)) {
    heardAt = Date.now();
    ask(); // the tab that leads sleeps
  }
  draw();
}, 5000);
document.addEventListener("visibilitychange", () => draw());
