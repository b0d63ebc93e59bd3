// Elements from data. Data becomes text and attributes, never markup: what was read off a scan is hostile.

export const messages = JSON.parse(document.body.dataset.messages);

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children; children are elements or texts. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Replace what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
}

/** The moment of a record, as people read it; the exact one is in the attribute. */
export function moment(when) {
  const date = new Date(when);
  const shown = Number.isNaN(date.getTime())
    ? when
    : date.toLocaleString(document.documentElement.lang === "th" ? "th-TH" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
  return el("time", { datetime: when }, shown);
}
