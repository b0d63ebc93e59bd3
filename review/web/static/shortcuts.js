// Which key does what. Everybody may give a command another key, and switch the keys of single letters off (WCAG 2.1.4).

import { byId, el, fill, messages } from "./dom.js";
import { keyName } from "./keys.js";

const STORE = "chamra-keys";

// In the order in which they are listed; what has several keys is listed under the first.
export const GROUPS = {
  decide: {
    accept: ["a"], accept_sure: ["shift+a"], reject: ["r"], edit: ["e", "f2"], pass: ["enter"], strike: ["delete"], strike_line: ["shift+delete"],
    take_other: ["y"], insert: ["i"], join: ["l"], break: ["b"], order: ["p"], illegible: ["x"], doubt: ["d"], remark: ["c"], undo: ["u"], sign: ["s"], waive: ["w"],
  },
  go: {
    next_line: ["arrowdown"], previous_line: ["arrowup"], next_finding: ["j"], previous_finding: ["k"], skip: ["n"], least_sure: ["m"],
    next_letter: ["arrowright"], previous_letter: ["arrowleft"], next_mark: ["."], previous_mark: [","], next_page: ["]"], previous_page: ["["], document: ["q"], alike: ["g"],
  },
  look: {
    side: ["t"], zoom_in: ["+", "="], zoom_out: ["-"], zoom_fit: ["0"], pan: ["shift+arrowleft", "shift+arrowright", "shift+arrowup", "shift+arrowdown"],
    origin: ["o"], safe: ["v"], help: ["?"],
  },
};
const COMMANDS = Object.assign({}, ...Object.values(GROUPS));
const SHOWN = { arrowdown: "↓", arrowup: "↑", arrowleft: "←", arrowright: "→", delete: "Del", enter: "Enter", shift: "⇧" };

/** A key as it is shown. */
const shownAs = (name) => (name === "+" ? "+" : name.split("+").map((part) => SHOWN[part] ?? part.toUpperCase()).join(" "));

const isCharacter = (name) => Array.from(name.replace(/^shift\+/, "")).length === 1;

/** The name of a key with Shift, where that is not already in the sign that it gives. */
function nameOf(event) {
  const name = keyName(event).toLowerCase();
  return event.shiftKey && (name.length > 1 || /[a-z0-9]/.test(name)) ? `shift+${name}` : name;
}

export class Shortcuts {
  #own;
  #asking = null;

  constructor() {
    this.#own = JSON.parse(localStorage.getItem(STORE) ?? '{"on": true, "keys": {}}');
    byId("keys-on").checked = this.#own.on;
    byId("keys-on").addEventListener("change", () => this.#change({ on: byId("keys-on").checked }));
    byId("keys-reset").addEventListener("click", () => this.#change({ on: true, keys: {} }));
    byId("keys").addEventListener("keydown", (event) => this.#asked(event));
    this.#show();
  }

  #keysOf(command) {
    return this.#own.keys[command] ? [this.#own.keys[command]] : COMMANDS[command];
  }

  /** The command that a key gives, null for none. */
  command(event) {
    const name = nameOf(event);
    if (!this.#own.on && isCharacter(name)) return null;
    return Object.keys(COMMANDS).find((command) => this.#keysOf(command).includes(name)) ?? null;
  }

  /** True when keys of a single character are heard. */
  get on() {
    return this.#own.on;
  }

  /** The key of a command as it is shown; empty where it has none now. */
  label(command) {
    const [first] = this.#keysOf(command);
    if (!this.#own.on && isCharacter(first)) return "";
    return shownAs(first);
  }

  open() {
    byId("keys").showModal();
    byId("key-list").scrollTop = 0;
    byId("keys").scrollTop = 0;
  }

  #change(change) {
    this.#own = { ...this.#own, ...change };
    byId("keys-on").checked = this.#own.on;
    localStorage.setItem(STORE, JSON.stringify(this.#own));
    this.#show();
  }

  /** Write the list, and the key of each command beside its button. */
  #show() {
    const rows = Object.entries(GROUPS).map(([group, commands]) =>
      el("section", {}, el("h3", {}, messages[`keys_${group}`]), el("dl", { class: "keys" }, ...Object.keys(commands).map((command) => this.#row(command)))));
    fill(byId("key-list"), ...rows, el("p", { class: "small soft" }, messages.keys_digits));
    for (const button of document.querySelectorAll("[data-command]")) {
      button.querySelector("kbd")?.remove();
      const key = this.label(button.dataset.command);
      if (key) button.append(" ", el("kbd", {}, key));
    }
  }

  #row(command) {
    const keys = this.#keysOf(command).map(shownAs);
    const button = el("button", { type: "button", class: "key", "aria-label": `${messages[`key_${command}`]}: ${keys.join(", ")}. ${messages.keys_change}` },
      el("kbd", {}, keys.slice(0, 4).join("  ")));
    button.addEventListener("click", () => {
      this.#asking = command;
      byId("keys-said").textContent = `${messages.keys_press}: ${messages[`key_${command}`]}`;
    });
    return el("div", {}, el("dt", {}, button), el("dd", {}, messages[`key_${command}`]));
  }

  #asked(event) {
    const command = this.#asking;
    if (command === null || ["Shift", "Control", "Alt", "Meta", "Tab"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#asking = null;
    if (event.key === "Escape") return this.#say("");
    const name = nameOf(event);
    const taken = Object.keys(COMMANDS).find((other) => other !== command && this.#keysOf(other).includes(name));
    if (taken || /^\d$/.test(name)) return this.#say(`${messages.keys_taken}${taken ? `: ${messages[`key_${taken}`]}` : ""}`);
    this.#change({ keys: { ...this.#own.keys, [command]: name } });
    return this.#say(messages.saved);
  }

  #say(words) {
    byId("keys-said").textContent = words;
  }
}
