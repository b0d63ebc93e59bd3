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

  /** True while nobody answers. */
  get isLost() {
    return this.#box.classList.contains("lost");
  }

  sending() {
    if (this.#box.classList.contains("lost")) return;
    this.clear();
    this.#box.classList.add("sending");
  }

  /** The server did not answer; the decision is kept and will be sent again. */
  unreachable(request, reason, login, waiting) {
    const more = waiting > 1 ? ` (+${waiting - 1})` : "";
    const again = login ? [el("a", { class: "button", href: "/login", target: "_blank", rel: "noopener" }, messages.log_in_again)] : [];
    this.#show("lost", login ? messages.session_ended : messages.not_saved, [el("p", {}, el("b", {}, requestInWords(request)), more, " ", el("span", { class: "soft small" }, reason ?? ""))], [
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

  dismiss() {
    if (this.#box.classList.contains("lost")) return;
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

function requestInWords({ body, kind }) {
  if (kind === "seen") return messages.seen;
  if (kind !== "decisions") return body.text ?? body.note ?? messages.illegible;
  return body.decisions.map(({ verdict, after }) => `${messages[`verdict_${verdict}`]}${after === null ? "" : ` “${after}”`}`).join(", ");
}
