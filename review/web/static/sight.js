// What is looked at: the page as it is shown, the line that is lit, the finding and the letter on it.

import { LetterCursor } from "./letter-cursor.js";
import { Looking } from "./looking.js";

export const sight = {
  reads: document.body.classList.contains("reads"),
  data: null,
  line: -1,
  current: null,
  letter: new LetterCursor(),
  choices: [],
  looking: new Looking(),
};

/** The finding that is lit, null for none. */
export const finding = () => sight.data?.findings.find((one) => one.id === sight.current) ?? null;
