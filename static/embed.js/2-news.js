// One connection for all tabs: whoever holds the lock listens to the server and passes on what it hears.
const AGAIN = 3000; // milliseconds, give or take half: not everybody comes back at once
const RARELY = 60000;
const NAME = `llm-status ${ORIGIN}`;
const channel = window.BroadcastChannel && navigator.locks ? new BroadcastChannel(NAME) : null;
let leading = false;
let heardAt = Date.now();

const KINDS = {
  snapshot(body) {
    ({ models } = body);
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

// What was sent this moment tells how far our clock is off: the newest check is at most `tolerance` old.
function tune(times, tolerance) {
  const newest = Math.max(...times.filter(Boolean).map(Date.parse));
  const ahead = newest - Date.now();
  if (Number.isFinite(ahead)) skew = ahead > 0 || -ahead > tolerance ? ahead : 0;
}

async function ask() {
  try {
    const answer = await fetch(`${ORIGIN}/api/v1/models`, { cache: "no-cache", credentials: "omit" });
    if (!answer.ok) throw answer;
    hear("snapshot", await answer.json());
  } catch {
    failed = true;
    draw();
  }
}

function listen(pause = AGAIN) {
  const stream = new EventSource(`${ORIGIN}/api/v1/events`);
  for (const kind in KINDS) {
    stream.addEventListener(kind, (event) => {
      const data = JSON.parse(event.data);
      if (kind === "fresh") tune(Object.values(data.checked_at), RARELY);
      else if (kind === "snapshot") tune(Object.values(data.models).map((model) => model.level !== "grey" && model.checked_at), data.max_stale_seconds * 1000);
      hear(kind, data);
      channel?.postMessage([kind, data, skew]);
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
