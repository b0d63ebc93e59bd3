// Lines that were passed with Enter under their image. They go on record some at a time, and are kept until then.

const LATER_MS = 2500;
const MOST = 12;

export class Passing {
  #key;
  #put;
  #timer = 0;

  /** `put(page, lines)` sends lines {key, was, milliseconds} of a page. */
  constructor(document, put) {
    this.#key = `chamra-passed:${globalThis.document.body.dataset.account}:${document}`;
    this.#put = put;
  }

  get #kept() {
    return JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
  }

  /** The lines of a page that are not on their way yet. */
  of(page) {
    return this.#kept.filter((one) => one.page === page);
  }

  add(page, line) {
    const kept = [...this.#kept, { page, ...line }];
    sessionStorage.setItem(this.#key, JSON.stringify(kept));
    clearTimeout(this.#timer);
    if (kept.length >= MOST) return this.flush();
    this.#timer = setTimeout(() => this.flush(), LATER_MS);
  }

  /** Send what is kept, now. */
  flush() {
    clearTimeout(this.#timer);
    const kept = this.#kept;
    sessionStorage.removeItem(this.#key);
    for (const page of new Set(kept.map((one) => one.page))) {
      this.#put(page, kept.filter((one) => one.page === page).map(({ key, was, milliseconds }) => ({ key, was, milliseconds })));
    }
  }
}
