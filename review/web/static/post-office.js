// What a person says about the page, from the key to the record: put on its way, shown as it will stand, and settled
// when the answer comes.

import { announce, messages } from "./dom.js";
import { merged } from "./model.js";
import { Outbox } from "./outbox.js";
import { Passing } from "./passing.js";
import { Undo } from "./undo.js";

export class PostOffice {
  #page;
  #troubles;
  #outbox;
  #passing;
  #undo;
  #reloading = null;
  #tags = new Map();

  /** `page` has `number`, `base` (the page as the server told it), `addressOf`, `drafts`, `shown()`, `reload()`,
   * `refresh(request)`, `look(finding)`,
   * `done(request, body)` and `back(step)`. */
  constructor(document, page, troubles) {
    this.#page = page;
    this.#troubles = troubles;
    this.#outbox = new Outbox(document, (news) => this.#heard(news), (request) => this.#made(request));
    this.#passing = new Passing(document, (number, lines) => this.#put({ kind: "seen", action: "seen", page: number, body: { lines } }));
    this.#undo = new Undo(document);
  }

  /** What is on its way about the page that is shown, the oldest first. */
  get requests() {
    const { number } = this.#page;
    const passed = this.#passing.of(number);
    const own = this.#outbox.requests.filter((one) => one.page === number);
    return passed.length ? [...own, { kind: "seen", body: { lines: passed } }] : own;
  }

  get isEmpty() {
    return !this.#outbox.requests.length;
  }

  send() {
    return this.#outbox.send();
  }

  /** Decide about findings with one key: [{finding, verdict, after, expected_version}]. */
  decide(decisions, note = "", more = {}) {
    const before = this.#before(decisions.map((one) => one.finding));
    this.#put({ kind: "decisions", action: "decisions", page: this.#page.number, body: { decisions, note }, before, ...more });
    this.#page.refresh();
  }

  /** Send words of a person's own about a line (`key`) or the page; `slot` is that of their draft. */
  write(action, body, { key, slot, ...more } = {}) {
    const all = this.#page.base.findings.map((one) => one.id);
    this.#put({ kind: action === "texts" ? "texts" : "words", action, page: this.#page.number, body, key, slot, before: this.#before(all), ...more });
    this.#page.refresh();
  }

  /** A line was passed under its image. */
  pass(line) {
    this.#passing.add(this.#page.number, line);
    this.#page.refresh();
  }

  /** Do something when all that was said is on record and the page is shown as it is then. */
  whenRecorded(act) {
    this.#passing.flush();
    this.#outbox.whenEmpty(() => (this.#reloading ? this.#reloading.then(act) : act()));
  }

  flush() {
    this.#passing.flush();
  }

  /** Take the last step back, when it is on record. */
  takeBack() {
    this.#outbox.whenEmpty(() => {
      const step = this.#undo.pop();
      if (step === null) return announce(messages.nothing_to_undo);
      const decisions = step.items.map(({ finding, before, version }) => ({
        finding, verdict: before?.verdict === "acknowledge" ? "accept" : before?.verdict ?? "withdraw", after: before?.after ?? null, expected_version: version,
      }));
      return this.#page.back(step, () => this.decide(decisions, "", { undoes: true }));
    });
  }

  #put({ action, ...request }) {
    return this.#outbox.put({ path: `/api${this.#page.addressOf(request.page)}/${action}`, action, ...request });
  }

  #before(ids) {
    const { findings } = this.#page.shown();
    return Object.fromEntries(findings.filter((one) => ids.includes(one.id)).map((one) => [one.id, one.mine]));
  }

  /** Keep what proves that lines of a page were shown here. */
  shown(page, lines) {
    for (const { key, text, shown } of lines) if (shown) this.#tags.set(`${page}:${key}:${text}`, shown);
  }

  /** The body of a request as it is sent now: lines by their number, and what was shown last. */
  #made({ body, key, kind, page }) {
    const { number, base } = this.#page;
    const here = page === number && base !== null;
    const made = here ? { ...body, stamp: base.stamp } : { ...body };
    const at = (one) => base.lines.findIndex((line) => line.key === one);
    if (kind === "seen") made.lines = body.lines.map((one) => ({ ...one, milliseconds: Math.round(one.milliseconds), shown: this.#tags.get(`${page}:${one.key}:${one.was}`) ?? "" }));
    else if (key !== undefined && here) made.line = at(key);
    return made;
  }

  #heard({ sending, failed, answer, request, reason, login, done }) {
    this.#page.busy(sending || failed);
    if (sending) return this.#troubles.sending();
    if (failed) {
      announce(messages.not_saved);
      return this.#troubles.unreachable(failed, reason, login, this.#outbox.requests.length);
    }
    done();
    const { status, body } = answer;
    this.shown(request.page, body.page?.lines ?? body.change?.lines ?? (body.change?.changed_lines ?? []).map(([, line]) => line));
    const tells = request.page === this.#page.number && (body.page || body.change);
    const base = tells ? merged(this.#page.base, body) : this.#page.base;
    if (base === null) this.#reloading = this.#page.reload().finally(() => { this.#reloading = null; });
    else this.#page.base = base;
    this.#page.busy(!this.isEmpty);
    if (this.#troubles.isLost) this.#troubles.clear();
    if (status === 200) this.#recorded(request, body);
    else this.#refused(request, status, body);
    this.#page.refresh(request);
    return status === 200 ? this.#page.done(request, body) : null;
  }

  /** It is on record: its step can be taken back, and what waits behind it knows the new records. */
  #recorded(request, body) {
    if (request.slot) this.#page.drafts.drop(request.slot);
    const ids = request.kind === "decisions" ? request.body.decisions.map((one) => one.finding) : (body.findings ?? []);
    const versions = new Map(ids.map((id) => [id, this.#page.base.findings.find((one) => one.id === id)?.version ?? []]));
    for (const [id, version] of versions) this.#undo.saw(id, version);
    this.#outbox.revise((waiting) => (waiting.kind === "decisions" ? { ...waiting, body: { ...waiting.body, decisions: waiting.body.decisions.map((one) => (
      versions.has(one.finding) ? { ...one, expected_version: versions.get(one.finding) } : one)) } } : waiting));
    const items = [...versions].filter(([id]) => request.kind === "decisions" || this.#page.base.findings.find((one) => one.id === id)?.mine)
      .map(([finding, version]) => ({ finding, before: request.before[finding] ?? null, version }));
    if (!request.undoes && body.recorded && items.length && request.page === this.#page.number) this.#undo.push({ page: request.page, key: request.key, items });
  }

  #refused(request, status, body) {
    if (request.kind === "seen") return null;
    const { base } = this.#page;
    if (status === 409 && request.kind === "decisions") {
      announce(messages.changed);
      const [one] = request.body.decisions;
      const fresh = base.findings.find((each) => each.id === one.finding);
      if (fresh) this.#page.look(fresh);
      return this.#troubles.conflict(fresh, request, () => this.decide([{ ...one, expected_version: fresh.version }], request.body.note));
    }
    // What came too late may be what stands there by now: then it was recorded, and its answer was lost.
    if (status === 409 && base.lines.find((line) => line.key === request.key)?.text === request.body.text) {
      this.#page.drafts.drop(request.slot);
      return null;
    }
    announce(messages.refused);
    return this.#troubles.refused(status === 409 && request.kind === "texts" ? messages.line_changed : body.message);
  }
}
