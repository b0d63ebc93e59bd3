// The proofreading station: which key or click does what, and how one page follows another.

import { get, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";
import { Drafts } from "./drafts.js";
import { isTaken, keyName } from "./keys.js";
import { whole } from "./pictures.js";
import { Shortcuts } from "./shortcuts.js";
import { Side } from "./side.js";
import { finding, sight } from "./sight.js";
import * as station from "./station.js";

const { addressOf, deeds, here, office, rest, scan, signing, tracing, troubles, writer } = station;
const { document: documentId } = byId("review").dataset;
const shortcuts = new Shortcuts();
const side = new Side(byId("review"));
const FRESH_MS = 60_000; // so long a page that was fetched ahead is shown at once, and looked at again meanwhile

const AGAIN_MS = 3000; // between two looks at a page that somebody has asked to be read again

// The next page, fetched ahead: {number, when, answer}.
let ahead = null;

// ---- From page to page

async function load() {
  const { number } = here;
  const { status, body } = await get(station.api());
  if (number !== here.number) return;
  if (status !== 200) return troubles.refused(body.message, "");
  // What was asked for before a decision may come behind its answer.
  if (here.base === null || body.seq >= here.base.seq) here.base = body;
  office.shown(number, body.lines);
  station.refresh();
  here.busy(!office.isEmpty);
  if (sight.line < 0 && body.lines.length) station.begin("");
}

async function openPage(number, { pushes = true, finding = null } = {}) {
  office.flush();
  const fetched = ahead?.number === number && performance.now() - ahead.when < FRESH_MS ? ahead.answer : get(`/api${addressOf(number)}`);
  const { status, body } = await fetched;
  if (status !== 200) return troubles.refused(body.message, "");
  station.forget();
  office.shown(number, body.lines);
  Object.assign(here, { number, base: body, drafts: new Drafts(documentId, number) });
  if (pushes) history.pushState(null, "", addressOf(number));
  station.refresh();
  station.begin(finding);
  rest();
  if (ahead?.number === number) load();
  return fetchAhead();
}

/** Fetch the page that comes next, and its picture, while this one is worked on. */
function fetchAhead() {
  const number = here.base.near.needs ?? here.base.near.next;
  if (number === null || ahead?.number === number) return;
  const answer = get(`/api${addressOf(number)}`).catch(() => ({ status: 0, body: {} }));
  ahead = { number, when: performance.now(), answer };
  answer.then(({ status, body }) => {
    if (status !== 200) ahead = null;
    else if (body.picture) whole(station.pictureFor(body, number)).catch(() => {});
  });
}

function nextPage() {
  const { near } = here.base;
  if (near.needs !== null) return openPage(near.needs);
  return office.whenRecorded(() => location.assign(`/next?document=${documentId}&page=${here.number}`));
}

function go(page) {
  if (page !== null) openPage(page);
}

// ---- Keys and clicks

const COMMANDS = {
  accept: () => deeds.decide("accept"), accept_sure: () => deeds.acceptSure(), reject: () => deeds.decide("reject"), pass: () => deeds.pass(),
  edit: () => station.edit(sight.line), strike: () => deeds.strike(false), strike_line: () => deeds.strike(true), take_other: () => deeds.takeOther(),
  insert: () => deeds.writeMissed(), illegible: () => deeds.illegible(), doubt: () => deeds.doubt(), remark: () => byId("remark").focus(), undo: () => deeds.takeBack(),
  join: () => deeds.joinLine(), break: () => deeds.breakLine(), order: () => deeds.openOrder(), sign: () => signing.open(), waive: () => here.base.stage === "failed" && writer.open("waiver", here.drafts),
  next_line: () => station.select(sight.line + 1), previous_line: () => station.select(sight.line - 1),
  next_letter: () => station.stepLetter(1), previous_letter: () => station.stepLetter(-1), next_mark: () => station.stepLetter(1, true), previous_mark: () => station.stepLetter(-1, true),
  next_finding: () => station.step(1), previous_finding: () => station.step(-1), skip: station.skip, least_sure: station.toLeastSure,
  next_page: () => go(here.base.near.next), previous_page: () => go(here.base.near.previous),
  document: () => office.whenRecorded(() => location.assign(`/documents/${documentId}`)),
  alike: () => finding() && office.whenRecorded(() => location.assign(`${addressOf(here.number)}/alike/${finding().id}`)),
  side: () => side.toggle(), zoom_in: () => scan.zoom(1), zoom_out: () => scan.zoom(-1), zoom_fit: () => scan.zoom(0), pan: () => {},
  origin: () => tracing.open(), safe: station.toggleSafe, help: () => shortcuts.open(),
};
const PANS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
// A key that is held down must not decide about what nobody has looked at.
const HELD = new Set(["next_line", "previous_line", "next_finding", "previous_finding", "next_letter", "previous_letter", "next_mark", "previous_mark", "zoom_in", "zoom_out", "pan"]);
const ONLY_READS = new Set(["accept", "accept_sure", "reject", "edit", "strike", "strike_line", "take_other", "insert", "join", "break", "order", "illegible", "doubt", "undo", "sign", "waive"]);

function act(command) {
  if (here.base === null || (sight.reads && ONLY_READS.has(command))) return;
  COMMANDS[command]();
}

function pressed(event) {
  if (document.querySelector("dialog[open]") || isTaken(event) || here.base === null) return;
  const name = keyName(event);
  const command = shortcuts.command(event);
  const button = event.target.closest("button, a, summary, [role=separator]");
  if (name === "Escape") {
    troubles.dismiss();
    station.letGo();
  }
  else if (["Enter", " "].includes(name) && button) return;
  else if (name.startsWith("Arrow") && !event.shiftKey && event.target.closest("#scan, dialog")) return;
  else if (/^[1-9]$/.test(name) && shortcuts.on && !sight.reads && !event.repeat) deeds.choose(Number(name) - 1);
  else if (command === null || (event.repeat && !HELD.has(command))) return;
  else if (command === "pan") scan.pan(...PANS[name]);
  else act(command);
  event.preventDefault();
}

function listen() {
  document.addEventListener("keydown", pressed);
  for (const button of document.querySelectorAll("[data-command]")) button.addEventListener("click", () => act(button.dataset.command));
  byId("alternatives").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) deeds.choose(Number(button.dataset.choice));
  });
  byId("remark").addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" || event.key === "Escape") rest();
  });
  for (const id of ["previous-page", "next-page"]) {
    byId(id).addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(here.base.near[id.replace("-page", "")]);
    });
  }
  byId("keys").addEventListener("close", rest);
  byId("ordering").addEventListener("close", rest);
  addEventListener("popstate", () => openPage(Number(location.pathname.split("/").at(-1)), { pushes: false }));
  setInterval(() => here.base?.asked && office.isEmpty && load(), AGAIN_MS);
  addEventListener("visibilitychange", () => document.hidden && office.flush());
  addEventListener("beforeunload", (event) => {
    if (!office.isEmpty) event.preventDefault();
  });
}

async function begin() {
  here.drafts = new Drafts(documentId, here.number);
  station.connect({ load, open: openPage, next: nextPage });
  listen();
  try {
    await load();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return troubles.refused(messages.problem, error.message);
  }
  if (here.base === null) return;
  station.begin(location.hash.slice(1));
  rest();
  office.flush();
  await office.send();
  fetchAhead();
}

begin();
