// The picture of a page: what has come whole is shown until a wider one has come whole, and never given up for another.

import { byId } from "./dom.js";
import { boxOf } from "./offsets.js";

const WIDTHS = [600, 900, 1300, 1800, 2600]; // of a page's picture, as the server makes them

const shown = new Map(); // by address without its width: the width that is shown
const asked = new Map(); // and the widest that is on its way
const arrived = new Set(); // addresses of which something has come whole
let heeds = { arrived: () => {}, replaced: () => {} };

/** Have it told when something to look at has come of a page (`arrived`), and when what suits better has (`replaced`). */
export function heedPictures(listener) {
  heeds = listener;
}

/** Whether there is something to look at: a picture that has come whole, or a page that has none. */
export const hasCome = (picture) => picture === null || arrived.has(picture.address);

/** The picture of a page, as wide as its lines are shown, or wider; null where there is none. */
export function pictureOf(data, api) {
  if (!data.picture) return null;
  const { width, height, key } = data.picture;
  const address = `${api}/image?v=${key}`;
  const boxes = data.lines.map(boxOf).filter(Boolean);
  const share = boxes.length ? Math.max(...boxes.map((box) => box[2])) - Math.min(...boxes.map((box) => box[0])) : width;
  const wanted = byId("lines").clientWidth * (width / Math.max(share, 1)) * Math.min(devicePixelRatio, 2);
  const suits = WIDTHS.find((one) => one >= Math.min(wanted, width)) ?? WIDTHS.at(-1);
  const url = (one) => `${address}&w=${one}`;
  if (!shown.has(address)) {
    shown.set(address, suits);
    whole(url(suits)).then(() => {
      arrived.add(address);
      heeds.arrived();
    }, () => shown.delete(address));
  }
  if (suits > Math.max(shown.get(address), asked.get(address) ?? 0)) {
    asked.set(address, suits);
    whole(url(suits)).then(() => {
      shown.set(address, suits);
      heeds.replaced();
    }, () => {});
  }
  return { width, height, address, url: url(shown.get(address)), full: url(WIDTHS.at(-1)) };
}

/** Wait until a picture has come whole; rejects where it does not. */
export function whole(url) {
  const image = new Image();
  image.src = url;
  return image.decode();
}
