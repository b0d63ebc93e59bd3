// What was recorded at once on a list is taken back at once; what that takes comes with the answer, and is kept in the tab.

import { post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";
import { isTaken, keyName, lettersAreKeys } from "./keys.js";

const button = byId("step-back");

export class StepBack {
  #key;

  /** `name` is that of the list; `done` is called when all was taken back. */
  constructor(name, done) {
    this.#key = `chamra-step-back:${document.body.dataset.account}:${name}`;
    button?.addEventListener("click", () => this.#takeBack(done));
    document.addEventListener("keydown", (event) => {
      if (event.repeat || isTaken(event) || !lettersAreKeys() || keyName(event) !== "u" || !this.#steps.length) return;
      event.preventDefault();
      this.#takeBack(done);
    });
    this.#show();
  }

  get #steps() {
    return JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
  }

  /** Keep what takes the newest step back as well as what is kept. */
  further(steps) {
    this.keep([...steps, ...this.#steps]);
  }

  /** Keep what takes the newest step back: [{document, page, decisions}]. */
  keep(steps) {
    sessionStorage.setItem(this.#key, JSON.stringify(steps));
    this.#show();
  }

  #show() {
    if (button) button.hidden = !this.#steps.length;
  }

  async #takeBack(done) {
    const left = this.#steps;
    try {
      while (left.length) {
        const { document: id, page, decisions } = left[0];
        const { status, body } = await post(`/api/documents/${id}/pages/${page}/decisions`, { decisions, note: "" });
        if (status !== 200) {
          byId("said").textContent = `${messages.refused} ${body.message}`;
          this.keep([]);
          return;
        }
        left.shift();
        this.keep(left);
      }
      done();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      byId("said").textContent = messages.not_saved_here;
    }
  }
}
