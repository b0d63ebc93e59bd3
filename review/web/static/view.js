// The finding that is lit: its change, alternatives, reasons, decisions.

import { byId, el, fill, messages, moment } from "./dom.js";
import { change } from "./lines.js";

const percent = (value) => `${Math.round(value * 100)} %`;

/** What has become of decisions about earlier readings: those that lapsed, one by one. */
export function lapsed(data) {
  const { carried, conflicts } = data.earlier;
  if (!data.lapsed.length && !carried) return null;
  const list = data.lapsed.map((decision) => el("li", {}, ...decisionParts(decision)));
  const counts = [[carried, messages.carried], [conflicts, messages.conflicts], [data.lapsed.length - conflicts, messages.lapsed]];
  const said = counts.filter(([count]) => count).map(([count, words]) => `${count} ${words}`).join(" · ");
  const summary = el("summary", {}, said);
  return el("details", { class: "lapsed", lang: document.documentElement.lang }, summary, el("ul", {}, ...list));
}

/** Show the finding that is lit; null where nothing is, with what there is to say then. */
export function showFinding(finding, position, nothing) {
  const none = finding === null;
  byId("finding").classList.toggle("none", none);
  fill(byId("head"), ...(none ? [nothing] : headOf(finding, position)));
  fill(byId("change"), ...(none ? [] : change(finding)));
  fill(byId("reasons"), ...(none ? [] : reasonsOf(finding)));
  byId("two-people").hidden = none || finding.people < 2;
  byId("accept").querySelector("span").textContent = finding?.flag ? messages.acknowledge : messages.accept;
}

/** What is expected of a line by the reader's confidences and the ledger's own times. */
export function paceOf(data, index) {
  const { errors } = data.lines[index];
  const parts = errors === null ? [] : [`${messages.line_errors} ${errors.toFixed(errors < 1 ? 2 : 1)}`];
  return `${[...parts, `${messages.line_takes} ${Math.round(data.pace.line)} ${messages.seconds}`].join(", ")}.`;
}

function headOf(finding, position) {
  const colour = finding.waits ? "wait" : finding.outcome === "rejected" ? "stop" : "good";
  return [
    el("span", { class: "chip quiet" }, position), " ",
    el("span", { class: `chip ${colour}` }, messages[`outcome_${finding.outcome}`]), " ",
    messageOf(finding),
    finding.own_doubt && finding.outcome === "open" ? el("span", { class: "soft" }, ` ${messages.own_doubt}`) : null,
    finding.blind ? el("span", { class: "soft" }, ` ${messages.blind}`) : null,
  ].filter(Boolean);
}

/** What the rule says, in the reader's language where that is known. */
const messageOf = (finding) => {
  const own = messages[`rule_${finding.rule}`];
  return el("span", { class: "message", lang: own ? null : "en" }, own ?? finding.message);
};

/** A confidence in words, from 5 (almost certain) to 1 (unlikely). */
const sureness = (value) => messages[`sure_${1 + [0.5, 0.75, 0.9, 0.97].filter((limit) => value >= limit).length}`];

function reasonsOf(finding) {
  const rows = [
    [messages.rule, `${finding.rule} · ${messages[`family_${finding.family}`] ?? finding.family}`],
    [messages.confidence, finding.confidence === null ? null : el("span", {}, meter(finding.confidence), ` ${sureness(finding.confidence)}, ${percent(finding.confidence)}`)],
    [messages.evidence, finding.evidence.length ? el("ul", {}, ...finding.evidence.map(evidence)) : null],
    [messages.gap, finding.gap && gapOf(finding.gap)],
    [messages.decisions, decisionsOf(finding)],
    [messages.letters, el("details", {}, el("summary", {}, messages.show), el("span", { class: "mono", lang: "en" }, finding.letters))],
  ];
  return rows.filter(([, value]) => value !== null).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)));
}

function meter(value) {
  const bar = el("span", { class: "meter", "aria-hidden": "true" }, el("span", {}));
  bar.firstChild.style.width = `${value * 100}%`; // percent() is for readers: CSS takes no space
  return bar;
}

/** One reason in the reader's language; a chain of places is drawn as one. */
function evidence(reason) {
  const language = document.documentElement.lang === "th" ? "th" : "en";
  const { source, parts } = reason[language];
  const said = parts.map((part) => Array.isArray(part)
    ? el("span", { class: "chain th", lang: "th" }, ...part.map((place) => el("span", {}, place)))
    : el("span", { class: "th" }, part));
  return el("li", { lang: language }, el("b", {}, source), " ", ...said);
}

/** The ink gap as a bar beside the usual one of its line. */
function gapOf({ here, usual, most }) {
  const row = (name, value) => {
    const bar = el("span", { class: "gap", "aria-hidden": "true" }, el("span", {}));
    bar.firstChild.style.width = `${(100 * Math.max(value, 0)) / Math.max(most, 1)}%`;
    return el("span", { class: "gap-row" }, bar, ` ${value} ${messages.pixels} ${name}`);
  };
  return el("span", {}, row(messages.gap_here, here), row(messages.gap_usual, usual));
}

function decisionsOf(finding) {
  const said = finding.decisions.map((decision) => el("li", {}, ...decisionParts(decision)));
  if (finding.blind) said.push(el("li", {}, messages.blind));
  if (finding.outcome === "second" && !finding.todo) said.push(el("li", {}, messages.wait_for_other));
  return said.length ? el("ul", {}, ...said) : el("span", { class: "soft" }, messages.none_yet);
}

/** A decision in words: who, what, when, why. */
export function decisionParts(decision) {
  const who = decision.policy ? decision.how : `${decision.name} (${decision.account})`;
  return [
    `${who}: `,
    el("b", {}, messages[`verdict_${decision.verdict}`]),
    decision.after === null ? null : el("span", { class: "th", lang: "th" }, ` ${decision.after}`),
    ", ",
    moment(decision.when),
    decision.note ? ` – ${decision.note}` : null,
  ];
}

/** What a screen reader hears of a finding. */
export function spoken(finding, position) {
  if (finding === null) return "";
  const change = finding.after === null ? finding.before : `${finding.before} → ${finding.after}`;
  return `${position}. ${messages[`outcome_${finding.outcome}`]}. ${messages[`rule_${finding.rule}`] ?? finding.message} ${change}`;
}
