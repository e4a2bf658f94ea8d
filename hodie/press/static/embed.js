// Rewrites the codes on the page of embeds as somebody chooses. Without it, they stay as they are.
const form = document.querySelector("form[data-embed]");
const codes = document.querySelectorAll("[data-code]");
const preview = document.querySelector("hodie-today");
const quoted = text => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;");

const chosen = () => {
  const given = new FormData(form);
  const found = { kinds: given.getAll("kinds").join(" "), count: given.get("count"), date: given.get("date"), language: given.get("language") };
  const usual = form.dataset;
  if (found.kinds === usual.kinds) found.kinds = "";
  if (found.count === usual.count) found.count = "";
  if (found.language === usual.language) found.language = "";
  if (!/^\d\d-\d\d$/.test(found.date)) found.date = "";
  return Object.entries(found).filter(([, value]) => value);
};

const component = (code, pairs) => {
  const attributes = pairs.map(([name, value]) => ` ${name}="${quoted(value)}"`).join("");
  return code.dataset.code.replace("<hodie-today>", `<hodie-today${attributes}>`);
};

const frame = (code, pairs) => {
  const date = pairs.find(([name]) => name === "date");
  const query = new URLSearchParams(pairs.filter(([name]) => name !== "date")).toString();
  const place = date ? `on/${date[1]}/` : "today/";
  return code.dataset.code.replace("today/", place + (query && `?${quoted(query)}`));
};

const show = () => {
  const pairs = chosen();
  for (const code of codes) {
    code.value = (code.name === "component" ? component : frame)(code, pairs);
    document.getElementById(`copy-${code.name}`).dataset.copy = code.value;
  }
  for (const name of ["kinds", "count", "date", "language"]) {
    const pair = pairs.find(([each]) => each === name);
    if (pair) preview.setAttribute(name, pair[1]); else preview.removeAttribute(name);
  }
};

form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", event => event.preventDefault());
show();
