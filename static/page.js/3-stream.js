// Hears of changes as they happen. A hidden page does not listen, because a browser has few connections for each server.
const AGAIN = 3000; // milliseconds, give or take half: not everybody comes back at once
const RARELY = 60000; // at the latest, where there is no stream to be had
let again = AGAIN;
let stream = null;
let waiting = null;

const live = () => stream?.readyState === EventSource.OPEN;

function listen() {
  if (stream || waiting || document.hidden) return;
  stream = new EventSource("/api/v1/events?from=now");
  // What `heard` answers: whether the page is to be fetched now, and not at the next look.
  const on = (name, heard) =>
    stream.addEventListener(name, (event) => {
      if (heard(JSON.parse(event.data))) soon();
      showTimes();
      guard();
    });
  on("snapshot", (body) => {
    take(body);
    return owed;
  });
  on("status", (model) => {
    owed = true;
    if (!models) return true;
    const old = models[model.key];
    models[model.key] = model;
    noteChecks([model]);
    return !old || ["status", "class", "label"].some((name) => old[name] !== model[name]);
  });
  on("fresh", ({ checked_at }) => {
    if (!models) return false;
    const known = Object.keys(checked_at).filter((key) => models[key]);
    for (const key of known) models[key].checked_at = checked_at[key];
    noteChecks(known.map((key) => models[key]));
    return false;
  });
  for (const name of ["incident", "maintenance"]) on(name, () => (owed = true));
  stream.onopen = () => {
    again = AGAIN;
    poll(); // what was before: compressed, and mostly a 304
  };
  stream.onerror = () => {
    hangUp();
    if (!models) poll();
    waiting = setTimeout(() => {
      waiting = null;
      listen();
    }, again * (0.5 + Math.random()));
    again = Math.min(again * 2, RARELY);
  };
}

function hangUp() {
  stream?.close();
  stream = null;
}

// A moment later, so that what changed together is fetched once, and not by all visitors at the same time.
let coming = null;

function soon() {
  coming ??= setTimeout(async () => {
    coming = null;
    if (owed) await refresh();
  }, 100 + Math.random() * 900);
}
