// The head of the page and what frames it: where one is, how far it is.

import { byId, fill, messages } from "./dom.js";
import { lapsed } from "./view.js";

/** Show stage, progress and neighbours of a page. */
export function showHead(data, name, addressOf) {
  const stage = byId("stage");
  stage.textContent = messages[`stage_${data.stage}`];
  stage.className = `chip ${{ waiting: "wait", failed: "stop", missing: "stop", signed: "good", published: "good" }[data.stage] ?? ""}`;
  byId("progress").textContent = `${messages.open_here} ${data.findings.filter((each) => each.todo).length} · ${messages.open_document} ${data.near.waiting}`;
  byId("ink").textContent = data.ink?.[document.documentElement.lang === "th" ? "th" : "en"] ?? "";
  for (const [id, page] of [["previous-page", data.near.previous], ["next-page", data.near.next]]) {
    byId(id).hidden = page === null;
    if (page !== null) byId(id).href = addressOf(page);
  }
  byId("number").textContent = byId("heading-number").textContent = String(data.page);
  document.title = `${name}, ${messages.page} ${data.page} – Chamra`;
  document.querySelector(".language").href = `${addressOf(data.page)}?lang=${document.querySelector(".language").lang}`;
  byId("review").classList.toggle("untold", !data.lines.length);
  fill(byId("beyond"), lapsed(data));
}
