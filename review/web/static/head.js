// The head of the page and what frames it: where one is, how far it is, which picture it is shown with.

import { byId, fill, messages } from "./dom.js";
import { boxOf } from "./offsets.js";
import { lapsed } from "./view.js";

const WIDTHS = [600, 900, 1300, 1800, 2600]; // of a page's picture, as the server makes them

/** The picture of a page, as wide as its lines are shown; `full` is the largest. null where there is none. */
export function pictureOf(data, api) {
  if (!data.picture) return null;
  const { width, height, key } = data.picture;
  const boxes = data.lines.map(boxOf).filter(Boolean);
  const share = boxes.length ? Math.max(...boxes.map((box) => box[2])) - Math.min(...boxes.map((box) => box[0])) : width;
  const wanted = byId("lines").clientWidth * (width / Math.max(share, 1)) * Math.min(devicePixelRatio, 2);
  const url = (asked) => `${api}/image?v=${key}&w=${asked}`;
  return { width, height, url: url(WIDTHS.find((one) => one >= Math.min(wanted, width)) ?? WIDTHS.at(-1)), full: url(WIDTHS.at(-1)) };
}

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
