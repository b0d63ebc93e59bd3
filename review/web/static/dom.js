// Elements from data. Data becomes text and attributes, never markup: what was read off a scan is hostile.

const { words } = await import(`./words.${document.documentElement.lang}.js`);

/** What the page says, in its language. */
export const messages = words;

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

/** How a signature is known: by a key, or as a name that was written down. */
export const attested = ({ key }) => (key ? `${messages.signed_key} ${key}` : messages.signed_claimed);

/** Say something to whoever does not see the page. */
export function announce(text) {
  byId("announce").textContent = text;
}

/** A box's place inside another, both [left, top, right, bottom], as a style. */
export function placed(box, [left, top, right, bottom], kind) {
  const made = el("div", { class: kind });
  made.style.left = `${(100 * (box[0] - left)) / (right - left)}%`;
  made.style.top = `${(100 * (box[1] - top)) / (bottom - top)}%`;
  made.style.width = `${(100 * (box[2] - box[0])) / (right - left)}%`;
  made.style.height = `${(100 * (box[3] - box[1])) / (bottom - top)}%`;
  return made;
}
