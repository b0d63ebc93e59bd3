// What stands in the way, said in the panel itself: a lost connection, a conflict, a refusal.

import { byId, el, fill, messages } from "./dom.js";
import { decisionParts } from "./view.js";

export class Troubles {
  #box = byId("trouble");
  #actions;

  /** True while a question must be answered before anything else is decided. */
  asks = false;

  constructor(actions) {
    this.#actions = actions;
  }

  clear() {
    this.asks = false;
    fill(this.#box);
    this.#box.className = "trouble";
  }

  sending() {
    if (this.#box.classList.contains("lost")) return;
    this.clear();
    this.#box.classList.add("sending");
  }

  /** The server did not answer; the decision is kept and will be sent again. */
  unreachable(request, reason, login) {
    const again = login ? [el("a", { class: "button", href: "/login", target: "_blank", rel: "noopener" }, messages.log_in_again)] : [];
    this.#show("lost", login ? messages.session_ended : messages.not_saved, [el("p", {}, el("b", {}, requestInWords(request)), " ", el("span", { class: "soft small" }, reason ?? ""))], [
      ...again, this.#button(messages.retry, () => this.#actions.retry()),
    ]);
  }

  /** Somebody has decided meanwhile: both are shown, and a person chooses. */
  conflict(finding, request, again) {
    const stands = finding ? finding.decisions.map((one) => el("li", {}, ...decisionParts(one))) : [el("li", {}, messages.gone)];
    if (finding?.blind) stands.push(el("li", {}, messages.blind));
    const parts = [
      el("p", {}, `${messages.stands}:`), el("ul", {}, ...stands),
      el("p", {}, `${messages.yours}: `, el("b", {}, requestInWords(request))),
    ];
    const leave = this.#button(messages.leave_it, () => this.dismiss());
    const buttons = finding ? [leave, this.#button(messages.record_mine, () => { this.clear(); again(); this.#actions.rest(); })] : [leave];
    this.#show("conflict", messages.changed, parts, buttons);
    this.asks = true;
    leave.focus();
  }

  /** The server has said no, and why. */
  refused(message, title = messages.refused) {
    this.#show("refused", title, [el("p", {}, message)], [this.#button(`${messages.close} (Esc)`, () => this.dismiss())]);
  }

  /** Nothing on the page is open: where to go from here. */
  showEnd(data, { next, sign, write, leaveOut, sayDone, revoke, giveBack }) {
    const buttons = [];
    const failed = data.stage === "failed";
    if (failed) buttons.push(this.#button(`${messages.transcribe} (I)`, write), this.#button(`${messages.leave_out} (W)`, leaveOut));
    if (data.returned.length) buttons.push(this.#button(`${messages.say_done} (D)`, sayDone));
    if (data.near.open !== null) buttons.push(this.#button(`${messages.next_page} (N)`, next));
    if (data.sign.can) buttons.push(this.#button(`${messages.sign_page} (S)`, sign));
    const by = data.sign.signed;
    if (by) buttons.push(this.#button(messages.revoke, revoke));
    if (data.lines.length && !data.returned.length) buttons.push(this.#button(messages.give_back, giveBack));
    const said = by ? `${messages.signed_by} ${by.name} (${by.account})` : failed ? messages.stage_failed : messages.page_done;
    this.#show("end", said, data.returned.map(returned), buttons);
  }

  dismiss() {
    if (this.#box.classList.contains("lost") || this.#box.classList.contains("end")) return;
    this.clear();
    this.#actions.rest();
  }

  #button(label, act) {
    const made = el("button", { type: "button", class: "button" }, label);
    made.addEventListener("click", act);
    return made;
  }

  #show(kind, title, parts, buttons) {
    this.asks = false;
    this.#box.className = `trouble ${kind}`;
    fill(this.#box, el("p", { class: "title" }, title), ...parts, buttons.length ? el("p", { class: "row" }, ...buttons) : null);
  }
}

function returned({ name, account, note }) {
  return el("p", {}, `${messages.returned_by} ${name} (${account}): `, el("b", {}, note));
}

function requestInWords({ body }) {
  if (!body.verdict) return body.text ?? body.note ?? messages.illegible;
  const after = body.after === null ? "" : ` “${body.after}”`;
  return `${messages[`verdict_${body.verdict}`]}${after}`;
}
