// For how long each thing of a list was looked at: in view, in a window that is seen, its picture come. What was there for less
// time than an eye takes to come to rest, nobody has looked at.

export const LEAST_MS = Number(document.body.dataset.least);
const THRESHOLD = [0, 0.25, 0.5];

/** True when half of a thing is in view, or what is in view of it fills half of the window. */
const isInView = ({ intersectionRatio, intersectionRect, rootBounds }) =>
  intersectionRatio >= 0.5 || intersectionRect.height >= 0.5 * (rootBounds?.height ?? Infinity);

/** Watch whether things are in view; `told(element, isInView)` for each that changes. A margin is what else covers the window. */
export const watching = (told, rootMargin = "0px") =>
  new IntersectionObserver((entries) => {
    for (const entry of entries) told(entry.target, isInView(entry));
  }, { rootMargin, threshold: THRESHOLD });

export class Glances {
  #of = new Map();

  /** Each element holds its picture, or none; `data-looked` says "yes" on those that were looked at for long enough.
   *  A bar along the edge of the window covers what lies under it. */
  constructor(elements, bar) {
    const covered = -(bar?.offsetHeight ?? 0);
    const margin = bar?.classList.contains("bottom") ? `0px 0px ${covered}px` : `${covered}px 0px 0px`;
    const watch = watching((element, inView) => this.#count(element, inView), margin);
    for (const element of elements) {
      this.#of.set(element, { inView: false, since: null, spent: 0, timer: 0 });
      for (const name of ["load", "error"]) element.querySelector("img")?.addEventListener(name, () => this.#count(element));
      watch.observe(element);
    }
    document.addEventListener("visibilitychange", () => elements.forEach((one) => this.#count(one)));
  }

  #count(element, inView = this.#of.get(element).inView) {
    const one = this.#of.get(element);
    const now = performance.now();
    if (one.since !== null) one.spent += now - one.since;
    one.inView = inView;
    one.since = inView && this.hasCome(element) && !document.hidden ? now : null;
    clearTimeout(one.timer);
    if (one.spent >= LEAST_MS) element.dataset.looked = "yes";
    else if (one.since !== null) one.timer = setTimeout(() => this.#count(element), LEAST_MS - one.spent + 1);
  }

  /** True when its picture has come, or is known not to. */
  hasCome(element) {
    return element.querySelector("img")?.complete ?? true;
  }

  has(element) {
    this.#count(element);
    return element.dataset.looked === "yes";
  }
}
