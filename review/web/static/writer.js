// Words of a person's own that stand under no line: what the reader missed, a page that was not read, a doubt, a reason.
// What is written is kept as a draft until the server has said that it is on record.

import { byId, messages } from "./dom.js";

// What Enter does by itself: save (a line, a note), or begin a new line as long as Ctrl is not held (a page).
const KINDS = {
  insert: { path: "texts", title: "write_missed", hint: "write_missed_hint", rows: 1 },
  page: { path: "texts", title: "write_page", hint: "write_page_hint", rows: 16, long: true },
  doubtful: { path: "marks", title: "write_doubt", rows: 1 },
  waiver: { path: "waiver", title: "write_waiver", rows: 1 },
  "take-up": { path: "take-up", title: "write_take_up", rows: 1, empty: true },
  return: { path: "return", title: "write_return", rows: 1 },
  answer: { path: "answer", title: "write_answer", rows: 1, empty: true },
  revoke: { path: "revoke", title: "write_revoke", rows: 1 },
};

export class Writer {
  #form = byId("writer");
  #field = byId("writer-text");
  #scan;
  #send;
  #rest;
  #kind = null;
  #about = {};
  #box = null;
  #slot = "";
  #drafts = null;

  /** `send(path, body, slot)` puts it on its way, `slot` being that of its draft; `rest` takes the focus when it is
   * closed. */
  constructor({ scan, send, rest }) {
    this.#scan = scan;
    this.#send = send;
    this.#rest = rest;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
    this.#field.addEventListener("keydown", (event) => this.#pressed(event));
    this.#field.addEventListener("input", () => this.#drafts.keep(this.#slot, this.#field.value));
    byId("writer-leave").addEventListener("click", () => this.close());
  }

  get isOpen() {
    return !this.#form.hidden;
  }

  /** Open for a kind; `about` is what the server must know besides the words, `drafts` those of the page. */
  open(kind, drafts, about = {}) {
    this.#drafts = drafts;
    this.#slot = `${kind}:${about.key ?? about.finding ?? ""}`;
    const text = drafts.of(this.#slot)?.text ?? "";
    const { title, hint, rows } = KINDS[kind];
    this.#kind = kind;
    this.#about = about;
    this.#box = null;
    this.#form.hidden = false;
    byId("finding").classList.add("writing");
    byId("writer-title").textContent = messages[title];
    byId("writer-hint").textContent = hint ? messages[hint] : "";
    byId("finding").classList.toggle("long", Boolean(KINDS[kind].long));
    byId("writer-key").textContent = KINDS[kind].long ? "Ctrl Enter" : "Enter";
    this.#field.rows = Math.max(rows, text.split("\n").length);
    this.#field.value = text;
    if (kind === "insert") this.#scan.draw((box) => this.#drawn(box));
    this.#field.focus();
  }

  /** Leave without a record; what was written is there again when it is opened the next time. */
  close() {
    if (!this.isOpen) return;
    const wasIn = this.#form.contains(document.activeElement) || document.activeElement === document.body;
    this.#form.hidden = true;
    byId("finding").classList.remove("writing");
    this.#scan.draw(null);
    if (wasIn) this.#rest();
  }

  #drawn(box) {
    this.#box = box;
    byId("writer-hint").textContent = messages.place_drawn;
    this.#field.focus();
  }

  #pressed(event) {
    // An input method's own keys, Enter above all, belong to it.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && (KINDS[this.#kind].long ? event.ctrlKey : !event.shiftKey)) {
      event.preventDefault();
      this.#save();
    }
  }

  #save() {
    const words = this.#field.value;
    const { path, empty } = KINDS[this.#kind];
    if (!words.trim() && !empty) return this.#field.focus();
    const own = path === "texts" ? { kind: this.#kind, text: words, box: this.#box } : { note: words.trim() };
    return this.#send(path, { ...this.#about, ...own }, this.#slot);
  }
}
