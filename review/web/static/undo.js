// What this tab has decided in this document, newest last, so that it can be taken back one by one.

const DEPTH = 200;

export class Undo {
  #key;

  constructor(document) {
    this.#key = `chamra-undo:${globalThis.document.body.dataset.account}:${document}`;
  }

  get #stack() {
    return JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
  }

  /** Keep {page, finding, before, version}: what stood before, and the records after. */
  push(entry) {
    sessionStorage.setItem(this.#key, JSON.stringify([...this.#stack, entry].slice(-DEPTH)));
  }

  /** The records about a finding are these now, because of a decision of this tab. */
  saw(finding, version) {
    const stack = this.#stack.map((one) => (one.finding === finding ? { ...one, version } : one));
    sessionStorage.setItem(this.#key, JSON.stringify(stack));
  }

  /** The newest one, or null; it is gone from here. */
  pop() {
    const stack = this.#stack;
    const last = stack.pop() ?? null;
    sessionStorage.setItem(this.#key, JSON.stringify(stack));
    return last;
  }
}
