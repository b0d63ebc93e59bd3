// What this tab has decided in this document, newest last, so that it can be taken back step by step; what was decided
// with one key is one step.

const DEPTH = 200;

export class Undo {
  #key;

  constructor(document) {
    this.#key = `chamra-undo:${globalThis.document.body.dataset.account}:${document}`;
  }

  get #stack() {
    return JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
  }

  set #stack(steps) {
    sessionStorage.setItem(this.#key, JSON.stringify(steps.slice(-DEPTH)));
  }

  /** Keep {page, items: [{finding, before, version}]}: what stood before, and the records after. */
  push(step) {
    this.#stack = [...this.#stack, step];
  }

  /** The records about a finding are these now, because of a decision of this tab. */
  saw(finding, version) {
    const seen = (item) => (item.finding === finding ? { ...item, version } : item);
    this.#stack = this.#stack.map((step) => ({ ...step, items: step.items.map(seen) }));
  }

  /** The newest step, or null; it is gone from here. */
  pop() {
    const stack = this.#stack;
    const last = stack.pop() ?? null;
    this.#stack = stack;
    return last;
  }
}
