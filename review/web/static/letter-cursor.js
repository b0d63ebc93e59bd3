// The letter that is pointed at on the line that is lit: moved by letter with its marks, or by single mark; and what it may be
// in truth, to choose from by number.

import { byId, el, fill, messages } from "./dom.js";
import { clustersOf } from "./offsets.js";

const MOST = 9;

export class LetterCursor {
  /** Code points before the letter, and before what follows it; null where none is pointed at. */
  at = null;
  to = null;

  get isSet() {
    return this.at !== null;
  }

  clear() {
    this.at = this.to = null;
  }

  /** Point at the letter with its marks at an offset of a text. */
  put(text, offset) {
    const found = clustersOf(text).find(([, end]) => offset < end);
    [this.at, this.to] = found && offset <= found[0] ? found : [offset, found ? found[1] : offset];
  }

  /** Go on to the next letter (1) or back (-1); with `marks` to the next letter or mark. */
  step(text, direction, marks) {
    const all = marks ? Array.from(text, (_, at) => [at, at + 1]) : clustersOf(text);
    if (!all.length) return;
    const here = this.isSet ? all.findLastIndex(([start]) => start <= this.at) : (direction > 0 ? -1 : all.length);
    [this.at, this.to] = all[Math.min(Math.max(here + direction, 0), all.length - 1)];
  }
}

/** What may stand at a letter of a line: [start, end, text, the letter then]; other readers' readings first, then what each
 * letter and mark of it is likely mistaken for. */
export function choicesAt({ text, others }, { at, to }, likely) {
  if (at === null || at === to) return [];
  const letters = Array.from(text);
  const found = new Map();
  const add = (start, end, words) => {
    const then = [...letters.slice(Math.min(at, start), start), words, ...letters.slice(end, Math.max(to, end))].join("");
    if (then !== letters.slice(Math.min(at, start), Math.max(to, end)).join("") && !found.has(then)) found.set(then, [start, end, words, then]);
  };
  for (const [, pieces] of others) for (const [words, start, end, differs] of pieces) if (differs && start < to && end > at) add(start, end, words);
  const each = letters.slice(at, to).map((letter) => Array.from(likely[letter] ?? ""));
  for (let rank = 0; rank < MOST; rank += 1) {
    for (const [step, kin] of each.entries()) if (kin[rank]) add(at + step, at + step + 1, kin[rank]);
  }
  for (const [step, letter] of letters.slice(at, to).entries()) if (/\p{Mn}/u.test(letter)) add(at + step, at + step + 1, "");
  return [...found.values()].slice(0, MOST);
}

/** Show what can be chosen by number: the letter that is pointed at, or the finding's other texts. */
export function showChoices(letter, choices, finding) {
  const shown = letter === null ? (finding?.alternatives ?? []).map(([, words]) => words) : choices.map(([, , , then]) => then);
  byId("letter").hidden = letter === null;
  fill(byId("letter"), ...(letter === null ? [] : [`${messages.trace_letter}: `, el("b", { class: "th", lang: "th" }, letter), el("span", { class: "soft mono" }, ` ${namesOf(letter)}`)]));
  fill(byId("alternatives"), ...shown.map((words, index) => {
    const button = el("button", { type: "button", class: "alternative" }, el("kbd", {}, String(index + 1)), " ", el("span", { class: "th", lang: "th" }, el("ins", {}, words || "∅")));
    button.dataset.choice = String(index);
    return el("li", {}, button);
  }));
}

const namesOf = (letter) => Array.from(letter, (one) => `U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`).join(" ");
