// What the page shows of its data: the text with its findings marked, and the finding that is looked at.

import { byId, el, fill, messages, moment } from "./dom.js";

const percent = (value) => `${Math.round(value * 100)} %`;

/** The text of the page, each finding's run marked and clickable. */
export function showText(data, choose, chooseLine) {
  const byKey = new Map(data.findings.map((finding) => [finding.id, finding]));
  const lines = data.lines.map((line, index) => {
    const made = el("p", { class: "line", "data-line": index }, ...line.runs.map(([text, key]) => run(text, byKey.get(key), choose)));
    made.addEventListener("click", (event) => {
      if (!event.target.closest("mark") && document.getSelection().isCollapsed) chooseLine(index);
    });
    return made;
  });
  const nothing = data.reason || messages.unread;
  fill(byId("text"), ...(lines.length ? lines : [el("p", { class: "empty", lang: document.documentElement.lang }, nothing)]), lapsed(data));
}

/** What has become of decisions about earlier readings: those that lapsed, one by one. */
function lapsed(data) {
  const { carried, conflicts } = data.earlier;
  if (!data.lapsed.length && !carried) return null;
  const list = data.lapsed.map((decision) => el("li", {}, ...decisionParts(decision)));
  const counts = [[carried, messages.carried], [conflicts, messages.conflicts], [data.lapsed.length - conflicts, messages.lapsed]];
  const said = counts.filter(([count]) => count).map(([count, words]) => `${count} ${words}`).join(" · ");
  const summary = el("summary", {}, said);
  return el("details", { class: "lapsed", lang: document.documentElement.lang }, summary, el("ul", {}, ...list));
}

function run(text, finding, choose) {
  if (!finding) return text;
  const made = el("mark", { class: `f ${finding.outcome}${text ? "" : " gone"}`, "data-finding": finding.id, title: finding.message });
  made.append(text || "⌄");
  made.addEventListener("click", () => choose(finding.id));
  return made;
}

/** Light a line of the text, and the run of a finding in it. */
export function lightText(finding, index = finding?.line) {
  const text = byId("text");
  for (const lit of text.querySelectorAll(".current")) lit.classList.remove("current");
  if (index === undefined || index === null) return;
  const line = text.querySelector(`[data-line="${index}"]`);
  line?.classList.add("current");
  for (const mark of text.querySelectorAll("mark")) {
    mark.classList.toggle("current", mark.dataset.finding === finding?.id);
  }
  if (line) {
    const top = line.offsetTop - text.offsetTop;
    if (top < text.scrollTop + 30 || top + line.offsetHeight > text.scrollTop + text.clientHeight - 30) {
      text.scrollTop = top - text.clientHeight / 2;
    }
  }
}

/** The finding that is looked at: change, alternatives, reasons, decisions. */
export function showFinding(finding, position) {
  const none = finding === null;
  byId("finding").classList.toggle("none", none);
  fill(byId("head"), ...(none ? [messages.page_done] : headOf(finding, position)));
  fill(byId("change"), ...(none ? [] : changeOf(finding)));
  fill(byId("alternatives"), ...(none ? [] : finding.alternatives.map(alternative)));
  fill(byId("reasons"), ...(none ? [] : reasonsOf(finding)));
  byId("accept").querySelector("span").textContent = finding?.flag ? messages.acknowledge : messages.accept;
}

function headOf(finding, position) {
  return [
    el("span", { class: "chip quiet" }, position),
    " ",
    el("span", { class: `chip ${finding.waits ? "wait" : finding.outcome === "rejected" ? "stop" : "good"}` }, messages[`outcome_${finding.outcome}`]),
    " ",
    ...messageOf(finding),
  ];
}

/** What the rule says: in the reader's language where that is known, then in full in the rule's own words. */
function messageOf(finding) {
  const own = messages[`rule_${finding.rule}`];
  if (!own) return [el("span", { class: "message", lang: "en" }, finding.message)];
  return [el("span", { class: "message" }, own), " ", el("span", { class: "small soft", lang: "en" }, finding.message)];
}

/** A confidence in words, from 5 (almost certain) to 1 (unlikely). */
const sureness = (value) => messages[`sure_${1 + [0.5, 0.75, 0.9, 0.97].filter((limit) => value >= limit).length}`];

function changeOf(finding) {
  const { head, before, after, tail } = finding;
  const asRead = [el("span", { class: "label", lang: document.documentElement.lang }, messages.before), el("span", { class: "context" }, head), el("del", {}, before), el("span", { class: "context" }, tail)];
  const rows = [el("span", { class: "version" }, ...asRead)];
  if (after !== null) {
    const label = finding.outcome === "edited" ? messages.now : messages.after;
    const became = [el("span", { class: "label", lang: document.documentElement.lang }, label), el("span", { class: "context" }, head), el("ins", {}, after || "∅"), el("span", { class: "context" }, tail)];
    rows.push(el("span", { class: "version" }, ...became));
  }
  return rows;
}

function alternative([text, head, shown, tail], index) {
  const context = (part) => el("span", { class: "context" }, part);
  const words = el("span", { class: "th", lang: "th" }, context(head), el("ins", {}, shown || "∅"), context(tail));
  const button = el("button", { type: "button", class: "alternative" }, el("kbd", {}, String(index + 1)), " ", words);
  button.dataset.text = text;
  return el("li", {}, button);
}

function reasonsOf(finding) {
  const rows = [
    [messages.rule, `${finding.rule} · ${messages[`family_${finding.family}`] ?? finding.family}`],
    [messages.confidence, finding.confidence === null ? null : el("span", {}, meter(finding.confidence), ` ${sureness(finding.confidence)}, ${percent(finding.confidence)}`)],
    [messages.evidence, finding.evidence.length ? el("ul", {}, ...finding.evidence.map(evidence)) : null],
    [messages.gap, finding.gap && gapOf(finding.gap)],
    ["", finding.people > 1 ? el("strong", {}, messages.two_people) : null],
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
  return el("li", { lang: language }, el("b", {}, source), " ", ...said, reason.score === null ? null : ` (${reason.score})`);
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

/** Say something to whoever does not see the page. */
export function announce(text) {
  byId("announce").textContent = text;
}

/** What a screen reader hears of a finding. */
export function spoken(finding, position) {
  if (finding === null) return messages.page_done;
  const change = finding.after === null ? finding.before : `${finding.before} → ${finding.after}`;
  return `${position}. ${messages[`outcome_${finding.outcome}`]}. ${messages[`rule_${finding.rule}`] ?? finding.message} ${change}`;
}
