// The lines of the page, one below the other: each line's image, under it its text in the same width, what of it is
// unsure, what other readers read, and what was found.

import { byId, el, fill, messages, placed } from "./dom.js";
import { beside, boxOf, clusters, placeOf, pointedAt, rangeOf } from "./offsets.js";
import { findingsOn } from "./model.js";

const EDGE = 0.28; // of a line's height above and below its image, so that marks are seen whole
const LEAST = 36; // pixels of the window; on a narrow one a line's image is never lower, and is moved aside instead
const PAPER = 0.012; // of the page's width, left and right of its text
const LEAST_WIDE = 0.62; // of the page's width; narrower text is not made larger than that
const FONT = { least: 15, most: 25, column: 12 }; // pixels; in columns letters are smaller before a cell runs into the next
const TIGHTEST = -0.7; // pixels between letters

export class Lines {
  #list = byId("text");
  #told;
  #data = null;
  #picture = null;
  #block = null;
  #made = [];
  #scale = 1;
  #pen = el("canvas").getContext("2d");

  /** `told` hears `line(index, offset)`, `finding(id)`, `take(index, piece)` and says `draftOf(line)`. */
  constructor(told) {
    this.#told = told;
    this.#list.addEventListener("click", (event) => this.#clicked(event));
    new ResizeObserver(() => this.#fit()).observe(this.#list);
    document.fonts.ready.then(() => this.#fit());
  }

  /** Show a page: its data, the address of its picture, and whether safe changes are to be seen. */
  show(data, picture, safe) {
    const fresh = this.#data?.page !== data.page || this.#picture?.url !== picture?.url || this.#made.length !== data.lines.length;
    this.#data = data;
    this.#picture = picture;
    this.#block = blockOf(data);
    const rows = data.lines.map((line, index) => {
      const found = findingsOn(data, index).filter((one) => safe || !one.quiet);
      const draft = this.#told.draftOf(line);
      const state = JSON.stringify([line, found.map((one) => [one.id, one.outcome, one.todo]), draft, safe]);
      return { state, line, found, draft };
    });
    if (fresh) this.#made = [];
    let changed = fresh;
    for (const [index, row] of rows.entries()) {
      if (this.#made[index]?.state === row.state) continue;
      const element = this.#row(index, row);
      if (this.#made[index]) this.#made[index].element.replaceWith(element);
      this.#made[index] = { state: row.state, element };
      changed = true;
    }
    if (fresh) fill(this.#list, ...this.#made.map((one) => one.element));
    if (changed) this.#fit();
  }

  /** The picture from which the lines' images are cut; null where there is none. */
  get shown() {
    return this.#picture;
  }

  element(index) {
    return this.#made[index]?.element ?? null;
  }

  /** A copy of a line's image; null where it has none. */
  picture(index) {
    const line = this.#data.lines[index];
    return line ? this.#strip(line) : null;
  }

  /** Light a line, and of its findings one, and bring it into view. */
  light(index, finding, letter) {
    for (const lit of this.#list.querySelectorAll(".current")) lit.classList.remove("current");
    const row = this.element(index);
    if (row === null) return;
    row.classList.add("current");
    for (const mark of row.querySelectorAll(`[data-finding="${finding?.id}"]`)) mark.classList.add("current");
    this.#lightLetter(index, finding, letter);
    this.bringIntoView(index);
  }

  /** Scroll as little as shows a line and what comes next. */
  bringIntoView(index) {
    const row = this.element(index);
    const view = byId("lines");
    const [top, bottom] = [row.offsetTop - view.offsetTop, row.offsetTop - view.offsetTop + row.offsetHeight];
    const room = Math.min(view.clientHeight * 0.3, 160);
    if (top < view.scrollTop + 8) view.scrollTop = top - room;
    else if (bottom > view.scrollTop + view.clientHeight - room) view.scrollTop = Math.min(top - 8, bottom - view.clientHeight + room);
  }

  /** Light on a line's image what was found, or the letter that is pointed at, and that in the text, too. */
  #lightLetter(index, finding, letter) {
    this.#markLetter(index, letter);
    for (const old of this.#list.querySelectorAll(".ink > .lit")) old.remove();
    const ink = this.element(index)?.querySelector(".ink");
    const line = this.#data.lines[index];
    if (!ink || !line) return;
    const box = boxOf(line);
    const place = letter.isSet ? placeOf(line, letter.at) : null;
    const boxes = place && box ? [[place[0], box[1], place[1], box[3]]] : (finding?.places ?? []);
    for (const one of boxes) ink.append(placed(one, this.#frame(box), "lit"));
    const lit = ink.querySelector(".lit");
    const strip = ink.parentElement;
    if (lit && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = lit.offsetLeft - strip.clientWidth / 2;
  }

  #markLetter(index, { isSet, at, to }) {
    const words = this.element(index)?.querySelector(".line:not(.writing)");
    const range = isSet && at < to && words ? rangeOf(words, at, to) : null;
    if (range) CSS.highlights?.set("letter", new Highlight(range));
    else CSS.highlights?.delete("letter");
  }

  /** What of the page a line's image shows: the whole width of the text, the height of the line. */
  #frame(box) {
    const edge = Math.round((box[3] - box[1]) * EDGE) + 2;
    const { height } = this.#picture;
    return [this.#block[0], Math.max(0, box[1] - edge), this.#block[1], Math.min(height, box[3] + edge)];
  }

  #row(index, { line, found, draft }) {
    const words = el("div", { class: "line", lang: "th", "data-line": index }, ...(draft ? [draft.text] : written(line, found)));
    const gutter = el("div", { class: "gutter" }, el("span", { class: "no" }, String(index + 1)),
      tick(line));
    const body = el("div", { class: "body" }, this.#strip(line), words, ...line.others.map(other), draft ? el("p", { class: "unsaved" }, messages.unsaved) : null, chips(found));
    return el("li", { class: `row-line${line.seen ? " seen" : ""}${draft ? " draft" : ""}`, "data-line": index, "aria-label": `${messages.line} ${index + 1}` }, gutter, body);
  }

  #strip(line) {
    const box = boxOf(line);
    if (!this.#picture || !box) return null;
    const [left, top, right, bottom] = this.#frame(box);
    const { width, height, url } = this.#picture;
    const share = (from, to, all) => (all === to - from ? 0 : (100 * from) / (all - (to - from)));
    const ink = el("div", { class: "ink" });
    ink.style.backgroundImage = `url("${url}")`;
    ink.style.backgroundSize = `${(100 * width) / (right - left)}% ${(100 * height) / (bottom - top)}%`;
    ink.style.backgroundPosition = `${share(left, right, width)}% ${share(top, bottom, height)}%`;
    ink.style.aspectRatio = `${right - left} / ${bottom - top}`;
    ink.style.setProperty("--least", `${(LEAST * (right - left)) / (bottom - top)}px`);
    const frame = [left, top, right, bottom];
    const others = this.#data.lines.filter((one) => one !== line).flatMap((one) => one.boxes);
    ink.append(...others.flatMap((one) => beside(one, box, frame)).map((one) => placed(one, frame, "of-others")));
    return el("div", { class: "line-image", role: "group", "aria-label": messages.line_picture }, ink);
  }

  /** Set each line's text under its ink: one size of letters for the page, a little more or less between them. */
  #fit() {
    const width = this.#list.querySelector(".body")?.clientWidth ?? 0;
    if (!width || !this.#data) return;
    const aligned = this.#block !== null && width > 480;
    for (const at of this.#data.lines.keys()) this.#moveAside(at);
    this.#list.classList.toggle("aligned", aligned);
    if (!aligned) return this.#plain();
    this.#scale = width / (this.#block[1] - this.#block[0]);
    this.#pen.font = `16px ${getComputedStyle(this.#list).getPropertyValue("--thai")}`;
    const natural = this.#data.lines.map((line) => this.#pen.measureText(line.text.replaceAll("\t", "")).width);
    const sizes = this.#data.lines.flatMap((line, at) => {
      const box = boxOf(line);
      return box && natural[at] > 60 && !line.text.includes("\t") ? [(16 * (box[2] - box[0]) * this.#scale) / natural[at]] : [];
    });
    sizes.sort((one, other) => one - other);
    const size = Math.min(Math.max(sizes[Math.floor(sizes.length / 2)] ?? 17, FONT.least), FONT.most);
    this.#list.style.setProperty("--size", `${size}px`);
    for (const [at, line] of this.#data.lines.entries()) this.#fitLine(at, line, (natural[at] * size) / 16, size);
  }

  /** An image that is wider than there is room can be moved, and begins where its line's ink does. */
  #moveAside(at) {
    const image = this.element(at)?.querySelector(".line-image");
    if (!image) return;
    const wide = image.scrollWidth > image.clientWidth + 1;
    if (wide) image.setAttribute("tabindex", "0");
    else image.removeAttribute("tabindex");
    if (!wide || image.dataset.begun) return;
    const [left, right] = this.#block;
    image.scrollLeft = ((boxOf(this.#data.lines[at])[0] - PAPER * this.#picture.width - left) / (right - left)) * image.scrollWidth;
    image.dataset.begun = "yes";
  }

  #fitLine(at, line, natural, size) {
    const element = this.element(at)?.querySelector(".line");
    const box = boxOf(line);
    if (!element || !box) return;
    const room = (box[2] - box[0]) * this.#scale;
    const between = (room - natural) / Math.max(clusters(line.text), 1);
    element.style.marginLeft = `${(box[0] - this.#block[0]) * this.#scale}px`;
    const others = [...this.element(at).querySelectorAll(".other")];
    for (const one of others) one.style.marginLeft = element.style.marginLeft;
    if (line.text.includes("\t")) return this.#fitColumns(element, line, size);
    for (const one of [element, ...others]) {
      one.style.letterSpacing = Math.abs(between) < 3 && room < natural * 1.6 ? `${Math.max(between, TIGHTEST)}px` : "";
    }
  }

  /** Columns: what stands behind a tab begins where its ink begins, and runs neither into the next nor below the first. */
  #fitColumns(element, line, size) {
    const cells = this.#cells(line, size);
    const tightest = Math.min(1, ...cells.filter((one) => one.natural > 0).map((one) => one.room / one.natural));
    const share = Math.max(tightest, Math.min(FONT.column / size, 1));
    const between = Math.min(0, ...cells.filter((one) => one.letters).map((one) => (one.room - one.natural * share) / one.letters));
    const spacing = Math.max(between, TIGHTEST);
    const tabs = [...element.querySelectorAll(".tab")];
    let end = 0;
    let last = 0;
    for (const [index, { wanted, natural, letters }] of cells.entries()) {
      if (index > 0 && tabs[index - 1]) {
        last = Math.max(wanted ?? end + 16, end + 10);
        tabs[index - 1].style.width = `${last - end}px`;
        end = last;
      }
      end += natural * share + letters * spacing;
    }
    Object.assign(element.style, { fontSize: `${size * share}px`, letterSpacing: `${spacing}px`, paddingLeft: `${last}px`, textIndent: `${-last}px` });
  }

  /** The cells of a line: where the ink of each begins, how wide its text is, and how much room it has. */
  #cells(line, size) {
    const start = boxOf(line)[0];
    let at = 0;
    const cells = line.text.split("\t").map((cell, index) => {
      const first = cell ? line.letters.find(([offset]) => offset >= at) : null;
      at += Array.from(cell).length + 1;
      const wanted = index === 0 ? 0 : first ? (first[1] - start) * this.#scale : null;
      return { wanted, natural: (this.#pen.measureText(cell).width * size) / 16, letters: clusters(cell) };
    });
    const edge = (this.#block[1] - start) * this.#scale;
    for (const [index, one] of cells.entries()) {
      const next = cells.slice(index + 1).find(({ wanted }) => wanted !== null)?.wanted;
      one.room = one.wanted === null ? Infinity : Math.max((next === undefined ? edge : next - 10) - one.wanted, 1);
    }
    return cells;
  }

  #plain() {
    for (const element of this.#list.querySelectorAll(".line, .other")) Object.assign(element.style, { marginLeft: "", letterSpacing: "", fontSize: "", paddingLeft: "", textIndent: "" });
  }

  #clicked(event) {
    const row = event.target.closest("[data-line]");
    if (!row || event.target.closest("textarea")) return;
    const index = Number(row.dataset.line);
    const take = event.target.closest("[data-take]");
    if (take) return this.#told.take(index, JSON.parse(take.dataset.take));
    const mark = event.target.closest("[data-finding]");
    if (mark && !mark.classList.contains("current")) return this.#told.finding(mark.dataset.finding);
    const ink = event.target.closest(".ink");
    if (ink) {
      const frame = ink.getBoundingClientRect();
      const x = this.#block[0] + ((event.clientX - frame.left) / frame.width) * (this.#block[1] - this.#block[0]);
      return this.#told.line(index, { x });
    }
    const words = event.target.closest(".line");
    if (words && document.getSelection().isCollapsed) return this.#told.line(index, { offset: pointedAt(words, event) });
    if (!words) this.#told.line(index, {});
  }
}

/** Whether a line was passed, by whom, and whether in less time than it takes to read it. */
function tick({ seen, hurried, seen_by_others: others }) {
  const says = seen ? (hurried ? messages.seen_hurried : messages.seen) : others ? messages.seen_by_others : null;
  return el("span", { class: `tick${hurried ? " hurried" : ""}`, title: says }, seen ? (hurried ? "≈" : "✓") : others ? "·" : "");
}

/** The width of the page's text, with a little paper on both sides. */
function blockOf(data) {
  const boxes = data.lines.map(boxOf).filter(Boolean);
  if (!boxes.length || !data.picture) return null;
  const { width } = data.picture;
  const left = Math.max(0, Math.min(...boxes.map((box) => box[0])) - PAPER * width);
  const right = Math.min(width, Math.max(...boxes.map((box) => box[2])) + PAPER * width);
  const wide = Math.max(right - left, LEAST_WIDE * width);
  return [Math.min(left, width - wide), Math.min(left, width - wide) + wide];
}

/** The text of a line in runs: findings marked, unsure letters shaded, tabs as wide as their columns. */
function written(line, found) {
  const byKey = new Map(found.map((one) => [one.id, one]));
  const unsure = new Map();
  if (line.runs.map(([text]) => text).join("") === line.text) {
    for (const [at, length, risk] of line.unsure) for (let step = 0; step < length; step += 1) unsure.set(at + step, risk);
  }
  let at = 0;
  return line.runs.map(([text, key]) => {
    const parts = shaded(text, at, unsure);
    at += Array.from(text).length;
    const finding = byKey.get(key);
    if (!finding) return el("span", {}, ...parts);
    return el("mark", { class: `f ${finding.outcome}${text ? "" : " gone"}`, "data-finding": key }, ...parts);
  });
}

function shaded(text, start, unsure) {
  const parts = [];
  let plain = "";
  const flush = () => {
    if (plain) parts.push(plain);
    plain = "";
  };
  for (const { segment, index } of LETTERS.segment(text)) {
    const from = start + Array.from(text.slice(0, index)).length;
    const risks = Array.from(segment, (_, step) => unsure.get(from + step) ?? 0);
    const risk = Math.max(...risks);
    if (segment === "\t") {
      flush();
      parts.push(el("span", { class: "tab" }, "\t"));
    } else if (risk) {
      flush();
      const deep = risk >= 300 ? 3 : risk >= 80 ? 2 : 1;
      parts.push(el("span", { class: `unsure u${deep}`, title: `${messages.unsure} ${Math.round(risk / 10)} %` }, segment));
    } else plain += segment;
  }
  flush();
  return parts;
}

const LETTERS = new Intl.Segmenter("th", { granularity: "grapheme" });

/** What another reader read: where it differs, as buttons under the place; the rest keeps its room. */
function other([reader, pieces]) {
  const parts = pieces.map(([text, start, end, differs]) => {
    if (!differs) return el("span", { class: "same", "aria-hidden": "true" }, text);
    return el("button", { type: "button", class: "take", "data-take": JSON.stringify([start, end, text]), "aria-label": `${messages.take_reading} ${text || "∅"} (${reader})` }, text || "∅");
  });
  return el("div", { class: "other th", lang: "th", title: `${messages.other_reader}: ${reader}` }, ...parts);
}

function chips(found) {
  const shown = found.filter((one) => one.waits || one.decisions.length || one.mine);
  if (!shown.length) return null;
  return el("div", { class: "chips-line" }, ...shown.map(chip));
}

function chip(finding) {
  const sign = { accepted: "✓", acknowledged: "✓", edited: "✎", rejected: "✗", second: "½", conflict: "≠" }[finding.outcome] ?? "?";
  const sure = finding.confidence === null ? "" : `${Math.round(finding.confidence * 100)} %`;
  return el("button", { type: "button", class: `finding-chip ${finding.outcome}`, "data-finding": finding.id },
    el("span", { class: "sign", "aria-hidden": "true" }, sign), el("span", { class: "hidden" }, `${messages[`outcome_${finding.outcome}`]} `),
    ...change(finding), sure ? el("span", { class: "sure" }, sure) : null, finding.people > 1 ? el("span", { class: "two", title: messages.two_people }, "2") : null);
}

/** What a finding changes, the letters that differ marked on both sides. */
export function change(finding) {
  if (!finding.compared) return [el("span", { class: "th", lang: "th" }, finding.before)];
  const side = (parts, name) => el(name, { class: "th", lang: "th" }, ...(parts.length ? parts.map(([text, differs]) => (differs ? el("b", {}, text) : text)) : ["∅"]));
  const [before, after] = finding.compared;
  return [side(before, "del"), el("span", { "aria-hidden": "true" }, "→"), side(after, "ins")];
}
