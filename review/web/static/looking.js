// For how long the line that is lit has been looked at: in view, in a window that is seen, its image come. Nobody has
// looked at what was there for less time than an eye takes to come to rest.

import { byId } from "./dom.js";
import { LEAST_MS, watching } from "./glances.js";

const root = byId("review");

export class Looking {
  #row = null;
  #inView = false;
  #hasCome = false;
  #since = null;
  #spent = 0;
  #timer = 0;
  #watch = watching((_, inView) => {
    this.#inView = inView;
    this.#count();
  });

  constructor() {
    document.addEventListener("visibilitychange", () => this.#count());
  }

  /** Another line is lit: nobody has looked at it yet. */
  begin() {
    this.#spent = 0;
    this.#since = null;
    this.#watch.disconnect();
    this.#row = null;
    this.#inView = false;
    this.#count();
  }

  /** The row of the line that is lit, and whether the page's picture has come (or there is none). */
  follow(row, hasCome) {
    this.#hasCome = hasCome;
    if (row !== this.#row) {
      this.#watch.disconnect();
      this.#row = row;
      if (row) this.#watch.observe(row);
    }
    this.#count();
  }

  #count() {
    const counts = this.#inView && this.#hasCome && !document.hidden;
    const now = performance.now();
    if (this.#since !== null) this.#spent += now - this.#since;
    this.#since = counts ? now : null;
    root.dataset.looked = this.#spent >= LEAST_MS ? "yes" : "no";
    clearTimeout(this.#timer);
    if (counts && this.#spent < LEAST_MS) this.#timer = setTimeout(() => this.#count(), LEAST_MS - this.#spent + 1);
  }

  get isInView() {
    return this.#inView;
  }

  get hasCome() {
    return this.#hasCome;
  }

  /** Milliseconds until now. */
  get milliseconds() {
    this.#count();
    return this.#spent;
  }

  get isLongEnough() {
    return this.milliseconds >= LEAST_MS;
  }
}
