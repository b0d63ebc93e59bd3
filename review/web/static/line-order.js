// Lines that stand in the wrong order: all of a page in a list, moved with keys, buttons or by their handle, saved as one record.

import { byId, el, fill, messages } from "./dom.js";

export class LineOrder {
  #dialog = byId("ordering");
  #list = byId("order-list");
  #save;
  #lines = [];
  #before = [];

  /** `save(first, was, text)` puts it on its way: lines from the number `first` on, which read so, in this order. */
  constructor(save) {
    this.#save = save;
    this.#list.addEventListener("keydown", (event) => this.#pressed(event));
    this.#list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-by]");
      if (button) this.#move(button.closest("li"), Number(button.dataset.by), button);
    });
    this.#letDrag();
    this.#dialog.addEventListener("close", () => this.#dialog.returnValue === "yes" && this.#done());
  }

  /** Show the lines of a page; `picture(index)` is the image of one, `lit` the number of the line that is lit. */
  open(lines, picture, lit) {
    this.#lines = lines;
    this.#before = lines.flatMap(({ text }, row) => text.split("\n").map((words, part) => ({ words, row, part })));
    fill(this.#list, ...this.#before.map(({ words, row, part }, index) => {
      const handle = el("span", { class: "handle", "aria-hidden": "true" }, "⠿");
      const by = (step, sign, name) => el("button", { type: "button", "data-by": step, "aria-label": `${name}: ${words}` }, sign);
      const made = el("li", { tabindex: "0", "data-index": index, "aria-label": `${messages.line} ${row + 1}: ${words}` }, handle,
        el("span", { class: "piece" }, part === 0 ? picture(row) : null, el("span", { class: "th", lang: "th" }, words)),
        by(-1, "↑", messages.order_up), by(1, "↓", messages.order_down));
      if (row === lit && part === 0) made.setAttribute("autofocus", "");
      return made;
    }));
    this.#dialog.returnValue = "";
    this.#dialog.showModal();
    const first = this.#list.querySelector("[autofocus]") ?? this.#list.firstElementChild;
    first?.focus();
    first?.scrollIntoView({ block: "center" });
  }

  #move(item, by, focused = item) {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(item);
    else other.after(item);
    focused.focus();
    item.scrollIntoView({ block: "nearest" });
    byId("order-said").textContent = `${messages.line} ${[...this.#list.children].indexOf(item) + 1}/${this.#list.children.length}`;
  }

  #pressed(event) {
    const item = event.target.closest("li");
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!item || !by) return;
    event.preventDefault();
    if (event.shiftKey || event.altKey) return this.#move(item, by);
    return (by < 0 ? item.previousElementSibling : item.nextElementSibling)?.focus();
  }

  #letDrag() {
    let held = null;
    this.#list.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".handle")) return;
      event.preventDefault();
      held = event.target.closest("li");
      held.classList.add("held");
      this.#list.setPointerCapture(event.pointerId);
    });
    this.#list.addEventListener("pointermove", (event) => {
      if (held === null) return;
      const under = [...this.#list.children].find((one) => one !== held && within(one, event.clientY));
      if (!under) return;
      const middle = under.getBoundingClientRect().top + under.offsetHeight / 2;
      if (event.clientY < middle) under.before(held);
      else under.after(held);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      this.#list.addEventListener(end, () => {
        held?.classList.remove("held");
        held = null;
      });
    }
  }

  /** What has moved, from the first line that did to the last, as one text. */
  #done() {
    const order = [...this.#list.children].map((one) => this.#before[Number(one.dataset.index)]);
    const moved = order.flatMap((one, at) => (one === this.#before[at] ? [] : [at]));
    if (!moved.length) return;
    const rows = this.#before.slice(moved[0], moved.at(-1) + 1).map((one) => one.row);
    const [first, last] = [Math.min(...rows), Math.max(...rows)];
    const inside = this.#before.flatMap((one, at) => (one.row >= first && one.row <= last ? [at] : []));
    const text = order.slice(inside[0], inside.at(-1) + 1).map((one) => one.words).join("\n");
    this.#save(first, this.#lines.slice(first, last + 1).map((one) => one.text), text);
  }
}

const within = (element, y) => {
  const { top, bottom } = element.getBoundingClientRect();
  return y >= top && y <= bottom;
};

const THAI_END = /[ก-ฺเ-ๅ็-๎]$/u;
const THAI_START = /^[ก-ฮเ-ไ]/u;

/** Two lines as one: no space inside Thai text and behind a hyphen of a Latin word, otherwise one. */
export function joined(above, below) {
  const [one, other] = [above.trimEnd(), below.trimStart()];
  const bare = !one || !other || (THAI_END.test(one) && THAI_START.test(other)) || /[A-Za-z]-$/.test(one);
  return bare ? one + other : `${one} ${other}`;
}
