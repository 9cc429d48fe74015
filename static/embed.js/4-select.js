// <select data-llm-status>: every option with a value says "shape text – word" and has `data-level`.
const selects = new Set();
const marks = new WeakMap(); // option → our two texts around its own, which is not touched: a framework may hold on to it

const OUTSIDE = sheet(`@layer llm-status{@supports(appearance:base-select){
:where(select[data-llm-status]:not([data-llm-status=plain])),:where(select[data-llm-status]:not([data-llm-status=plain]))::picker(select){appearance:base-select}
${LEVELS.map((level) => `:where(select[data-llm-status] option[data-level=${level}]){border-inline-start:3px solid ${colour(level)}}`).join("")}}}`);

function mark(option) {
  const key = option.getAttribute("value"); // without one it is no model yet: a framework's template, or somebody's text
  const seen = key && look(key);
  if (!seen) return;
  const [level, shape, word] = seen;
  if (option.dataset.level !== level) option.dataset.level = level;
  if (!marks.has(option)) marks.set(option, [document.createTextNode(""), document.createTextNode("")]);
  const [before, after] = marks.get(option);
  write(before, `${shape} `);
  write(after, ` – ${word}`);
  if (option.firstChild !== before) option.prepend(before);
  if (option.lastChild !== after) option.append(after);
}

function write(node, text) {
  if (node.data !== text) node.data = text;
}

const options = new MutationObserver((changes) => {
  for (const select of new Set(changes.map(({ target }) => (target.closest ? target : target.parentNode)?.closest("select")))) {
    if (select) [...select.options].forEach(mark);
  }
});

function find() {
  for (const select of document.querySelectorAll("select[data-llm-status]")) {
    if (selects.has(select)) continue;
    selects.add(select);
    options.observe(select, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["value"] });
    [...select.options].forEach(mark);
  }
}

function draw() {
  for (const element of elements) element.draw();
  for (const select of selects) {
    if (select.isConnected) [...select.options].forEach(mark);
    else selects.delete(select);
  }
}

document.adoptedStyleSheets.push(OUTSIDE);
find();
new MutationObserver(find).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-llm-status"] });
if (!customElements.get("llm-status")) customElements.define("llm-status", Status);
