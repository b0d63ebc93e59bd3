// Which key was meant, whatever layout is on: a Thai layout gives ฟ for the key that is A.

const BY_PLACE = {
  Slash: ["/", "?"], BracketLeft: ["[", "{"], BracketRight: ["]", "}"], Minus: ["-", "_"], Equal: ["=", "+"],
  Comma: [",", "<"], Period: [".", ">"], NumpadAdd: ["+", "+"], NumpadSubtract: ["-", "-"],
};

/** The name of the key: a small Latin letter, a digit, a sign or a name such as ArrowDown. */
export function keyName(event) {
  const { key, code } = event;
  // Digits by place: without Shift a Thai layout gives letters there, a French one gives accents.
  if (/^(Digit|Numpad)\d$/.test(code) && !event.shiftKey) return code.at(-1);
  if (/^[\x21-\x7e]$/.test(key)) return key.toLowerCase();
  if (/^Key[A-Z]$/.test(code)) return code.at(-1).toLowerCase();
  if (code in BY_PLACE) return BY_PLACE[code][event.shiftKey ? 1 : 0];
  return key;
}

/** False where somebody has switched the keys of single letters off (WCAG 2.1.4). */
export const lettersAreKeys = () => JSON.parse(localStorage.getItem("chamra-keys") ?? '{"on": true}').on;

/** True while the key belongs to the text that is being written, or to the browser. */
export function isTaken(event) {
  const target = event.target;
  const field = target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]");
  return event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || Boolean(field);
}
