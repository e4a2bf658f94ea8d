// <hodie-today>: what happened on this day, in the fonts and colours of the page around it.
// Attributes: date (MM-DD, else today), kinds ("story event birth death holiday"), count (of each
// kind), language, level (of the heading, 2 to 6). Without this script the page shows what stands
// between the tags.
const ZONE = "ZONE", LANGUAGES = "LANGUAGES", KINDS = "KINDS", COUNT = "COUNT";

const style = new CSSStyleSheet();
style.replaceSync(`
:host { display: block; color: inherit; font: inherit; }
:host([hidden]) { display: none; }
a { color: inherit; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); text-underline-offset: .15em; }
li a { display: block; min-height: 1.5rem; }
h1 a, [role=heading] a { display: inline-block; min-height: 1.5rem; }
a:hover { text-decoration-color: currentColor; }
[role=heading] { font-size: 1.25em; font-weight: bold; line-height: 1.2; margin-block-end: .5em; }
ol { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: minmax(3.6em, max-content) minmax(0, 1fr); gap: .8em; align-items: baseline; padding-block: .3em; border-block-start: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
li.story span { font-size: 1.15em; }
b { font-weight: inherit; text-align: end; font-variant-numeric: tabular-nums; }
p { font-size: .85em; margin-block: .6em 0; }`);

const add = (parent, name, text, attributes = {}) => {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  parent.append(element);
  return element;
};

class HodieToday extends HTMLElement {
  static observedAttributes = ["date", "kinds", "count", "language", "level"];

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [style];
    add(this.shadowRoot, "slot");
  }

  connectedCallback() { this.show(); }

  attributeChangedCallback() { if (this.isConnected) this.show(); }

  get day() {
    const [, day] = /^(?:\d{4}-)?(\d\d-\d\d)$/.exec(this.getAttribute("date") || "") || [];
    return day || new Intl.DateTimeFormat("sv", { timeZone: ZONE }).format().slice(5);
  }

  get language() {
    const wanted = this.getAttribute("language") || LANGUAGES[0];
    return LANGUAGES.find(each => each === wanted) || LANGUAGES.find(each => each.split("-")[0] === wanted.split("-")[0]) || LANGUAGES[0];
  }

  async show() {
    const { day, language } = this;
    const name = language === LANGUAGES[0] ? day : `${day}.${language}`;
    const turn = (this.turn = (this.turn || 0) + 1);
    let told;
    try {
      const answer = await fetch(new URL(`on/${name}.json`, import.meta.url), { credentials: "omit" });
      // Read even where it is an error: a browser keeps a connection open for what is not read.
      const text = await answer.text();
      if (!answer.ok) throw new Error(answer.status);
      told = JSON.parse(text);
    } catch (error) {
      // What stands between the tags stays.
      console.warn(`hodie-today: ${day} could not be read (${error.message})`);
    }
    // Another date may have been asked for while this one was on its way.
    if (told && turn === this.turn) this.fill(told);
  }

  fill(told) {
    const kinds = (this.getAttribute("kinds") || "").split(/[\s,]+/).filter(Boolean);
    const count = parseInt(this.getAttribute("count"), 10) || COUNT;
    const level = Math.min(6, Math.max(2, parseInt(this.getAttribute("level"), 10) || 2));
    const box = document.createElement("section");
    box.lang = told.language;
    box.dir = told.direction;
    box.setAttribute("aria-labelledby", "day");
    const head = add(box, "div", "", { role: "heading", "aria-level": level, id: "day", part: "heading" });
    add(head, "a", told.worded, { href: told.url });
    const list = add(box, "ol", "", { part: "list" });
    const sources = new Set();
    for (const kind of kinds.length ? kinds : KINDS) {
      for (const item of told.items.filter(each => each.kind === kind).slice(0, count)) {
        const line = add(list, "li", "", { class: kind, part: `item ${kind}` });
        add(line, "b", item.year, { part: "year" });
        add(add(line, "span"), "a", item.text, { href: item.url });
        for (const n of item.sources || []) sources.add(told.sources[n]);
      }
    }
    if (!list.children.length) list.replaceWith(told.words.none);
    const foot = add(box, "p", "", { part: "sources" });
    add(foot, "a", told.name, { href: told.home });
    if (sources.size) foot.append(` · ${told.words.sources}: ${[...sources].sort().join(", ")}`);
    this.shadowRoot.replaceChildren(box);
    this.dispatchEvent(new CustomEvent("hodie-shown", { detail: told }));
  }
}

if (!customElements.get("hodie-today")) customElements.define("hodie-today", HodieToday);
