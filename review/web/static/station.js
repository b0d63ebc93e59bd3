// The proofreading station: line after line of a page, each under its image. What is looked at, and how it is shown; what
// is said about it stands in `deeds`.

import { Deeds } from "./deeds.js";
import { announce, byId, messages } from "./dom.js";
import { LineEditor } from "./editor.js";
import { showHead } from "./head.js";
import { choicesAt, showChoices } from "./letter-cursor.js";
import { LineOrder } from "./line-order.js";
import { boxOf, letterAt, lineAt, placeOf } from "./offsets.js";
import { Lines } from "./lines.js";
import { foreseen, leastSure, nextOpen, openOn, positionOf, sureOn } from "./model.js";
import { showPage } from "./page-box.js";
import { hasCome, heedPictures, pictureOf } from "./pictures.js";
import { PostOffice } from "./post-office.js";
import { Scan } from "./scan.js";
import { finding, sight } from "./sight.js";
import { Signing } from "./signing.js";
import { Tracing } from "./trace.js";
import { Troubles } from "./troubles.js";
import { paceOf, showFinding, spoken } from "./view.js";
import { Writer } from "./writer.js";

const root = byId("review");
const { document: documentId, name } = root.dataset;
export const addressOf = (page) => `/documents/${documentId}/pages/${page}`;
export const api = () => `/api${addressOf(here.number)}`;

let stopsAtSafe = sessionStorage.getItem("chamra-safe") === "yes";
let ways = null;

/** The page as those see it who send and answer for it. */
export const here = {
  number: Number(root.dataset.page), base: null, drafts: null, addressOf,
  shown: () => sight.data,
  busy: (is) => root.setAttribute("aria-busy", String(Boolean(is))),
  reload: () => ways.load(),
  refresh: () => refresh(),
  select: (index) => select(index),
  rest: () => rest(),
  look: (one) => { refresh(); select(one.line, { finding: one.id }); },
  done: (sent, body) => deeds.done(sent, body),
  async back(step, send) {
    if (step.page !== here.number) await ways.open(step.page);
    const first = sight.data.findings.find((one) => one.id === step.items[0].finding);
    if (first) select(first.line, { finding: first.id });
    send();
  },
};

export const rest = () => byId("lines").focus({ preventScroll: true });
export const troubles = new Troubles({ retry: () => office.send(), rest });
export const office = new PostOffice(documentId, here, troubles);
export const scan = new Scan((point) => {
  const hit = lineAt(sight.data.lines, point);
  if (hit) pointAt(hit.line, hit.offset);
});
const lines = new Lines({
  draftOf: (one) => here.drafts.of(`line:${one.key}`),
  finding: (id) => select(sight.data.findings.find((one) => one.id === id).line, { finding: id }),
  line: (index, { x, offset }) => {
    if (x === undefined && offset === undefined) select(index);
    else pointAt(index, offset ?? letterAt(sight.data.lines[index], x));
  },
  take: (index, piece) => deeds.take(index, piece),
});
export const signing = new Signing(documentId, here, office, troubles);
const order = new LineOrder((first, was, text) => deeds.arrange("order", first, was, text));
const editor = new LineEditor({
  typed: ({ index, was }, text) => here.drafts.keep(`line:${sight.data.lines[index].key}`, text, was),
  enter: ({ index }, text) => deeds.passWritten(index, text),
  leave: () => { editor.close(); refresh(); rest(); },
  move: (step) => edit(sight.line + step, Math.min(editor.caret, Array.from(sight.data.lines[sight.line + step]?.text ?? "").length)),
  caret: (offset) => { sight.letter.put(sight.data.lines[sight.line].text, offset); show(); },
  join: (step) => deeds.joinAt(sight.line + Math.min(step, 0)),
});
export const writer = new Writer({ scan, rest, send: (path, body, slot) => office.write(path, body, { key: body.key, slot }) });
export const tracing = new Tracing({
  api, data: () => sight.data, reload: () => ways.load(), rest,
  current: () => (sight.letter.isSet ? { line: sight.line, letter: sight.letter.at } : sight.current ? { finding: sight.current } : sight.line >= 0 ? { line: sight.line, letter: 0 } : null),
});

export const deeds = new Deeds({
  here, office, troubles, editor, writer, signing, order, lines, rest,
  select: (index, more) => select(index, more), refresh: () => refresh(),
});

heedPictures({ arrived: () => look(), replaced: () => refresh() });

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
  sight.line = -1;
  sight.current = null;
  sight.letter.clear();
  signing.isWanted = false;
}

/** Go to a finding of the page, else to the first that is open, else to the first line that nobody has passed. */
export function begin(id) {
  const row = /^row-(\d{1,6})$/.exec(id);
  if (row && Number(row[1]) < sight.data.lines.length) return select(Number(row[1]));
  const kept = sessionStorage.getItem(lineSlot());
  if (!id && kept !== null && Number(kept) < sight.data.lines.length) return select(Number(kept));
  const wanted = sight.data.findings.find((one) => one.id === id) ?? sight.data.findings.find((one) => one.todo);
  if (wanted) return select(wanted.line, { finding: wanted.id });
  return select(Math.max(0, sight.data.lines.findIndex((one) => !one.seen)));
}

/** The address of the picture of a page that is not shown yet. */
export const pictureFor = (page, number) => pictureOf(page, `/api${addressOf(number)}`).url;

/** Whether safe changes are stopped at, too. */
export function toggleSafe() {
  stopsAtSafe = !stopsAtSafe;
  sessionStorage.setItem("chamra-safe", stopsAtSafe ? "yes" : "no");
  refresh();
}

// ---- What is shown

export function refresh() {
  if (here.base === null) return;
  sight.data = foreseen(here.base, office.requests);
  const caret = editor.index === null ? null : editor.caret;
  const picture = pictureOf(sight.data, api());
  lines.show(sight.data, picture, stopsAtSafe);
  showHead(sight.data, name, addressOf);
  scan.load(picture, sight.data.picture_problem, sight.data.lost_ink);
  showPage(sight.data, here.drafts, { sign: () => signing.open(), next: () => ways.next(), write: (kind) => writer.open(kind, here.drafts), look: (index) => edit(index), read: () => office.write("read-again", { note: "" }) });
  if (sight.current !== null && finding() === null) sight.current = null;
  if (sight.current !== null && finding().line !== null) sight.line = finding().line;
  sight.line = Math.min(sight.line, sight.data.lines.length - 1);
  show();
  if (caret !== null && !editor.isThere) edit(Math.min(editor.index, sight.data.lines.length - 1), caret);
}

function show() {
  const one = finding();
  const nothing = sight.line < 0 ? "" : openOn(sight.data, sight.line) ? messages.decide_first : sight.data.lines[sight.line].seen ? messages.line_seen : messages.line_open;
  showFinding(one, one ? positionOf(sight.data, one) : "", [nothing, sight.line < 0 ? "" : paceOf(sight.data, sight.line)].filter(Boolean).join(" "));
  const at = sight.data.lines[sight.line];
  const there = sight.letter.isSet && at && !sight.reads && !here.drafts.of(`line:${at.key}`) ? Array.from(at.text).slice(sight.letter.at, sight.letter.to).join("") : null;
  sight.choices = there ? choicesAt(at, sight.letter, sight.data.likely) : [];
  showChoices(there || null, sight.choices, one);
  const sure = sight.line < 0 ? [] : sureOn(sight.data, sight.line);
  byId("accept-sure").hidden = sure.length < 2;
  byId("accept-sure").querySelector("span").textContent = `${messages.accept_sure} (${sure.length})`;
  lines.light(sight.line, one, sight.letter);
  look();
  const box = at && boxOf(at);
  if (sight.letter.isSet && box) {
    const place = placeOf(at, sight.letter.at);
    scan.light({ crop: box, places: place ? [[place[0], box[1], place[1], box[3]]] : [] });
  } else scan.light(one?.crop ? one : box ? { crop: box, places: [] } : null);
}

// ---- What is looked at

function look() {
  sight.looking.follow(lines.element(sight.line), hasCome(lines.shown));
}

/** Light a line, and of its findings one: `finding`, else the first that is open. */
export function select(index, { finding: id = null, at = null } = {}) {
  if (index === null || index < 0 || index >= sight.data.lines.length) {
    if (id !== null) { sight.current = id; show(); }
    return;
  }
  const left = editor.index !== null;
  editor.close();
  sight.line = index;
  sessionStorage.setItem(lineSlot(), String(index));
  if (at === null) sight.letter.clear();
  else sight.letter.put(sight.data.lines[index].text, at);
  sight.current = id ?? openOn(sight.data, index)?.id ?? null;
  sight.looking.begin();
  byId("remark").value = "";
  if (!troubles.isLost) troubles.clear();
  if (left) refresh();
  else show();
  announce(`${messages.line} ${index + 1}/${sight.data.lines.length}. ${sight.data.lines[index].text} ${sight.current ? spoken(finding(), positionOf(sight.data, finding())) : ""}`);
}

/** Write a line at a letter of it, by default where its finding stands. */
export function edit(index, from = null, to = from) {
  const one = sight.data.lines[index];
  if (!one || sight.reads) return;
  if (index !== sight.line) select(index);
  const draft = here.drafts.of(`line:${one.key}`);
  const text = draft?.text ?? one.text;
  const [start, end] = from === null ? (sight.letter.isSet && !draft ? [sight.letter.at, sight.letter.to] : placeIn(one)) : [from, to];
  editor.open(lines.element(index), { index, line: one, text, from: start, to: end });
}

/** Where the finding that is lit stands in its line: from and to, in code points; the line's end where none does. */
function placeIn(one) {
  let at = 0;
  for (const [text, key] of one.runs) {
    const length = Array.from(text).length;
    if (key && key === sight.current) return [at, at + length];
    at += length;
  }
  return [at, at];
}

/** Point at the next letter of the line, or the one before it; with `marks` at every mark by itself. */
export function stepLetter(direction, marks = false) {
  const one = sight.data.lines[sight.line];
  if (!one) return;
  sight.letter.step(one.text, direction, marks);
  show();
  announce(Array.from(one.text).slice(sight.letter.at, sight.letter.to).join(""));
}

/** Point at no letter any more. */
export function letGo() {
  sight.letter.clear();
  if (here.base !== null) show();
}

/** Somebody pointed at a letter: the caret goes there. Who only reads sees where it stands. */
function pointAt(index, offset) {
  select(index, { at: offset, finding: index === sight.line ? sight.current : null });
  edit(index, offset);
}

export function step(direction) {
  const list = sight.data.findings.filter((one) => !one.quiet || stopsAtSafe || one.id === sight.current);
  const at = list.findIndex((one) => one.id === sight.current);
  const next = list[at < 0 ? (direction > 0 ? list.findIndex((one) => one.line >= sight.line) : list.findLastIndex((one) => one.line <= sight.line)) : at + direction];
  if (next) select(next.line, { finding: next.id });
}

export function skip() {
  const next = nextOpen(sight.data, sight.line, sight.current);
  if (next && next.id !== sight.current) return select(next.line, { finding: next.id });
  if (finding()?.todo && sight.data.near.needs === null) return announce(messages.last_one);
  return ways.next();
}

export function toLeastSure() {
  const next = leastSure(sight.data, sight.current);
  if (next) select(next.line, { finding: next.id });
  else announce(messages.last_one);
}
