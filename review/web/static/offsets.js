// Letters of a line: the server counts code points, a browser UTF-16, and a click is a point.

const CLUSTERS = new Intl.Segmenter("th", { granularity: "grapheme" });

/** Each letter with its marks: where it begins and ends, in code points. */
export function clustersOf(text) {
  let at = 0;
  return [...CLUSTERS.segment(text)].map(({ segment }) => {
    const start = at;
    at += Array.from(segment).length;
    return [start, at];
  });
}

/** How many letters with their marks a text has. */
export const clusters = (text) => [...CLUSTERS.segment(text)].length;

/** Code points to UTF-16 units of the same text, and back. */
export const toUnits = (text, points) => Array.from(text).slice(0, points).join("").length;
export const toPoints = (text, units) => Array.from(text.slice(0, units)).length;

/** The letter of a line that stands at a place of its image: how many code points stand before it. */
export function letterAt(line, x) {
  let found = 0;
  for (const [at, left, right] of line.letters) {
    if (x < left) break;
    found = x > (left + right) / 2 ? at + 1 : at;
  }
  // Behind a letter means behind its marks.
  const points = Array.from(line.text);
  while (found > 0 && found < points.length && /\p{Mn}|\u0e33/u.test(points[found])) found += 1;
  return Math.min(found, points.length);
}

/** Where the letter at an offset of a line stands on the page: [left, right]; null where nothing tells. */
export function placeOf(line, offset) {
  let found = null;
  for (const [at, left, right] of line.letters) {
    if (at > offset) break;
    found = [left, right];
  }
  return found ?? line.letters[0]?.slice(1) ?? null;
}

/** The box around the printed lines of a line of the text; null where it has none. */
export function boxOf(line) {
  if (!line.boxes.length) return null;
  const side = (index, of) => of(...line.boxes.map((box) => box[index]));
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
}

/** What a frame shows of another line's box, but for what lies over the frame's own line: in columns the line beside it,
 * on a page that is askew the feet of the line above. Boxes of the page, as [left, top, right, bottom]. */
export function beside(other, own, frame) {
  const apart = other[2] <= own[0] || other[0] >= own[2];
  const heights = apart ? [[frame[1], frame[3]]] : [[frame[1], own[1]], [own[3], frame[3]]];
  return heights
    .map(([from, to]) => [Math.max(other[0], frame[0]), Math.max(other[1], from), Math.min(other[2], frame[2]), Math.min(other[3], to)])
    .filter(([left, top, right, bottom]) => left < right && top < bottom);
}

/** The line and letter at a point of the page: {line, offset}; null far from any line. */
export function lineAt(lines, [x, y]) {
  let best = null;
  for (const [index, line] of lines.entries()) {
    for (const [left, top, right, bottom] of line.boxes) {
      const down = Math.max(top - y, y - bottom, 0);
      const aside = Math.max(left - x, x - right, 0);
      const far = down + aside / 4;
      if (down <= bottom - top && (best === null || far < best.far)) best = { far, index };
    }
  }
  return best && { line: best.index, offset: letterAt(lines[best.index], x) };
}

/** How many code points of an element's text stand before a point of the window; null where none is hit. */
export function pointedAt(element, { clientX, clientY }) {
  const hit = document.caretPositionFromPoint
    ? document.caretPositionFromPoint(clientX, clientY)
    : document.caretRangeFromPoint(clientX, clientY);
  const node = hit && (hit.offsetNode ?? hit.startContainer);
  if (!node || !element.contains(node) || node.nodeType !== Node.TEXT_NODE) return null;
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, hit.offset ?? hit.startOffset);
  return Array.from(range.toString()).length;
}

/** The letters from a place to another, in code points, of an element's text; null where it has not so many. */
export function rangeOf(element, from, to) {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = Array.from(node.data);
    if (!begun && from < at + points.length) {
      range.setStart(node, toUnits(node.data, from - at));
      begun = true;
    }
    if (begun && to <= at + points.length) {
      range.setEnd(node, toUnits(node.data, to - at));
      return range;
    }
    at += points.length;
  }
  return null;
}
