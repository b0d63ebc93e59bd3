// What is on its way, in order. It is kept in the tab's storage until the server says that it is durable, so a reload
// or a crash of the browser does not lose it, and it is sent again until then: asking twice records once, because the
// server compares what was shown.

import { post, Unreachable } from "./api.js";

const WAITS_MS = [500, 1000, 2000, 4000, 8000];
// The server is there and cannot write now: a locked ledger, a full disk; or it does not know this tab any
// more (401, 403), which is mended by logging in again, or by opening the address that it printed.
const PASSING = new Set([401, 403, 502, 503, 504, 507]);

export class Outbox {
  #key;
  #told;
  #made;
  #timer = 0;
  #tries = 0;
  #sending = false;
  #waiting = [];

  /** `told` hears {sending}, {failed}, {answer}, each with the request it is about; `made` gives the body of a request
   * as it is sent now. */
  constructor(key, told, made) {
    // Whoever logs in after somebody else must not send what they have left here.
    this.#key = `chamra-pending:${document.body.dataset.account}:${key}`;
    this.#told = told;
    this.#made = made;
  }

  /** All that is on its way, the oldest first. */
  get requests() {
    return JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
  }

  #keep(requests) {
    if (requests.length) sessionStorage.setItem(this.#key, JSON.stringify(requests));
    else sessionStorage.removeItem(this.#key);
  }

  /** Put a request behind the others: {path, body, ...}. */
  put(request) {
    this.#keep([...this.requests, request]);
    return this.send();
  }

  /** Change what waits behind the first one. */
  revise(change) {
    const [first, ...rest] = this.requests;
    if (first) this.#keep([first, ...rest.map(change)]);
  }

  /** Do something when nothing is on its way any more. */
  whenEmpty(act) {
    if (this.requests.length) this.#waiting.push(act);
    else act();
  }

  /** Send the first that is kept, now; the others follow it. */
  async send() {
    const [request] = this.requests;
    if (request === undefined || this.#sending) return;
    clearTimeout(this.#timer);
    this.#sending = true;
    this.#told({ sending: request });
    try {
      const answer = await post(request.path, this.#made(request));
      if (PASSING.has(answer.status) && answer.body.error !== "role") throw new Unreachable(answer.body.message, answer.status === 401);
      this.#tries = 0;
      this.#sending = false;
      this.#told({ answer, request, done: () => this.#keep(this.requests.slice(1)) });
    } catch (error) {
      this.#sending = false;
      if (!(error instanceof Unreachable)) throw error;
      this.#timer = setTimeout(() => this.send(), WAITS_MS[Math.min(this.#tries, WAITS_MS.length - 1)]);
      this.#tries += 1;
      return this.#told({ failed: request, reason: error.message, login: error.login });
    }
    if (this.requests.length) return this.send();
    for (const act of this.#waiting.splice(0)) act();
  }
}
