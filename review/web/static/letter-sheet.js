// One letter side by side: click what is wrong, type what it is, Enter for the rest. Each line that is changed so is a person's
// own text; what was left is passed as right; U takes all of it back.

import { post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";
import { StepBack } from "./step-back.js";

const { document: id, letter } = document.querySelector("main").dataset;
const tiles = [...document.querySelectorAll(".letters li")];
const record = byId("record");
const written = (tile) => tile.querySelector(".write input");
const isWrong = (tile) => tile.querySelector(".tile").getAttribute("aria-pressed") === "true";
const open = () => tiles.filter((tile) => !tile.classList.contains("done"));
const wrong = () => open().filter(isWrong);

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
  return [...lines.values()].map(({ letters, ...change }) => ({ ...change, text: letters.join("") }));
}

function passed() {
  return open().filter((tile) => !isWrong(tile)).map(({ dataset: { page, start, end, shown } }) => ({ page: Number(page), start: Number(start), end: Number(end), shown }));
}

async function send() {
  const empty = wrong().find((tile) => !written(tile).value);
  if (empty) {
    byId("said").textContent = messages.letters_empty;
    return written(empty).focus();
  }
  record.disabled = true;
  byId("said").textContent = messages.saving;
  try {
    const { status, body } = await post(`/api/documents/${id}/letters`, { wrong: changes(), right: passed() });
    if (status !== 200) {
      byId("said").textContent = `${messages.refused} ${body.message}`;
      return count();
    }
    settle(body);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    byId("said").textContent = messages.not_saved_here;
  }
  return count();
}

/** What is on record can be changed here no more; of a page that was refused everything stays as it is. */
function settle({ written: lines, passed: right, undo, problems }) {
  const refused = new Set(problems.map((one) => one.page));
  for (const tile of open().filter((one) => !refused.has(Number(one.dataset.page)))) {
    tile.classList.add("done");
    tile.querySelector(".tile").disabled = true;
    tile.querySelector(".write").hidden = true;
  }
  if (undo.length) back.keep(undo);
  const said = [`${messages.saved}: ${lines}.`, `${messages.letters_passed}: ${right}.`];
  if (problems.length) said.push(messages.refused, ...problems.map((one) => `${messages.page} ${one.page}: ${one.message}`));
  byId("said").textContent = said.join(" ");
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
