// The scan at the side: the upright page with the current line lit and the ink that no letter covers outlined. It follows
// the line, and a click on it leads to the letter.

import { byId, el, fill, messages, placed } from "./dom.js";
import { whole } from "./pictures.js";

const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4];
const SHARPER = 1.6; // from this zoom on the picture is asked for in its own size
const DRAG = 5; // pixels; a pointer that moves less has clicked

export class Scan {
  #viewport = byId("scan");
  #sheet = byId("sheet");
  #picture = null;
  #zoom = Number(sessionStorage.getItem("chamra-zoom") ?? 1);
  #shown = null;
  #drawn = null;
  #isSharp = false;
  #pointed;

  /** `pointed` hears where on the page a click was, in pixels of the picture. */
  constructor(pointed) {
    this.#pointed = pointed;
    this.#sheet.style.width = `${100 * this.#zoom}%`;
    byId("zoom-in").addEventListener("click", () => this.zoom(1));
    byId("zoom-out").addEventListener("click", () => this.zoom(-1));
    byId("zoom-fit").addEventListener("click", () => this.zoom(0));
    this.#letPan();
    this.#letDraw();
    new ResizeObserver(() => this.#show()).observe(this.#viewport);
  }

  /** Take the page's picture {width, height, address, url, full}, null where there is none, `problem` says why; `lost` are
   * places of ink that no letter covers. */
  load(picture, problem, lost) {
    this.#picture = picture;
    if (picture === null) {
      this.#sheet.dataset.address = "";
      return fill(this.#sheet, el("p", { class: "empty" }, problem || messages.no_picture));
    }
    if (this.#sheet.dataset.address !== picture.address) {
      this.#sheet.dataset.address = picture.address;
      const size = { width: picture.width, height: picture.height, alt: "", draggable: "false" };
      fill(this.#sheet, el("img", { src: picture.url, ...size }), el("div", { class: "lost" }), el("div", { class: "lights" }));
      this.#isSharp = false;
      this.#sharpen();
    } else if (!this.#isSharp && this.#image.getAttribute("src") !== picture.url) this.#image.src = picture.url;
    const page = [0, 0, picture.width, picture.height];
    fill(this.#sheet.querySelector(".lost"), ...lost.map((box) => placed(box, page, "lost-ink")));
    return this.#show();
  }

  get #image() {
    return this.#sheet.querySelector("img");
  }

  /** Show the picture in its own size, when it has come whole: until then, and where it does not come, what is there. */
  #sharpen() {
    if (this.#isSharp || !this.#image || this.#zoom < SHARPER || this.#picture === null) return;
    const { address, full } = this.#picture;
    whole(full).then(() => {
      if (this.#sheet.dataset.address !== address) return;
      this.#isSharp = true;
      this.#image.src = full;
    }, () => {});
  }

  /** Light what is looked at: {crop: its line, places: its letters}; and bring both into view. */
  light(shown) {
    this.#shown = shown;
    this.#show();
  }

  #show() {
    const { crop = null, places = [] } = this.#shown ?? {};
    if (this.#picture === null || !this.#sheet.querySelector(".lights")) return;
    const page = [0, 0, this.#picture.width, this.#picture.height];
    const line = crop ? [placed(crop, page, "lit-line")] : [];
    fill(this.#sheet.querySelector(".lights"), ...line, ...places.map((box) => placed(box, page, "lit-letters")));
    if (crop) this.#bringIntoView(crop);
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

  /** Larger (1), smaller (-1) or to the width (0), around what is in the middle. */
  zoom(direction) {
    const view = this.#viewport;
    const at = STEPS.findIndex((step) => step >= this.#zoom);
    const next = direction === 0 ? 1 : STEPS[Math.min(Math.max(at + direction, 0), STEPS.length - 1)];
    const factor = next / this.#zoom;
    const x = (view.scrollLeft + view.clientWidth / 2) * factor - view.clientWidth / 2;
    const y = (view.scrollTop + view.clientHeight / 2) * factor - view.clientHeight / 2;
    this.#zoom = next;
    sessionStorage.setItem("chamra-zoom", String(next));
    this.#sharpen();
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
    this.#sheet.append(placed(box, [0, 0, width, height], "drawn"));
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
    let down = null;
    view.addEventListener("pointerdown", (event) => { down = [event.clientX, event.clientY]; });
    view.addEventListener("click", (event) => {
      const still = down && Math.hypot(event.clientX - down[0], event.clientY - down[1]) < DRAG;
      if (still && this.#drawn === null && this.#picture !== null) this.#pointed(this.#point(event));
    });
    view.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1 : -1);
    }, { passive: false });
  }
}
