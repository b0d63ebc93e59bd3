// What can be done with the page as a whole, always in reach: sign, revoke, return, answer, transcribe, leave out.

import { attested, byId, el, fill, messages, moment } from "./dom.js";

/** Show it; `act` has `sign`, `next`, `read`, `write(kind)`, `look(line)`. */
export function showPage(data, drafts, act) {
  const failed = data.stage === "failed";
  const buttons = [];
  const add = (label, does, kind = "") => {
    const made = el("button", { type: "button", class: kind }, label);
    made.addEventListener("click", does);
    buttons.push(made);
    return made;
  };
  if (failed) add(messages.transcribe, () => act.write("page"), "button");
  if (data.waived) add(messages.take_up_again, () => act.write("take-up"), "button");
  if (failed && !data.asked) add(messages.read_again, act.read);
  if (failed) add(messages.leave_out, () => act.write("waiver"));
  if (data.returned.length) add(messages.say_done, () => act.write("answer"), "button");
  if (data.sign.can) add(messages.sign_page, act.sign, "button").id = "sign";
  const by = data.sign.signed;
  if (!data.findings.some((one) => one.todo) && (by || data.near.needs !== null)) add(messages.next_page, act.next, by ? "button" : "").id = "to-next";
  if (by) add(messages.revoke, () => act.write("revoke"));
  if ((data.lines.length || data.sign.can || by) && !data.returned.length) add(messages.give_back, () => act.write("return"));
  fill(byId("page-box"), el("p", { class: "said" }, said(data, by, failed)), ...data.returned.map(returned), waived(data), asked(data), ...unsaved(data, drafts, act), el("p", { class: "row" }, ...buttons));
  byId("page-box").className = `page-box ${failed || data.returned.length ? "stop" : by || data.sign.can ? "good" : ""}`;
}

function said(data, by, failed) {
  if (by) return `${messages.signed_by} ${by.name} (${by.account}), ${attested(by)}`;
  if (failed) return `${messages.stage_failed}: ${data.reason}`;
  const open = data.findings.filter((one) => one.todo).length;
  const passed = data.lines.filter((line) => line.seen).length;
  const lines = data.lines.length ? `${messages.lines_seen} ${passed}/${data.lines.length}` : messages.unread;
  const minutes = data.pace.minutes ? ` · ≈ ${Math.max(1, Math.round(data.pace.minutes))} ${messages.minutes_left}` : "";
  return `${messages.open}: ${open} · ${lines}${minutes}`;
}

function returned({ name, account, note }) {
  return el("p", {}, `${messages.returned_by} ${name} (${account}): `, el("b", {}, note));
}

function waived({ waived: made }) {
  return made && el("p", {}, `${messages.stage_waived}, ${made.name}: `, el("b", {}, made.note));
}

function asked({ asked: made }) {
  return made && el("p", {}, `${messages.read_asked} ${made.name} (${made.account}), `, moment(made.when));
}

/** Lines with a text that is not on record. */
function unsaved(data, drafts, act) {
  const lines = data.lines.flatMap((line, index) => (drafts.of(`line:${line.key}`) ? [index] : []));
  return lines.map((index) => {
    const made = el("button", { type: "button", class: "link" }, `${messages.unsaved} ${messages.line} ${index + 1}`);
    made.addEventListener("click", () => act.look(index));
    return el("p", {}, made);
  });
}
