// What a person says about the lines and findings of a page: shown at once, kept until it is on record.

import { announce, byId, messages } from "./dom.js";
import { joined } from "./line-order.js";
import { openOn, positionOf, sureOn } from "./model.js";
import { finding, sight } from "./sight.js";
import { spoken } from "./view.js";

const request = (one, verdict, after = null) => ({ finding: one.id, verdict, after, expected_version: one.version });
const remark = () => byId("remark").value.trim();

export class Deeds {
  #see;
  #litAt = 0;

  /** `see` is the station: `select`, `refresh`, `rest`, and its parts `here`, `office`, `troubles`, `editor`, `writer`,
   * `signing`, `order`, `lines`. */
  constructor(see) {
    this.#see = see;
  }

  /** Decide about the finding that is lit, and no other. */
  decide(verdict, after = null) {
    const one = finding() ?? openOn(sight.data, sight.line);
    if (one === null || this.#see.troubles.asks || sight.reads) return;
    if (one.id !== sight.current) return this.#see.select(sight.line, { finding: one.id });
    this.#measured();
    this.#see.office.decide([request(one, verdict, after)], remark());
    this.#decided();
  }

  /** Accept what is almost certain on the line that is lit, each by itself. */
  acceptSure() {
    const sure = sureOn(sight.data, sight.line);
    if (!sure.length || this.#see.troubles.asks || sight.reads) return;
    this.#measured();
    this.#see.office.decide(sure.map((one) => request(one, "accept")), remark());
    this.#decided();
  }

  #decided() {
    const next = openOn(sight.data, sight.line);
    this.#see.select(sight.line, { finding: next?.id ?? null });
    announce(next ? spoken(next, positionOf(sight.data, next)) : messages.line_open);
  }

  /** The line that is lit is right as it stands. */
  pass() {
    const one = sight.data.lines[sight.line];
    if (!one || this.#see.troubles.asks) return;
    const draft = this.#see.here.drafts.of(`line:${one.key}`);
    if (draft) return this.passWritten(sight.line, draft.text);
    const open = openOn(sight.data, sight.line);
    if (open && !sight.reads) {
      this.#see.select(sight.line, { finding: open.id });
      return announce(messages.decide_first);
    }
    if (!sight.reads && (!one.seen || one.hurried)) {
      if (!sight.looking.isLongEnough) return this.#tooSoon();
      this.#see.office.pass({ key: one.key, was: one.text, milliseconds: sight.looking.milliseconds });
    }
    return this.#passed();
  }

  /** Nobody can have looked at the line yet: it stays lit, and is brought into view. */
  #tooSoon() {
    if (!sight.looking.hasCome) return this.#see.troubles.refused(messages.picture_first, "");
    this.#see.lines.bringIntoView(sight.line);
    return announce(messages.look_at_it);
  }

  passWritten(index, text) {
    const one = sight.data.lines[index];
    this.#see.editor.close();
    if (text === one.text) {
      this.#see.here.drafts.drop(`line:${one.key}`);
      this.#see.refresh();
      return this.pass();
    }
    this.#measured();
    this.#see.office.write("texts", { kind: "line", was: one.text, text, box: null }, { key: one.key, slot: `line:${one.key}` });
    if (sight.looking.isLongEnough) this.#see.office.pass({ key: one.key, was: text, milliseconds: sight.looking.milliseconds });
    return this.#passed();
  }

  #passed() {
    if (this.#see.signing.isWanted) return this.#see.signing.open();
    const next = sight.data.lines.findIndex((one, index) => index > sight.line && (!one.seen || openOn(sight.data, index)));
    if (next >= 0) this.#see.select(next);
    else {
      this.#see.select(sight.line);
      announce(sight.data.sign.can ? messages.sign_now : messages.page_passed);
    }
    this.#see.rest();
  }

  /** Take something out: what the finding that is lit marks, else the line. */
  strike(whole) {
    const one = finding();
    const at = sight.data.lines[sight.line];
    if (!at || this.#see.troubles.asks || sight.reads) return;
    this.#measured();
    if (one !== null && one.original && !whole) this.#see.office.decide([request(one, "edit", "")], remark());
    else this.#see.office.write("texts", { kind: "strike", was: at.text, text: "", box: null }, { key: at.key });
    this.#decided();
  }

  /** Put a text in a place of the line: what another reader has read there, what a letter is likely mistaken for. */
  take(index, [start, end, text]) {
    if (sight.reads || this.#see.troubles.asks) return;
    const one = sight.data.lines[index];
    const letters = Array.from(one.text);
    const written = [...letters.slice(0, start), text, ...letters.slice(end)].join("");
    if (index !== sight.line) this.#see.select(index);
    this.#measured();
    this.#see.office.write("texts", { kind: "line", was: one.text, text: written, box: null }, { key: one.key });
    this.#decided();
  }

  /** Take what the panel offers under a number, of the letter that is pointed at or of the finding. */
  choose(index) {
    if (!sight.letter.isSet) {
      const other = finding()?.alternatives[index]?.[0];
      return other === undefined ? null : this.decide("edit", other);
    }
    if (!sight.choices[index]) return null;
    const { at } = sight.letter;
    this.take(sight.line, sight.choices[index]);
    this.#see.editor.close();
    sight.letter.put(sight.data.lines[sight.line].text, at);
    this.#see.refresh();
    return this.#see.rest();
  }

  takeOther() {
    const piece = sight.data.lines[sight.line]?.others.flatMap(([, pieces]) => pieces).find(([, , , differs]) => differs);
    if (piece) this.take(sight.line, [piece[1], piece[2], piece[0]]);
  }

  takeBack() {
    const slot = sight.data.lines[sight.line] && `line:${sight.data.lines[sight.line].key}`;
    if (slot && this.#see.here.drafts.of(slot) && this.#see.office.isEmpty) {
      this.#see.here.drafts.drop(slot);
      this.#see.refresh();
      return announce(messages.undone);
    }
    return this.#see.office.takeBack();
  }

  /** Say of several lines at once what becomes of them; nothing that was typed there may be lost by it. */
  arrange(kind, first, was, text) {
    if (sight.reads || this.#see.troubles.asks) return null;
    const touched = sight.data.lines.slice(first, first + was.length);
    if (touched.some((one) => this.#see.here.drafts.of(`line:${one.key}`))) return this.#see.troubles.refused(messages.unsaved_lines, "");
    this.#see.editor.close();
    this.#see.office.write("texts", { kind, was, text }, { key: sight.data.lines[first].key });
    this.#see.select(first);
    return this.#see.rest();
  }

  /** A line, by its number, and the one below it become one. */
  joinAt(first) {
    const two = sight.data.lines.slice(first, first + 2);
    if (first >= 0 && two.length === 2) this.arrange("join", first, two.map((one) => one.text), joined(two[0].text, two[1].text));
  }

  /** The line that is lit and the one below it become one. */
  joinLine() {
    this.joinAt(sight.line);
  }

  /** The line that is lit becomes two, before the letter that is pointed at. */
  breakLine() {
    const one = sight.data.lines[sight.line];
    if (!one || !sight.letter.isSet || sight.letter.at === 0) return announce(messages.break_where);
    const letters = Array.from(one.text);
    const [above, below] = [letters.slice(0, sight.letter.at).join("").trimEnd(), letters.slice(sight.letter.at).join("").trimStart()];
    return this.take(sight.line, [0, letters.length, `${above}\n${below}`]);
  }

  openOrder() {
    if (sight.reads || sight.data.lines.length < 2) return;
    this.#see.order.open(sight.data.lines, (index) => this.#see.lines.picture(index), sight.line);
  }

  writeMissed() {
    if (sight.data.stage === "failed") return this.#see.writer.open("page", this.#see.here.drafts, { line: -1, was: "" });
    const one = sight.data.lines[sight.line];
    return this.#see.writer.open("insert", this.#see.here.drafts, { key: one?.key, line: sight.line, was: one?.text ?? "" });
  }

  doubt() {
    if (finding()) this.#see.writer.open("doubtful", this.#see.here.drafts, { finding: sight.current, mark: "doubtful" });
    else if (sight.data.returned.length) this.#see.writer.open("answer", this.#see.here.drafts);
  }

  illegible() {
    if (finding()) this.#see.office.write("marks", { finding: sight.current, mark: "illegible", note: remark() });
  }

  /** What was said is on record; the page is shown as it is now. */
  done(sent, body) {
    if (sent.slot && this.#see.writer.isOpen && sent.kind !== "decisions") this.#see.writer.close();
    if (sent.undoes) announce(messages.undone);
    else if (sent.kind !== "seen") announce(messages.saved);
    if (sent.action === "marks" && sent.body.mark === "illegible") this.#decided();
    if (sent.body.kind === "insert") {
      const made = sight.data.findings.find((one) => body.findings.includes(one.id));
      if (made) this.#see.select(made.line);
    }
    if (this.#litAt) performance.measure("chamra-recorded", { start: this.#litAt, end: performance.now() });
    this.#keepFocus();
  }

  /** From the key to the frame in which the next thing is shown, and to the record. */
  #measured() {
    this.#litAt = performance.now();
    const start = this.#litAt;
    requestAnimationFrame(() => setTimeout(() => performance.measure("chamra-decision", { start, end: performance.now() })));
  }

  /** What was focused may be gone now: then the lines are, so that the next key is heard and Tab goes on. */
  #keepFocus() {
    const active = document.activeElement;
    if (active === document.body || active === null || !active.isConnected || active.closest("[hidden]")) this.#see.rest();
  }
}
