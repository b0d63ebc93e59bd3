// The scan at the side: as wide as its reader wants it, or away; below the text on a narrow screen.

import { byId } from "./dom.js";

const STORE = "chamra-side";
const [LEAST, MOST] = [20, 70]; // per cent of the window
const STEP = 4;
const NARROW = 820; // pixels; on such a window the scan is away until it is asked for

export class Side {
  #root;
  #kept = JSON.parse(localStorage.getItem(STORE) ?? JSON.stringify({ share: 42, shown: innerWidth > NARROW }));

  constructor(root) {
    this.#root = root;
    const splitter = byId("splitter");
    splitter.addEventListener("pointerdown", (event) => splitter.setPointerCapture(event.pointerId));
    splitter.addEventListener("pointermove", (event) => {
      if (splitter.hasPointerCapture(event.pointerId)) this.#set({ share: 100 - (100 * event.clientX) / innerWidth });
    });
    splitter.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      this.#set({ share: this.#kept.share + by });
    });
    this.#show();
  }

  toggle() {
    this.#set({ shown: !this.#kept.shown });
  }

  #set(change) {
    const kept = { ...this.#kept, ...change };
    this.#kept = { ...kept, share: Math.min(Math.max(kept.share, LEAST), MOST) };
    localStorage.setItem(STORE, JSON.stringify(this.#kept));
    this.#show();
  }

  #show() {
    this.#root.style.setProperty("--side", `${this.#kept.share}%`);
    this.#root.classList.toggle("no-scan", !this.#kept.shown);
    byId("splitter").setAttribute("aria-valuenow", String(Math.round(this.#kept.share)));
    byId("show-side").setAttribute("aria-pressed", String(this.#kept.shown));
  }
}
