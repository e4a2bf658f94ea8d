// The newsroom's own behaviour: date inputs, what the almanac knows, and the check of a story.
// No inline script anywhere: the content security policy allows this file and Wagtail's alone.
(function () {
  "use strict";

  const made = new WeakSet();

  function once(element) {
    if (made.has(element)) return false;
    made.add(element);
    return true;
  }

  function element(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "text") node.textContent = value;
      else node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  }

  async function ask(address, values) {
    const query = new URLSearchParams(values);
    const answer = await fetch(`${address}?${query}`, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  function later(milliseconds, work) {
    let timer = 0;
    return () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(work, milliseconds);
    };
  }

  // Wagtail's own choosers of modern dates, which it starts by inline scripts elsewhere.
  function startChooser(template) {
    if (!once(template)) return;
    const start = window[template.dataset.hodieChooser];
    if (!start) return;
    const options = JSON.parse(template.content.textContent);
    // Choosers are classes, inputs of dates functions.
    if (template.dataset.hodieChooser.startsWith("init")) start(template.dataset.for, options);
    else new start(template.dataset.for, options);
  }

  // Historical dates

  const months = ["", "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"];
  const calendars = [["", "the usual calendar"], ["gregorian", "Gregorian"],
    ["julian", "Julian (Old Style)"], ["hebrew", "Hebrew"], ["islamic", "Islamic"],
    ["french-republican", "French Republican"]];
  const marks = [["", "exactly"], ["~", "about"], ["?", "perhaps"], ["%", "perhaps, about"]];

  function choices(name, label, pairs) {
    const select = element("select", { "data-part": name });
    for (const [value, words] of pairs) select.append(element("option", { value, text: words }));
    return element("label", { text: `${label} ` }, select);
  }

  function number(name, label, width) {
    const input = element("input", { "data-part": name, inputmode: "numeric", size: width });
    return element("label", { text: `${label} ` }, input);
  }

  function calendarOf(input) {
    const place = input.closest(".w-field__row, .struct-block, .w-panel__content, li, form");
    const found = place && place.querySelector('select[name$="calendar"]');
    return found || document.querySelector("#id_calendar");
  }

  function startDate(input) {
    if (!once(input)) return;
    const calendar = calendarOf(input);
    const said = element("p", { class: "hodie-said", "aria-live": "polite" });
    const parts = element("div", { class: "hodie-parts", hidden: "" },
      number("day", "Day", 2), choices("month", "Month", months.map((m, n) => [n || "", m])),
      number("year", "Year", 6), choices("era", "Era", [["ad", "AD"], ["bc", "BC"]]),
      choices("calendar", "In", calendars), choices("mark", "Said", marks));
    const opener = element("button", {
      type: "button", class: "button button-small button-secondary hodie-open",
      "aria-expanded": "false", text: "Pick a date",
    });
    input.after(opener, parts, said);

    async function tell() {
      if (!input.value.trim()) { said.textContent = ""; return; }
      try {
        const told = await ask(input.dataset.hodieDate, {
          text: input.value, calendar: calendar ? calendar.value : "",
        });
        say(told);
      } catch (error) { said.textContent = ""; }
    }

    function say(told) {
      said.classList.toggle("hodie-wrong", Boolean(told.error));
      if (told.error) { said.textContent = told.error; return; }
      const words = [told.words, told.calendar === "gregorian" ? "" : `${told.calendar} calendar`, told.other,
        told.runs && `its day is ${told.runs}`];
      said.textContent = words.filter(Boolean).join(" · ");
    }

    async function build() {
      const values = {};
      for (const each of parts.querySelectorAll("[data-part]")) values[each.dataset.part] = each.value;
      if (!values.year) return;
      const told = await ask(input.dataset.hodieDate, values);
      say(told);
      if (told.error) return;
      input.value = told.edtf;
      if (calendar) {
        calendar.value = values.calendar;
        calendar.dispatchEvent(new Event("change", { bubbles: true }));
      }
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function fill() {
      const found = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)$/.exec(input.value.trim());
      if (!found) return;
      const year = Number(found[1]);
      const set = (name, value) => { parts.querySelector(`[data-part=${name}]`).value = value; };
      set("year", year > 0 ? year : 1 - year);
      set("era", year > 0 ? "ad" : "bc");
      set("month", found[2] ? Number(found[2]) : "");
      set("day", found[3] ? Number(found[3]) : "");
      set("mark", found[4] || "");
      set("calendar", calendar ? calendar.value : "");
    }

    opener.addEventListener("click", () => {
      parts.hidden = !parts.hidden;
      opener.setAttribute("aria-expanded", String(!parts.hidden));
      if (!parts.hidden) { fill(); parts.querySelector("input").focus(); }
    });
    parts.addEventListener("change", build);
    input.addEventListener("input", later(250, tell));
    if (calendar) calendar.addEventListener("change", tell);
    tell();
  }

  // Entries and entities of the almanac

  function startFind(area) {
    if (!once(area)) return;
    const list = element("ul", { class: "hodie-chosen" });
    const search = element("input", {
      type: "search", placeholder: "Find by name", autocomplete: "off",
      "aria-label": `Find ${area.name}`,
    });
    const found = element("ul", { class: "hodie-found" });
    area.before(list, search, found);
    area.hidden = true;

    const ids = () => area.value.split("\n").map((line) => line.trim()).filter(Boolean);

    function keep(all) {
      area.value = all.join("\n");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.dispatchEvent(new Event("change", { bubbles: true }));
      show();
    }

    async function show() {
      const all = ids();
      list.replaceChildren();
      if (!all.length) return;
      const query = new URLSearchParams(all.map((id) => ["id", id]));
      const answer = await fetch(`${area.dataset.hodieFind}?${query}`);
      const { found: named } = await answer.json();
      list.replaceChildren(...named.map((each) => {
        const off = element("button", {
          type: "button", class: "button button-small button-secondary",
          text: "Remove", "aria-label": `Remove ${each.words}`,
        });
        off.addEventListener("click", () => keep(ids().filter((id) => id !== each.id)));
        return element("li", {}, element("span", { text: each.words }), " ",
          element("small", { text: each.more }), " ", off);
      }));
    }

    const look = later(250, async () => {
      if (search.value.trim().length < 2) { found.replaceChildren(); return; }
      const answer = await ask(area.dataset.hodieFind, { q: search.value });
      found.replaceChildren(...answer.found.map((each) => {
        const add = element("button", { type: "button" },
          element("span", { text: each.words }), " ", element("small", { text: each.more }));
        add.addEventListener("click", () => {
          search.value = "";
          found.replaceChildren();
          if (!ids().includes(each.id)) keep([...ids(), each.id]);
        });
        return element("li", {}, add);
      }));
    });
    search.addEventListener("input", look);
    search.addEventListener("keydown", (event) => {
      // Return would send the whole form.
      if (event.key === "Enter") event.preventDefault();
    });
    show();
  }

  // Finding an entry to go on with

  function startGoto(place) {
    if (!once(place)) return;
    const search = element("input", {
      type: "search", placeholder: "Find by name", autocomplete: "off",
      "aria-label": "Find an entry of the almanac",
    });
    const found = element("ul", { class: "hodie-found" });
    place.append(search, found);
    search.addEventListener("input", later(250, async () => {
      if (search.value.trim().length < 2) { found.replaceChildren(); return; }
      const answer = await ask(place.dataset.hodieGoto, { q: search.value });
      found.replaceChildren(...answer.found.map((each) => {
        const href = place.dataset.hodieTarget.replace("ID", encodeURIComponent(each.id));
        return element("li", {}, element("a", { href, text: each.words }), " ",
          element("small", { text: each.more }));
      }));
    }));
  }

  // The check of a story

  function startCheck(panel) {
    if (!panel.dataset.hodieCheck || !once(panel)) return;
    const form = panel.closest("form");
    const result = panel.querySelector(".hodie-result");
    let asked = 0;

    async function check() {
      asked += 1;
      const mine = asked;
      const answer = await fetch(panel.dataset.hodieCheck, {
        method: "POST", body: new FormData(form), credentials: "same-origin",
      });
      if (mine !== asked || !answer.ok) return;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      result.replaceChildren(...parsed.body.childNodes);
      mark(form, [...result.querySelectorAll("[data-hodie-words]")].map((e) => e.dataset.hodieWords));
    }

    panel.querySelector("button").addEventListener("click", check);
    const soon = later(1500, check);
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    check();
  }

  // Findings are marked where they stand in the editor, without touching what it edits.
  function mark(form, words) {
    if (!window.CSS || !CSS.highlights) return;
    const ranges = [];
    for (const block of form.querySelectorAll("[contenteditable=true] [data-block=true]")) {
      const nodes = [];
      // A note's mark is no part of the words.
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) => (
        node.parentElement.closest(".hodie-note") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
      let whole = "";
      while (walker.nextNode()) {
        nodes.push([whole.length, walker.currentNode]);
        whole += walker.currentNode.data;
      }
      for (const text of words) {
        const at = whole.indexOf(text);
        if (at >= 0 && text) ranges.push(rangeOf(nodes, at, at + text.length));
      }
    }
    CSS.highlights.set("hodie-finding", new Highlight(...ranges));
  }

  function rangeOf(nodes, start, end) {
    const range = new Range();
    for (const [offset, node] of nodes) {
      if (offset <= start && start <= offset + node.length) range.setStart(node, start - offset);
      if (offset < end && end <= offset + node.length) range.setEnd(node, end - offset);
    }
    return range;
  }

  function start(root) {
    root.querySelectorAll("template[data-hodie-chooser]").forEach(startChooser);
    root.querySelectorAll("input[data-hodie-date]").forEach(startDate);
    root.querySelectorAll("textarea[data-hodie-find]").forEach(startFind);
    root.querySelectorAll("[data-hodie-goto]").forEach(startGoto);
    root.querySelectorAll("[data-hodie-check]").forEach(startCheck);
  }

  document.addEventListener("DOMContentLoaded", () => {
    start(document);
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) if (node.nodeType === 1) start(node.parentNode || node);
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
