// The page on which is decided. A finding is left only when the server has said that the decision is durable.

import { get, post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";
import { isTaken, keyName } from "./keys.js";
import { leastSure, nextOpen, positionOf } from "./order.js";
import { Outbox } from "./outbox.js";
import { Scan } from "./scan.js";
import { NoPasskey, refusalOf, signDocument } from "./passkey.js";
import { onSignature, openSignature } from "./signing.js";
import { Tracing } from "./trace.js";
import { Troubles } from "./troubles.js";
import { Undo } from "./undo.js";
import { Writer } from "./writer.js";
import { announce, lightText, showFinding, showText, spoken } from "./view.js";

const root = byId("review");
const { document: documentId } = root.dataset;
const number = Number(root.dataset.page);
const addressOf = (page) => `/documents/${documentId}/pages/${page}`;
const api = `/api${addressOf(number)}`;

let data = null;
let current = null;
// The line that is looked at; null: that of the current finding.
let line = null;
let started = 0;
let stopsAtSafe = sessionStorage.getItem("chamra-safe") === "yes";

const scan = new Scan();
const troubles = new Troubles({ retry: () => outbox.send(), rest: () => focusPanel() });
const undo = new Undo(documentId);
const outbox = new Outbox(`${documentId}:${number}`, heard);
const writer = new Writer({ scan, send: sendWords, rest: () => focusPanel() });

const tracing = new Tracing(api, {
  data: () => data, reload: load, rest: () => focusPanel(),
  current: () => (line !== null ? { line, letter: 0 } : current && { finding: current }),
});

const finding = () => data?.findings.find((one) => one.id === current) ?? null;
const focusPanel = () => byId("finding").focus({ preventScroll: true });
const stops = () => data.findings.filter((one) => !one.quiet || stopsAtSafe || one.id === current);

const position = (one) => positionOf(data, one);

function show() {
  const one = finding();
  showText(data, choose, chooseLine);
  scan.load(`${api}/image`, data.picture, data.picture_problem);
  showCurrent(one);
  const stage = byId("stage");
  stage.textContent = messages[`stage_${data.stage}`];
  stage.className = `chip ${{ waiting: "wait", failed: "stop", missing: "stop", signed: "good", published: "good" }[data.stage] ?? ""}`;
  byId("progress").textContent = `${messages.open}: ${data.findings.filter((each) => each.todo).length} · ${messages.document}: ${data.near.waiting}`;
  byId("ink").textContent = data.ink?.[document.documentElement.lang === "th" ? "th" : "en"] ?? "";
  for (const [id, page] of [["previous-page", data.near.previous], ["next-page", data.near.next]]) {
    byId(id).hidden = page === null;
    if (page !== null) byId(id).href = addressOf(page);
  }
}

function showCurrent(one) {
  tracing.forget();
  showFinding(one, one ? position(one) : "");
  if (one === null) {
    troubles.showEnd(data, {
      next: nextPage, sign: openSigning, write: writeMissed, leaveOut: () => writer.open("waiver"),
      sayDone: () => writer.open("answer"), revoke: () => writer.open("revoke"), giveBack: () => writer.open("return"),
    });
  }
  lightText(one);
  scan.light(one);
}

const lineAt = () => line ?? finding()?.line ?? -1;

/** Look at a line, whether anything was found on it or not. */
function chooseLine(index) {
  if (index < 0 || index >= data.lines.length) return;
  line = index;
  tracing.forget();
  const { text, boxes } = data.lines[index];
  lightText(null, index);
  scan.light(boxes.length ? { crop: boxes[0], places: [] } : null);
  announce(`${messages.line} ${index + 1}/${data.lines.length}. ${text}`);
}

function choose(id) {
  current = id;
  line = null;
  writer.close();
  byId("remark").value = "";
  closeEditor();
  troubles.clear();
  showCurrent(finding());
  announce(spoken(finding(), position(finding())));
}

function step(direction) {
  const list = stops();
  if (!list.length) return;
  const at = list.findIndex((one) => one.id === current);
  const next = at < 0 ? 0 : Math.min(Math.max(at + direction, 0), list.length - 1);
  choose(list[next].id);
}

function skip() {
  const next = nextOpen(data, current);
  if (next) return choose(next.id);
  if (finding()?.todo && data.near.open === null) return announce(messages.last_one);
  return nextPage();
}

function toLeastSure() {
  const next = leastSure(data, current);
  if (next) choose(next.id);
  else announce(messages.last_one);
}

function nextPage() {
  if (data.near.open !== null) location.assign(addressOf(data.near.open));
  else {
    announce(messages.document_done);
    location.assign(`/documents/${documentId}`);
  }
}

/** Send a decision about the finding that is shown. */
function decide(verdict, after = null) {
  const one = finding();
  if (one === null || outbox.request !== null || troubles.asks) return;
  started = performance.now();
  const body = { finding: one.id, verdict, after, note: byId("remark").value.trim(), expected_version: one.version };
  outbox.put({ path: `${api}/decisions`, page: number, body, before: one.mine });
}

function takeBack() {
  if (outbox.request !== null || troubles.asks) return;
  const last = undo.pop();
  if (last === null) return announce(messages.nothing_to_undo);
  started = performance.now();
  const previous = last.before ?? { verdict: "withdraw", after: null };
  const body = { finding: last.finding, verdict: previous.verdict, after: previous.after, note: "", expected_version: last.version };
  outbox.put({ path: `/api${addressOf(last.page)}/decisions`, page: last.page, body, undoes: true });
}

/** Send words of a person's own, or a mark, about the page. */
function sendWords(path, body) {
  if (outbox.request !== null || troubles.asks) return;
  outbox.put({ path: `${api}/${path}`, page: number, body, before: null, adds: true });
}

function writeLine() {
  const index = lineAt();
  if (index >= 0 && data.lines[index]) writer.open("line", { line: index, was: data.lines[index].text }, data.lines[index].text);
}

function writeMissed() {
  if (data.stage === "failed") return writer.open("page", { line: -1, was: "" });
  const index = lineAt();
  return writer.open("insert", { line: index, was: data.lines[index]?.text ?? "" });
}

function markIllegible() {
  if (finding()) sendWords("marks", { finding: current, mark: "illegible", note: byId("remark").value.trim() });
}

function doubt() {
  if (finding()) writer.open("doubtful", { finding: current, mark: "doubtful" });
  else if (data.returned.length) writer.open("answer");
}

function heard({ sending, failed, answer, request, reason, login }) {
  root.setAttribute("aria-busy", String(Boolean(sending || failed)));
  if (sending) return troubles.sending();
  if (failed) {
    announce(messages.not_saved);
    return troubles.unreachable(failed, reason, login);
  }
  return answered(answer, request);
}

function answered({ status, body }, request) {
  troubles.clear();
  if (request.adds && status !== 200) {
    if (body.page) {
      data = body.page;
      show();
    }
    announce(messages.refused);
    return troubles.refused(body.message);
  }
  if (status === 409 && body.page) {
    data = body.page;
    current = request.body.finding;
    closeEditor();
    show();
    announce(messages.changed);
    const fresh = finding();
    return troubles.conflict(fresh, request, () => decideAgain(request, fresh));
  }
  if (status !== 200) {
    announce(messages.refused);
    return troubles.refused(body.message);
  }
  if (request.adds) return added(body);
  const decided = body.page.findings.find((one) => one.id === request.body.finding) ?? { id: request.body.finding, version: [], todo: false };
  undo.saw(decided.id, decided.version);
  if (request.page !== number) return location.assign(`${addressOf(request.page)}#${request.body.finding}`);
  data = body.page;
  closeEditor();
  byId("remark").value = "";
  if (!request.undoes && body.recorded) undo.push({ page: number, finding: decided.id, before: request.before, version: decided.version });
  current = request.body.finding;
  if (!request.undoes) current = nextOpen(data, current)?.id ?? (decided.todo ? decided.id : null);
  show();
  const one = finding();
  announce(`${messages[request.undoes ? "undone" : "saved"]}. ${spoken(one, one ? position(one) : "")}`);
  keepFocus();
  requestAnimationFrame(() => {
    if (started) performance.measure("chamra-decision", { start: started, end: performance.now() });
    started = 0;
  });
}

/** A person's own words are on record. */
function added(body) {
  data = body.page;
  writer.close();
  byId("remark").value = "";
  for (const id of body.findings) {
    const made = data.findings.find((one) => one.id === id);
    if (made && made.mine) undo.push({ page: number, finding: id, before: null, version: made.version });
  }
  if (!finding()) current = nextOpen(data, current)?.id ?? null;
  show();
  if (line !== null) chooseLine(Math.min(line, data.lines.length - 1));
  announce(messages.saved);
  keepFocus();
}

function decideAgain(request, fresh) {
  started = performance.now();
  outbox.put({ ...request, body: { ...request.body, expected_version: fresh.version }, before: fresh.mine, undoes: false });
}

/** What was focused may be gone now: then the panel is, so that the next key is heard and Tab goes on. */
function keepFocus() {
  const active = document.activeElement;
  if (active === document.body || active === null || !active.isConnected || active.closest("[hidden]")) focusPanel();
}

function openEditor() {
  const one = finding();
  if (one === null) return;
  const field = byId("wording");
  byId("editor").hidden = false;
  byId("actions").hidden = true;
  field.value = one.mine?.after ?? one.proposed ?? one.original;
  field.rows = field.value.split("\n").length;
  field.focus();
  field.select();
}

function closeEditor() {
  const wasIn = byId("editor").contains(document.activeElement);
  byId("editor").hidden = true;
  byId("actions").hidden = false;
  if (wasIn) focusPanel();
}

function saveWording() {
  const one = finding();
  const text = byId("wording").value;
  if (text === one.proposed) decide("accept");
  else if (text === one.original) decide("reject");
  else decide("edit", text);
}

function openSigning() {
  const { sign } = data;
  if (sign.can) return openSignature({ ...sign, seq: data.seq }, api);
  const by = sign.signed;
  const said = by ? `${messages.signed_by} ${by.name} (${by.account})` : `${messages.cannot_sign} ${sign.reason}`;
  announce(said);
  return troubles.refused(said, "");
}

/** Sign what the dialog has shown, whatever has become of the page since. */
async function signPage(shown) {
  try {
    const { status, body } = await signDocument(documentId, {
      pages: [number], texts: { [number]: shown.sha256 }, expected_version: shown.seq, looked: { [number]: shown.sample.map((one) => one.line) },
    });
    await load();
    if (status !== 200) return troubles.refused(refusalOf(body) ?? body.message);
    announce(messages.signed);
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof NoPasskey)) throw error;
    troubles.refused(messages.cannot_sign, error.message);
  }
  return focusPanel();
}

function swap(toScan) {
  root.classList.toggle("shows-scan", toScan);
  byId("show-scan").setAttribute("aria-pressed", String(toScan));
  byId("show-text").setAttribute("aria-pressed", String(!toScan));
  scan.light(finding());
}

function toggleSafe() {
  stopsAtSafe = !stopsAtSafe;
  sessionStorage.setItem("chamra-safe", stopsAtSafe ? "yes" : "no");
  byId("text").classList.toggle("shows-safe", stopsAtSafe);
}

function focusRemark() {
  byId("remark").focus();
}

function go(page) {
  if (page !== null) location.assign(addressOf(page));
}

const KEYS = {
  a: () => decide("accept"), r: () => decide("reject"), e: openEditor, n: skip, m: toLeastSure, s: openSigning, u: takeBack, c: focusRemark,
  j: () => step(1), k: () => step(-1), arrowdown: () => step(1), arrowup: () => step(-1),
  "]": () => go(data.near.next), "[": () => go(data.near.previous),
  "+": () => scan.zoom(1), "=": () => scan.zoom(1), "-": () => scan.zoom(-1), 0: () => scan.zoom(0),
  l: writeLine, i: writeMissed, x: markIllegible, d: doubt, w: () => data.stage === "failed" && writer.open("waiver"),
  o: () => tracing.open(),
  g: () => current && location.assign(`${addressOf(number)}/alike/${current}`),
  ".": () => chooseLine(lineAt() + 1), ",": () => chooseLine(lineAt() - 1),
  v: toggleSafe, t: () => swap(!root.classList.contains("shows-scan")),
  q: () => location.assign(`/documents/${documentId}`), "?": () => byId("keys").showModal(),
};
const PANS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SCROLLS = "#scan, #text, dialog";

function pressed(event) {
  if (document.querySelector("dialog[open]") || isTaken(event) || data === null) return;
  const name = keyName(event);
  if (event.shiftKey && name in PANS) scan.pan(...PANS[name]);
  else if (name.startsWith("Arrow") && event.target.closest(SCROLLS)) return;
  else if (name === "Escape") troubles.dismiss();
  // A key that is held down must not decide about findings that nobody has looked at.
  else if (event.repeat && "areux".includes(name)) return;
  else if (/^[1-9]$/.test(name)) takeAlternative(finding()?.alternatives[Number(name) - 1]?.[0]);
  else if (name.toLowerCase() in KEYS) KEYS[name.toLowerCase()]();
  else return;
  event.preventDefault();
}

function takeAlternative(text) {
  if (text !== undefined) decide("edit", text);
}

function listen() {
  document.addEventListener("keydown", pressed);
  const clicks = {
    accept: () => decide("accept"), reject: () => decide("reject"), edit: openEditor, skip, undo: takeBack, sign: openSigning,
    "write-line": writeLine, "write-missed": writeMissed, illegible: markIllegible, doubtful: doubt,
    help: () => byId("keys").showModal(), "leave-editor": closeEditor, origin: () => tracing.open(), "show-text": () => swap(false), "show-scan": () => swap(true),
  };
  for (const [id, act] of Object.entries(clicks)) byId(id).addEventListener("click", act);
  byId("alternatives").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) takeAlternative(button.dataset.text);
  });
  byId("editor").addEventListener("submit", (event) => {
    event.preventDefault();
    saveWording();
  });
  byId("wording").addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      saveWording();
    } else if (event.key === "Escape") closeEditor();
  });
  byId("remark").addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" || event.key === "Escape") focusPanel();
  });
  byId("keys").addEventListener("close", focusPanel);
  onSignature(signPage, focusPanel);
  window.addEventListener("beforeunload", (event) => {
    if (outbox.request !== null) event.preventDefault();
  });
}

async function load() {
  const { status, body } = await get(api);
  if (status !== 200) return troubles.refused(body.message, "");
  data = body;
  const known = data.findings.some((one) => one.id === current);
  if (!known) current = (data.findings.find((one) => one.todo) ?? stops()[0] ?? null)?.id ?? null;
  return show();
}

async function begin() {
  current = location.hash.slice(1) || null;
  byId("text").classList.toggle("shows-safe", stopsAtSafe);
  listen();
  try {
    await load();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return troubles.refused(messages.problem, error.message);
  }
  focusPanel();
  const one = finding();
  if (data) announce(spoken(one, one ? position(one) : ""));
  return outbox.send();
}

begin();
