// One letter side by side: click what is wrong, type what it is, Enter for the rest that was looked at, and on to what was not.
// Each line that is changed so is a person's own text; what was left is passed as right; U takes all of it back.

import { post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";
import { Glances } from "./glances.js";
import { StepBack } from "./step-back.js";

const { document: id, letter } = document.querySelector("main").dataset;
const tiles = [...document.querySelectorAll(".letters li")];
const record = byId("record");
const written = (tile) => tile.querySelector(".write input");
const isWrong = (tile) => tile.querySelector(".tile").getAttribute("aria-pressed") === "true";
const open = () => tiles.filter((tile) => !tile.classList.contains("done"));
const wrong = () => open().filter(isWrong);
const glances = new Glances(tiles, document.querySelector(".inspected"));
let recorded = 0;

function count() {
  byId("count").textContent = `${wrong().length} · ${open().length - wrong().length}`;
  record.disabled = !open().length;
}

function toggle(tile, is) {
  tile.querySelector(".tile").setAttribute("aria-pressed", String(is));
  tile.querySelector(".write").hidden = !is;
  if (is) written(tile).focus();
  count();
}

/** The lines to be changed, each once, whatever number of its letters is wrong. Places count code points. */
function changes() {
  const lines = new Map();
  for (const tile of wrong()) {
    const { page, row, line, at, letters } = tile.dataset;
    const key = `${page}:${row}`;
    const change = lines.get(key) ?? { page: Number(page), line: Number(row), was: line, letters: Array.from(line) };
    change.letters[Number(at)] = written(tile).value;
    for (let more = 1; more < Number(letters); more += 1) change.letters[Number(at) + more] = "";
    lines.set(key, change);
  }
  return [...lines.values()].map(({ letters, ...change }) => ({ ...change, letters, text: letters.join("") }));
}

/** The other letters of lines that were changed stand on the lines as they read now. */
function follow(made) {
  for (const { page, line, letters, text } of made) {
    for (const { dataset } of open().filter((tile) => Number(tile.dataset.page) === page && Number(tile.dataset.row) === line)) {
      dataset.at = Array.from(letters.slice(0, Number(dataset.at)).join("")).length;
      dataset.line = text;
    }
  }
}

const looked = () => open().filter((tile) => !isWrong(tile) && glances.has(tile));

const passed = ({ dataset: { page, start, end, shown } }) => ({ page: Number(page), start: Number(start), end: Number(end), shown });

async function send() {
  const empty = wrong().find((tile) => !written(tile).value);
  if (empty) {
    byId("said").textContent = messages.letters_empty;
    return written(empty).focus();
  }
  const right = looked();
  const made = changes();
  const sent = [...wrong(), ...right];
  if (!sent.length) return goOn(messages.letters_look);
  record.disabled = true;
  byId("said").textContent = messages.saving;
  try {
    const { status, body } = await post(`/api/documents/${id}/letters`, {
      wrong: made.map(({ letters: _, ...change }) => change), right: right.map(passed),
    });
    if (status !== 200) {
      byId("said").textContent = `${messages.refused} ${body.message}`;
      return count();
    }
    settle(sent, made, body);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    byId("said").textContent = messages.not_saved_here;
  }
  return count();
}

/** What is on record can be changed here no more; of a page that was refused everything stays as it is. */
function settle(sent, made, { written: lines, passed: right, undo, problems }) {
  const refused = new Set(problems.map((one) => one.page));
  for (const tile of sent.filter((one) => !refused.has(Number(one.dataset.page)))) {
    tile.classList.add("done");
    tile.querySelector(".tile").disabled = true;
    tile.querySelector(".write").hidden = true;
  }
  follow(made.filter((one) => !refused.has(one.page)));
  if (undo.length && recorded) back.further(undo);
  else if (undo.length) back.keep(undo);
  recorded += undo.length;
  const said = [`${messages.saved}: ${lines}.`, `${messages.letters_passed}: ${right}.`];
  if (problems.length) said.push(messages.refused, ...problems.map((one) => `${messages.page} ${one.page}: ${one.message}`));
  goOn(said.join(" "));
}

/** On to the first that nobody has looked at yet. */
function goOn(said) {
  const left = open().filter((tile) => !isWrong(tile) && !glances.has(tile));
  byId("said").textContent = left.length ? `${said} ${messages.letters_left}: ${left.length}.` : said;
  left[0]?.scrollIntoView({ block: "start" });
}

const back = new StepBack(`letters:${id}:${letter}`, () => location.reload());

/** Enter in a field: to the next that is marked and empty; where none is left, to what records all. */
function entered(tile) {
  const next = wrong().find((one) => one !== tile && !written(one).value);
  if (next) written(next).focus();
  else record.focus();
}

for (const tile of record ? tiles : []) {
  const button = tile.querySelector(".tile");
  button.addEventListener("click", () => toggle(tile, !isWrong(tile)));
  written(tile).addEventListener("input", count);
  written(tile).addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      toggle(tile, false);
      button.focus();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      entered(tile);
    }
  });
}
if (record) {
  record.addEventListener("click", send);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.repeat && event.target === document.body && !record.disabled) send();
  });
  count();
}
window.addEventListener("beforeunload", (event) => {
  if (record && wrong().some((tile) => written(tile).value)) event.preventDefault();
});
