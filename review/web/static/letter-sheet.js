// One letter side by side: click what is wrong, type what it is. Each line that is changed so is a person's own text.

import { post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";

const id = document.querySelector("main").dataset.document;
const tiles = [...document.querySelectorAll(".letters li")];
const record = byId("record");
const written = (tile) => tile.querySelector(".write input");
const chosen = () => tiles.filter((tile) => tile.querySelector(".tile")?.getAttribute("aria-pressed") === "true" && !tile.classList.contains("done"));

function count() {
  const number = chosen().filter((tile) => written(tile).value).length;
  byId("count").textContent = String(number);
  record.disabled = number === 0;
}

function toggle(tile, wrong) {
  tile.querySelector(".tile").setAttribute("aria-pressed", String(wrong));
  tile.querySelector(".write").hidden = !wrong;
  if (wrong) written(tile).focus();
  count();
}

/** The lines to be changed, each once, whatever number of its letters is wrong. Places count code points. */
function changes() {
  const lines = new Map();
  for (const tile of chosen().filter((one) => written(one).value)) {
    const { page, row, line, at, letters } = tile.dataset;
    const key = `${page}:${row}`;
    const change = lines.get(key) ?? { page, row: Number(row), was: line, letters: Array.from(line), tiles: [] };
    change.letters[Number(at)] = written(tile).value;
    for (let more = 1; more < Number(letters); more += 1) change.letters[Number(at) + more] = "";
    change.tiles.push(tile);
    lines.set(key, change);
  }
  return [...lines.values()];
}

async function send() {
  record.disabled = true;
  byId("said").textContent = messages.saving;
  let done = 0;
  const refused = [];
  try {
    for (const { page, row, was, letters, tiles: changed } of changes()) {
      const body = { kind: "line", line: row, was, text: letters.join(""), note: "", box: null };
      const { status, body: said } = await post(`/api/documents/${id}/pages/${page}/texts`, body);
      if (status === 200) {
        done += changed.length;
        for (const tile of changed) tile.classList.add("done");
      } else refused.push(`${messages.page} ${page}: ${said.message}`);
    }
    byId("said").textContent = [`${messages.saved}: ${done}.`, ...(refused.length ? [messages.refused, ...refused] : [])].join(" ");
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    byId("said").textContent = messages.not_saved_here;
  }
  for (const tile of tiles.filter((one) => one.classList.contains("done"))) {
    tile.querySelector(".tile").disabled = true;
    tile.querySelector(".write").hidden = true;
  }
  count();
}

for (const tile of tiles) {
  const button = tile.querySelector(".tile");
  if (!button) break;
  button.addEventListener("click", () => toggle(tile, button.getAttribute("aria-pressed") !== "true"));
  written(tile).addEventListener("input", count);
  written(tile).addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") toggle(tile, false);
    if (event.key === "Enter") tiles[tiles.indexOf(tile) + 1]?.querySelector(".tile")?.focus();
  });
}
record?.addEventListener("click", send);
window.addEventListener("beforeunload", (event) => {
  if (record && chosen().some((tile) => written(tile).value)) event.preventDefault();
});
