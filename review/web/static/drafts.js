// What was typed and is not on record yet. It is kept in the browser, through Esc, a click elsewhere and a reload,
// until it is on record or its writer throws it away.

export class Drafts {
  #prefix;

  constructor(document, page) {
    this.#prefix = `chamra-draft:${globalThis.document.body.dataset.account}:${document}:${page}:`;
  }

  /** Keep a text for a slot (a line by its key, a kind of writing); `was` is what stood there. */
  keep(slot, text, was = "") {
    if (text === was) return this.drop(slot);
    return localStorage.setItem(this.#prefix + slot, JSON.stringify({ text, was }));
  }

  drop(slot) {
    localStorage.removeItem(this.#prefix + slot);
  }

  /** {text, was}, or null. */
  of(slot) {
    const kept = localStorage.getItem(this.#prefix + slot);
    return kept === null ? null : JSON.parse(kept);
  }

  /** The slots that have a text. */
  get slots() {
    return Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix)).map((key) => key.slice(this.#prefix.length));
  }
}
