// <llm-status model=KEY>: a shape and a word. Attribute `level`; parts `dot` and `label`; colours --llm-status-green and so on.
const elements = new Set();

function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

const colour = (level) => `var(--llm-status-${level},light-dark(${COLOURS[level]}))`;
const LEVELS = Object.keys(COLOURS);
const INSIDE = sheet(`:host{white-space:nowrap}[part=dot]{display:inline-block;width:1em;text-align:center;margin-inline-end:.35em}
${LEVELS.map((level) => `:host([level=${level}]) [part=dot]{color:${COLOURS[level].slice(0, 7)};color:${colour(level)}}`).join("")}
@media(forced-colors:active){[part=dot]{color:CanvasText!important}}`);

class Status extends HTMLElement {
  static observedAttributes = ["model"];

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [INSIDE];
    [this.dot, this.word] = ["dot", "label"].map((name) => {
      const part = document.createElement("span");
      part.part = name;
      root.append(part);
      return part;
    });
    this.meanwhile = document.createElement("slot"); // what stands between the tags, until something is known
    root.append(this.meanwhile);
    this.dot.ariaHidden = "true";
    this.inside = this.attachInternals();
    this.inside.role = "img"; // one thing with one name, whatever it is drawn with
  }

  connectedCallback() {
    elements.add(this);
    this.draw();
  }

  disconnectedCallback() {
    elements.delete(this);
  }

  attributeChangedCallback() {
    this.draw();
  }

  draw() {
    const key = this.getAttribute("model");
    const seen = key && look(key);
    if (!seen) return;
    this.meanwhile.remove();
    const [level, shape, word, reason, name = key] = seen;
    if (this.getAttribute("level") !== level) this.setAttribute("level", level);
    if (this.dot.textContent !== shape) this.dot.textContent = shape;
    if (this.word.textContent !== word) this.word.textContent = word;
    this.word.title = reason || "";
    this.inside.ariaLabel = `${name}: ${word}`;
  }
}
