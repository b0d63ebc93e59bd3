// A line's text as it is written, under its image. What is typed is kept as a draft with every key.

import { el, messages } from "./dom.js";
import { toPoints, toUnits } from "./offsets.js";

export class LineEditor {
  #told;
  #field = null;
  #row = null;
  #at = null;

  /** `told` hears `typed(text)`, `enter(text)`, `leave()`, `move(step)`, `caret(offset)`, `join(step)`: with the line below (1) or above (-1). */
  constructor(told) {
    this.#told = told;
    document.addEventListener("selectionchange", () => {
      if (this.#field && document.activeElement === this.#field) this.#told.caret(this.caret);
    });
  }

  /** The number of the line that is written, null for none. */
  get index() {
    return this.#at?.index ?? null;
  }

  /** The code points before the caret. */
  get caret() {
    return toPoints(this.#field.value, this.#field.selectionEnd);
  }

  /** Write a line in its row; the caret goes to `from`, with what stands up to `to` selected. */
  open(row, { index, line, text, from, to = from }) {
    this.close();
    const words = row.querySelector(".line");
    this.#at = { index, was: line.text };
    this.#row = row;
    this.#field = el("textarea", { class: "line writing th", lang: "th", rows: text.split("\n").length, autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-label": `${messages.line} ${index + 1}. ${messages.writing_says}` });
    this.#field.style.marginLeft = words.style.marginLeft;
    this.#field.style.letterSpacing = words.style.letterSpacing;
    this.#field.value = text;
    row.classList.add("written");
    words.after(this.#field);
    this.#field.addEventListener("input", () => {
      this.#grow();
      this.#told.typed(this.#at, this.#field.value);
    });
    this.#field.addEventListener("keydown", (event) => this.#pressed(event));
    this.#grow();
    this.#field.focus({ preventScroll: true });
    this.#field.setSelectionRange(toUnits(text, from), toUnits(text, to));
  }

  /** Leave the line; what was typed is its draft. */
  close() {
    this.#field?.remove();
    this.#row?.classList.remove("written");
    this.#field = this.#row = this.#at = null;
  }

  /** After the rows were drawn anew: is the field still there? */
  get isThere() {
    return this.#field?.isConnected ?? false;
  }

  #grow() {
    this.#field.style.height = "auto";
    const borders = this.#field.offsetHeight - this.#field.clientHeight;
    this.#field.style.height = `${this.#field.scrollHeight + borders}px`;
  }

  /** A key that would take out what lies before the line's beginning, or behind its end. */
  #joins({ key }) {
    const { selectionStart: from, selectionEnd: to, value } = this.#field;
    return from === to && ((key === "Backspace" && to === 0) || (key === "Delete" && from === value.length));
  }

  #pressed(event) {
    // An input method's own keys, Enter above all, belong to it.
    if (event.isComposing || event.keyCode === 229) return;
    const field = this.#field;
    const single = field.scrollHeight < 2 * parseFloat(getComputedStyle(field).lineHeight);
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!event.repeat) this.#told.enter(this.#at, field.value);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.#told.leave();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !event.shiftKey && single) {
      event.preventDefault();
      this.#told.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.altKey && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      event.preventDefault();
      const at = Math.max(this.caret + (event.key === "ArrowLeft" ? -1 : 1), 0);
      field.setSelectionRange(toUnits(field.value, at), toUnits(field.value, at));
    } else if (this.#joins(event)) {
      event.preventDefault();
      this.#told.join(event.key === "Delete" ? 1 : -1);
    }
    event.stopPropagation();
  }
}
