// What is looked at and what is said about it: line after line of a page, each under its image. A line is left behind
// when somebody says that it is right, a finding when somebody has decided; both are shown at once and kept until they
// are on record.

import { Unreachable } from "./api.js";
import { announce, byId, messages } from "./dom.js";
import { LineEditor } from "./editor.js";
import { pictureOf, showHead } from "./head.js";
import { boxOf, letterAt, lineAt, placeOf } from "./offsets.js";
import { Lines } from "./lines.js";
import { foreseen, leastSure, nextOpen, openOn, positionOf, sureOn } from "./model.js";
import { showPage } from "./page-box.js";
import { PostOffice } from "./post-office.js";
import { Scan } from "./scan.js";
import { NoPasskey, refusalOf, signDocument } from "./passkey.js";
import { openSignature } from "./signing.js";
import { Tracing } from "./trace.js";
import { Troubles } from "./troubles.js";
import { showFinding, spoken } from "./view.js";
import { Writer } from "./writer.js";

const root = byId("review");
const { document: documentId, name } = root.dataset;
export const reads = document.body.classList.contains("reads");
export const addressOf = (page) => `/documents/${documentId}/pages/${page}`;
export const api = () => `/api${addressOf(here.number)}`;

let data = null;
let line = -1;
let current = null;
// The letter that was pointed at on the line that is lit, in code points; null: none.
let letter = null;
let litSince = 0;
let stopsAtSafe = sessionStorage.getItem("chamra-safe") === "yes";
let signingWanted = false;
let ways = null;

/** The page as those see it who send and answer for it. */
export const here = {
  number: Number(root.dataset.page), base: null, drafts: null, addressOf,
  shown: () => data,
  busy: (is) => root.setAttribute("aria-busy", String(Boolean(is))),
  reload: () => ways.load(),
  refresh: () => refresh(),
  look: (one) => { refresh(); select(one.line, { finding: one.id }); },
  done,
  async back(step, send) {
    if (step.page !== here.number) await ways.open(step.page);
    const first = data.findings.find((one) => one.id === step.items[0].finding);
    if (first) select(first.line, { finding: first.id });
    send();
  },
};

export const finding = () => data?.findings.find((one) => one.id === current) ?? null;
export const rest = () => byId("lines").focus({ preventScroll: true });
export const troubles = new Troubles({ retry: () => office.send(), rest });
export const office = new PostOffice(documentId, here, troubles);
export const scan = new Scan((point) => {
  const hit = lineAt(data.lines, point);
  if (hit) pointAt(hit.line, hit.offset);
});
const lines = new Lines({
  draftOf: (one) => here.drafts.of(`line:${one.key}`),
  finding: (id) => select(data.findings.find((one) => one.id === id).line, { finding: id }),
  line: (index, { x, offset }) => {
    if (x === undefined && offset === undefined) select(index);
    else pointAt(index, offset ?? letterAt(data.lines[index], x));
  },
  take,
});
const editor = new LineEditor({
  typed: ({ index, was }, text) => here.drafts.keep(`line:${data.lines[index].key}`, text, was),
  enter: ({ index }, text) => passWritten(index, text),
  leave: () => { editor.close(); refresh(); rest(); },
  move: (step) => edit(line + step, Math.min(editor.caret, Array.from(data.lines[line + step]?.text ?? "").length)),
  caret: (offset) => { letter = offset; lightLetter(); },
});
export const writer = new Writer({ scan, rest, send: (path, body, slot) => office.write(path, body, { key: body.key, slot }) });
export const tracing = new Tracing({
  api, data: () => data, reload: () => ways.load(), rest,
  current: () => (letter !== null ? { line, letter } : current ? { finding: current } : line >= 0 ? { line, letter: 0 } : null),
});

/** How another page is come to: `load()` shows this one as it is now, `open(number)` another, `next()` the next one on
 * which something is to do. */
export function connect(given) {
  ways = given;
}

const lineSlot = () => `chamra-line:${documentId}:${here.number}`;

/** Let go of what was looked at: another page is shown. */
export function forget() {
  editor.close();
  writer.close();
  line = -1;
  current = letter = null;
  signingWanted = false;
}

/** Go to a finding of the page, else to the first that is open, else to the first line that nobody has passed. */
export function begin(id) {
  const row = /^row-(\d{1,6})$/.exec(id);
  if (row && Number(row[1]) < data.lines.length) return select(Number(row[1]));
  const kept = sessionStorage.getItem(lineSlot());
  if (!id && kept !== null && Number(kept) < data.lines.length) return select(Number(kept));
  const wanted = data.findings.find((one) => one.id === id) ?? data.findings.find((one) => one.todo);
  if (wanted) return select(wanted.line, { finding: wanted.id });
  return select(Math.max(0, data.lines.findIndex((one) => !one.seen)));
}

/** The address of the picture of a page that is not shown yet. */
export const pictureFor = (page, number) => pictureOf(page, `/api${addressOf(number)}`).url;

/** The line that is lit, by its number; -1 for none. */
export const lineLit = () => line;

/** Whether safe changes are stopped at, too. */
export function toggleSafe() {
  stopsAtSafe = !stopsAtSafe;
  sessionStorage.setItem("chamra-safe", stopsAtSafe ? "yes" : "no");
  refresh();
}

// ---- What is shown

export function refresh() {
  if (here.base === null) return;
  data = foreseen(here.base, office.requests);
  const caret = editor.index === null ? null : editor.caret;
  const picture = pictureOf(data, api());
  lines.show(data, picture, stopsAtSafe);
  showHead(data, name, addressOf);
  scan.load(picture, data.picture_problem, data.lost_ink);
  showPage(data, here.drafts, { sign: openSigning, next: () => ways.next(), write: (kind) => writer.open(kind, here.drafts), look: (index) => edit(index) });
  if (current !== null && finding() === null) current = null;
  if (current !== null && finding().line !== null) line = finding().line;
  line = Math.min(line, data.lines.length - 1);
  show();
  if (caret !== null && !editor.isThere) edit(Math.min(editor.index, data.lines.length - 1), caret);
}

function show() {
  const one = finding();
  const nothing = line < 0 ? "" : openOn(data, line) ? messages.decide_first : data.lines[line].seen ? messages.line_seen : messages.line_open;
  showFinding(one, one ? positionOf(data, one) : "", nothing);
  const sure = line < 0 ? [] : sureOn(data, line);
  byId("accept-sure").hidden = sure.length < 2;
  byId("accept-sure").querySelector("span").textContent = `${messages.accept_sure} (${sure.length})`;
  lines.light(line, one, letter);
  lightLetter();
}

function lightLetter() {
  const at = data.lines[line];
  const one = finding();
  const box = at && boxOf(at);
  lines.lightLetter(line, one, letter);
  if (letter !== null && box) {
    const place = placeOf(at, letter);
    scan.light({ crop: box, places: place ? [[place[0], box[1], place[1], box[3]]] : [] });
  } else scan.light(one?.crop ? one : box ? { crop: box, places: [] } : null);
}

// ---- What is looked at

/** Light a line, and of its findings one: `finding`, else the first that is open. */
export function select(index, { finding: id = null, at = null } = {}) {
  if (index === null || index < 0 || index >= data.lines.length) {
    if (id !== null) { current = id; show(); }
    return;
  }
  const left = editor.index !== null;
  editor.close();
  line = index;
  sessionStorage.setItem(lineSlot(), String(index));
  letter = at;
  current = id ?? openOn(data, index)?.id ?? null;
  litSince = performance.now();
  byId("remark").value = "";
  if (!troubles.isLost) troubles.clear();
  if (left) refresh();
  else show();
  announce(`${messages.line} ${index + 1}/${data.lines.length}. ${data.lines[index].text} ${current ? spoken(finding(), positionOf(data, finding())) : ""}`);
}

/** Write a line at a letter of it, by default where its finding stands. */
export function edit(index, from = null, to = from) {
  const one = data.lines[index];
  if (!one || reads) return;
  if (index !== line) select(index);
  const draft = here.drafts.of(`line:${one.key}`);
  const text = draft?.text ?? one.text;
  const [start, end] = from === null ? placeIn(one) : [from, to];
  editor.open(lines.element(index), { index, line: one, text, from: start, to: end });
}

/** Where the finding that is lit stands in its line: from and to, in code points; the line's end where none does. */
function placeIn(one) {
  let at = 0;
  for (const [text, key] of one.runs) {
    const length = Array.from(text).length;
    if (key && key === current) return [at, at + length];
    at += length;
  }
  return [at, at];
}

/** Somebody pointed at a letter: the caret goes there. Who only reads sees where it stands. */
function pointAt(index, offset) {
  select(index, { at: offset, finding: index === line ? current : null });
  edit(index, offset);
}

export function step(direction) {
  const list = data.findings.filter((one) => !one.quiet || stopsAtSafe || one.id === current);
  const at = list.findIndex((one) => one.id === current);
  const next = list[at < 0 ? (direction > 0 ? list.findIndex((one) => one.line >= line) : list.findLastIndex((one) => one.line <= line)) : at + direction];
  if (next) select(next.line, { finding: next.id });
}

export function skip() {
  const next = nextOpen(data, line, current);
  if (next && next.id !== current) return select(next.line, { finding: next.id });
  if (finding()?.todo && data.near.needs === null) return announce(messages.last_one);
  return ways.next();
}

export function toLeastSure() {
  const next = leastSure(data, current);
  if (next) select(next.line, { finding: next.id });
  else announce(messages.last_one);
}

// ---- What is said

const request = (one, verdict, after = null) => ({ finding: one.id, verdict, after, expected_version: one.version });
const remark = () => byId("remark").value.trim();

/** Decide about the finding that is lit, and no other. */
export function decide(verdict, after = null) {
  const one = finding() ?? openOn(data, line);
  if (one === null || troubles.asks || reads) return;
  if (one.id !== current) return select(line, { finding: one.id });
  measured();
  office.decide([request(one, verdict, after)], remark());
  decided();
}

/** Accept what is almost certain on the line that is lit, each by itself. */
export function acceptSure() {
  const sure = sureOn(data, line);
  if (!sure.length || troubles.asks || reads) return;
  measured();
  office.decide(sure.map((one) => request(one, "accept")), remark());
  decided();
}

function decided() {
  const next = openOn(data, line);
  select(line, { finding: next?.id ?? null });
  announce(next ? spoken(next, positionOf(data, next)) : messages.line_open);
}

/** The line that is lit is right as it stands. */
export function pass() {
  const one = data.lines[line];
  if (!one || troubles.asks) return;
  const draft = here.drafts.of(`line:${one.key}`);
  if (draft) return passWritten(line, draft.text);
  const open = openOn(data, line);
  if (open && !reads) {
    select(line, { finding: open.id });
    return announce(messages.decide_first);
  }
  if (!reads && !one.seen) office.pass({ key: one.key, was: one.text, milliseconds: performance.now() - litSince });
  return passed();
}

function passWritten(index, text) {
  const one = data.lines[index];
  editor.close();
  if (text === one.text) {
    here.drafts.drop(`line:${one.key}`);
    refresh();
    return pass();
  }
  measured();
  office.write("texts", { kind: "line", was: one.text, text, box: null }, { key: one.key, slot: `line:${one.key}` });
  office.pass({ key: one.key, was: text, milliseconds: performance.now() - litSince });
  return passed();
}

function passed() {
  if (signingWanted) return openSigning();
  const next = data.lines.findIndex((one, index) => index > line && (!one.seen || openOn(data, index)));
  if (next >= 0) select(next);
  else {
    select(line);
    announce(data.sign.can ? messages.sign_now : messages.page_passed);
  }
  rest();
}

/** Take something out: what the finding that is lit marks, else the line. */
export function strike(whole) {
  const one = finding();
  const at = data.lines[line];
  if (!at || troubles.asks || reads) return;
  measured();
  if (one !== null && one.original && !whole) office.decide([request(one, "edit", "")], remark());
  else office.write("texts", { kind: "strike", was: at.text, text: "", box: null }, { key: at.key });
  decided();
}

/** Take what another reader has read in a place of the line. */
function take(index, [start, end, text]) {
  if (reads || troubles.asks) return;
  const one = data.lines[index];
  const letters = Array.from(one.text);
  const written = [...letters.slice(0, start), text, ...letters.slice(end)].join("");
  if (index !== line) select(index);
  office.write("texts", { kind: "line", was: one.text, text: written, box: null }, { key: one.key });
  decided();
}

export function takeOther() {
  const piece = data.lines[line]?.others.flatMap(([, pieces]) => pieces).find(([, , , differs]) => differs);
  if (piece) take(line, [piece[1], piece[2], piece[0]]);
}

export function takeBack() {
  const slot = data.lines[line] && `line:${data.lines[line].key}`;
  if (slot && here.drafts.of(slot) && office.isEmpty) {
    here.drafts.drop(slot);
    refresh();
    return announce(messages.undone);
  }
  return office.takeBack();
}

export function writeMissed() {
  if (data.stage === "failed") return writer.open("page", here.drafts, { line: -1, was: "" });
  const one = data.lines[line];
  return writer.open("insert", here.drafts, { key: one?.key, line, was: one?.text ?? "" });
}

export function doubt() {
  if (finding()) writer.open("doubtful", here.drafts, { finding: current, mark: "doubtful" });
  else if (data.returned.length) writer.open("answer", here.drafts);
}

export function illegible() {
  if (finding()) office.write("marks", { finding: current, mark: "illegible", note: remark() });
}

/** What was said is on record; the page is shown as it is now. */
function done(sent, body) {
  if (sent.slot && writer.isOpen && sent.kind !== "decisions") writer.close();
  if (sent.undoes) announce(messages.undone);
  else if (sent.kind !== "seen") announce(messages.saved);
  if (sent.action === "marks" && sent.body.mark === "illegible") decided();
  if (sent.body.kind === "insert") {
    const made = data.findings.find((one) => body.findings.includes(one.id));
    if (made) select(made.line);
  }
  if (litAt) performance.measure("chamra-recorded", { start: litAt, end: performance.now() });
  keepFocus();
}

let litAt = 0;

/** From the key to the frame in which the next thing is shown, and to the record. */
function measured() {
  litAt = performance.now();
  const start = litAt;
  requestAnimationFrame(() => setTimeout(() => performance.measure("chamra-decision", { start, end: performance.now() })));
}

/** What was focused may be gone now: then the lines are, so that the next key is heard and Tab goes on. */
function keepFocus() {
  const active = document.activeElement;
  if (active === document.body || active === null || !active.isConnected || active.closest("[hidden]")) rest();
}

// ---- Signing

/** How many errors are still to be expected, with the range. */
const restOf = ({ errors, low, high }) => `${messages.rest_errors} ${Math.round(errors)} (${Math.round(low)}–${Math.round(high)})`;

export function openSigning() {
  if (here.drafts.slots.some((slot) => slot.startsWith("line:"))) return refuse(messages.unsaved_lines);
  return office.whenRecorded(() => {
    const { sign } = data;
    if (!sign.can) return refuse(whyNot(sign.signed));
    const left = sign.sample.filter((one) => !data.lines[one.line].seen);
    signingWanted = left.length > 0;
    if (signingWanted) {
      select(left[0].line);
      return refuse(`${messages.look_first} ${left.length}`, messages.sign_page);
    }
    const seen = data.lines.filter((one) => one.seen).length;
    const passed = `${messages.lines_seen} ${seen}/${data.lines.length}`;
    return openSignature({ ...sign, seq: data.seq }, data.rest ? `${passed}. ${restOf(data.rest)}` : passed);
  });
}

function whyNot(by) {
  if (by) return `${messages.signed_by} ${by.name} (${by.account})`;
  const open = data.findings.filter((one) => one.waits).length;
  return [messages.cannot_sign, data.returned.length ? messages.answer_first : "", open ? `${messages.open}: ${open}` : ""].filter(Boolean).join(" ");
}

function refuse(words, title = "") {
  announce(words);
  troubles.refused(words, title);
}

/** Sign what the dialog has shown, whatever has become of the page since. */
export async function signPage(shown) {
  const number = here.number;
  try {
    const { status, body } = await signDocument(documentId, {
      pages: [number], texts: { [number]: shown.sha256 }, expected_version: shown.seq, looked: { [number]: shown.sample.map((one) => one.line) },
    });
    await ways.load();
    if (status !== 200) return troubles.refused(refusalOf(body) ?? body.message);
    announce(messages.signed);
    return (byId("to-next") ?? byId("lines")).focus();
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof NoPasskey)) throw error;
    return troubles.refused(messages.cannot_sign, error.message);
  }
}
