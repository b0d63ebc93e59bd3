// Like cases: untick the exceptions, decide once. Each case is a record of its own.

import { post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";
import { isTaken, keyName, lettersAreKeys } from "./keys.js";
import { StepBack } from "./step-back.js";

const form = byId("alike");
const chosen = () => [...form.querySelectorAll("input[type=checkbox]:checked")];
const back = new StepBack("alike", () => location.reload());
let busy = false;

function count() {
  byId("count").textContent = String(chosen().length);
}

async function decide(verdict) {
  const cases = chosen().map(({ dataset }) => ({
    document: dataset.document, page: Number(dataset.page), finding: dataset.finding, expected_version: JSON.parse(dataset.version),
  }));
  if (!cases.length || busy) return;
  busy = true;
  byId("said").textContent = messages.saving;
  try {
    const { status, body } = await post("/api/alike", { verdict, after: null, note: byId("remark").value.trim(), cases });
    if (body.undo?.length) back.keep(body.undo);
    if (status !== 200) byId("said").textContent = `${messages.refused} ${body.message}`;
    else if (body.problems.length) byId("said").textContent = `${messages.saved}: ${body.recorded}. ${messages.refused} ${body.problems.map((one) => one.message).join(" ")}`;
    else location.reload();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    byId("said").textContent = messages.alike_lost;
  } finally {
    busy = false;
  }
}

const KEYS = { a: () => decide("accept"), r: () => decide("reject"), q: () => location.assign(byId("to-page").href) };

document.addEventListener("keydown", (event) => {
  const box = event.target instanceof HTMLInputElement && event.target.type === "checkbox";
  if (event.repeat || (!box && isTaken(event)) || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[keyName(event)];
  if (!act || !lettersAreKeys() || (!form && keyName(event) !== "q")) return;
  event.preventDefault();
  act();
});
if (form) {
  form.addEventListener("change", count);
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("accept").addEventListener("click", () => decide("accept"));
  byId("reject").addEventListener("click", () => decide("reject"));
  count();
}
