// The scan: the upright page with the current line lit, and the crop that shows it large.

import { byId, el, fill, messages } from "./dom.js";

const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4];
const PADDING = 0.45; // of the line's height around a crop, so that marks at the edge are seen whole

function placed(box, width, height, kind) {
  const made = el("div", { class: kind });
  const [left, top, right, bottom] = box;
  made.style.left = `${(100 * left) / width}%`;
  made.style.top = `${(100 * top) / height}%`;
  made.style.width = `${(100 * (right - left)) / width}%`;
  made.style.height = `${(100 * (bottom - top)) / height}%`;
  return made;
}

export class Scan {
  #viewport = byId("scan");
  #sheet = byId("sheet");
  #crop = byId("crop");
  #picture = null;
  #zoom = 1;
  #shown = null;
  #drawn = null;

  constructor() {
    byId("zoom-in").addEventListener("click", () => this.zoom(1));
    byId("zoom-out").addEventListener("click", () => this.zoom(-1));
    byId("zoom-fit").addEventListener("click", () => this.zoom(0));
    this.#letPan();
    this.#letDraw();
    new ResizeObserver(() => this.#show()).observe(this.#crop);
  }

  /** Take the page's picture; null where there is none, `problem` says why. */
  load(path, picture, problem) {
    const key = picture && `${path}?v=${picture.key}`;
    if (key === this.#sheet.dataset.key) return;
    this.#picture = picture;
    this.#sheet.dataset.key = key ?? "";
    this.#crop.hidden = picture === null;
    if (picture === null) {
      fill(this.#sheet, el("p", { class: "empty" }, problem || messages.no_picture));
      fill(this.#crop);
      return;
    }
    const size = { width: picture.width, height: picture.height, alt: "", draggable: "false" };
    fill(this.#sheet, el("img", { src: key, ...size }), el("div", { class: "lights" }));
    fill(this.#crop, el("div", { class: "cut" }, el("img", { src: key, ...size }), el("div", { class: "lights" })));
  }

  /** Light a finding: its line, its letters; and bring both into view. */
  light(finding) {
    this.#shown = finding;
    this.#show();
  }

  #show() {
    const finding = this.#shown;
    if (this.#picture === null) return;
    const { width, height } = this.#picture;
    const places = finding?.places ?? [];
    const lights = [
      ...(finding?.crop ? [placed(finding.crop, width, height, "lit-line")] : []),
      ...places.map((box) => placed(box, width, height, "lit-letters")),
    ];
    fill(this.#sheet.querySelector(".lights"), ...lights);
    fill(this.#crop.querySelector(".lights"), ...places.map((box) => placed(box, width, height, "lit-letters")));
    if (finding?.crop) {
      this.#bringIntoView(finding.crop);
      this.#cut(finding.crop, places);
    }
    this.#crop.classList.toggle("nothing", !finding?.crop);
  }

  #bringIntoView([left, top, right, bottom]) {
    const scale = this.#sheet.clientWidth / this.#picture.width;
    const view = this.#viewport;
    const middle = ((top + bottom) / 2) * scale;
    if (top * scale < view.scrollTop + 20 || bottom * scale > view.scrollTop + view.clientHeight - 20) {
      view.scrollTop = middle - view.clientHeight / 2;
    }
    const centre = (((this.#shown.places[0]?.[0] ?? left) + (this.#shown.places[0]?.[2] ?? right)) / 2) * scale;
    if (centre < view.scrollLeft + 40 || centre > view.scrollLeft + view.clientWidth - 40) {
      view.scrollLeft = centre - view.clientWidth / 2;
    }
  }

  /** Show the line as high as the strip is; where it is longer than the strip, what was found in the middle. */
  #cut([left, top, right, bottom], places) {
    const strip = this.#crop;
    const edge = (bottom - top) * PADDING;
    const scale = Math.min(strip.clientHeight / (bottom - top + 2 * edge), 3);
    const from = left - 2 * edge;
    const long = right - left + 4 * edge;
    const seen = strip.clientWidth / scale;
    const middle = places.length ? (places[0][0] + places.at(-1)[2]) / 2 : (left + right) / 2;
    const start = long <= seen ? from - (seen - long) / 2 : Math.min(Math.max(middle - seen / 2, from), from + long - seen);
    const lift = top - edge - (strip.clientHeight / scale - (bottom - top + 2 * edge)) / 2;
    const cut = strip.querySelector(".cut");
    cut.style.width = `${this.#picture.width * scale}px`;
    cut.style.transform = `translate(${-start * scale}px, ${-lift * scale}px)`;
  }

  /** Larger (1), smaller (-1) or to the width (0), around what is in the middle. */
  zoom(direction) {
    const view = this.#viewport;
    const at = STEPS.findIndex((step) => step >= this.#zoom);
    const next = direction === 0 ? 1 : STEPS[Math.min(Math.max(at + direction, 0), STEPS.length - 1)];
    const factor = next / this.#zoom;
    const x = (view.scrollLeft + view.clientWidth / 2) * factor - view.clientWidth / 2;
    const y = (view.scrollTop + view.clientHeight / 2) * factor - view.clientHeight / 2;
    this.#zoom = next;
    this.#sheet.style.width = `${100 * next}%`;
    view.scrollTo(x, y);
  }

  /** Move the scan by a part of what is seen of it. */
  pan(right, down) {
    this.#viewport.scrollBy(right * this.#viewport.clientWidth * 0.3, down * this.#viewport.clientHeight * 0.3);
  }

  /** Let a person draw a place; `told` hears [left, top, right, bottom] in pixels of the picture. null ends it. */
  draw(told) {
    this.#drawn = this.#picture === null ? null : told;
    this.#viewport.classList.toggle("drawing", this.#drawn !== null);
    this.#sheet.querySelector(".drawn")?.remove();
  }

  /** A point of the window in pixels of the picture. */
  #point(event) {
    const frame = this.#sheet.getBoundingClientRect();
    const scale = this.#picture.width / frame.width;
    const within = (value, most) => Math.round(Math.min(Math.max(value * scale, 0), most));
    return [within(event.clientX - frame.left, this.#picture.width), within(event.clientY - frame.top, this.#picture.height)];
  }

  #showDrawn([left, top], [right, bottom]) {
    const { width, height } = this.#picture;
    const box = [Math.min(left, right), Math.min(top, bottom), Math.max(left, right), Math.max(top, bottom)];
    this.#sheet.querySelector(".drawn")?.remove();
    this.#sheet.append(placed(box, width, height, "drawn"));
    return box;
  }

  #letDraw() {
    const view = this.#viewport;
    let from = null;
    let box = null;
    view.addEventListener("pointerdown", (event) => {
      if (this.#drawn === null || event.button !== 0) return;
      event.preventDefault();
      from = this.#point(event);
      view.setPointerCapture(event.pointerId);
    });
    view.addEventListener("pointermove", (event) => {
      if (from) box = this.#showDrawn(from, this.#point(event));
    });
    for (const end of ["pointerup", "pointercancel"]) {
      view.addEventListener(end, () => {
        if (from && box && box[2] - box[0] > 4 && box[3] - box[1] > 4) this.#drawn?.(box);
        from = null;
        box = null;
      });
    }
  }

  #letPan() {
    const view = this.#viewport;
    let from = null;
    view.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0 || this.#drawn !== null) return;
      from = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
      view.setPointerCapture(event.pointerId);
      view.classList.add("held");
    });
    view.addEventListener("pointermove", (event) => {
      if (from) view.scrollTo(from.x - event.clientX, from.y - event.clientY);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      view.addEventListener(end, () => {
        from = null;
        view.classList.remove("held");
      });
    }
    view.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1 : -1);
    }, { passive: false });
  }
}
