// The one decision that is on its way. It is kept in the tab's storage until the server says that it is
// durable, so a reload or a crash of the browser does not lose it, and it is sent again until then: asking
// twice records once, because the server compares its expected version.

import { post, Unreachable } from "./api.js";

const WAITS_MS = [500, 1000, 2000, 4000, 8000];
// The server is there and cannot write now: a locked ledger, a full disk; or it does not know this tab any
// more (401, 403), which is mended by logging in again, or by opening the address that it printed.
const PASSING = new Set([401, 403, 502, 503, 504, 507]);

export class Outbox {
  #key;
  #told;
  #timer = 0;
  #tries = 0;
  #sending = false;

  /** `told` hears {sending}, {failed}, {answer}; each with the request it is about. */
  constructor(key, told) {
    // Whoever logs in after somebody else must not send what they have left here.
    this.#key = `chamra-pending:${document.body.dataset.account}:${key}`;
    this.#told = told;
  }

  get request() {
    const kept = sessionStorage.getItem(this.#key);
    return kept === null ? null : JSON.parse(kept);
  }

  /** Put a decision on its way: {path, body, ...}. Only when none is. */
  put(request) {
    sessionStorage.setItem(this.#key, JSON.stringify(request));
    this.#tries = 0;
    return this.send();
  }

  /** Send what is kept, now. */
  async send() {
    const request = this.request;
    if (request === null || this.#sending) return;
    clearTimeout(this.#timer);
    this.#sending = true;
    this.#told({ sending: request });
    try {
      const answer = await post(request.path, request.body);
      if (PASSING.has(answer.status) && answer.body.error !== "role") throw new Unreachable(answer.body.message, answer.status === 401);
      sessionStorage.removeItem(this.#key);
      this.#sending = false;
      this.#told({ answer, request });
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.#sending = false;
      this.#timer = setTimeout(() => this.send(), WAITS_MS[Math.min(this.#tries, WAITS_MS.length - 1)]);
      this.#tries += 1;
      this.#told({ failed: request, reason: error.message, login: error.login });
    }
  }
}
