// What stands behind a letter of the text, in a dialog. The server is told a line and how many code points of it, as
// it is shown, stand before the letter; where that is in the text is the server's to find.

import { get, Unreachable } from "./api.js";
import { attested, byId, el, fill, messages, moment } from "./dom.js";
import { decisionParts } from "./view.js";

const shownLine = (line) => line.runs.map(([text]) => text).join("");

export class Tracing {
  #page;
  #asked = 0;
  #near = {};

  /** `page` gives its address (`api`), the data that is shown, what is looked at, and what to do when it has changed or
   * is left. */
  constructor(page) {
    this.#page = page;
    byId("trace").addEventListener("keydown", (event) => {
      const next = { ArrowLeft: this.#near.previous, ArrowRight: this.#near.next }[event.key] ?? null;
      if (next === null) return;
      event.preventDefault();
      this.#ask({ line: this.#near.line, letter: next });
    });
    byId("trace").addEventListener("close", page.rest);
  }

  /** Trace the letter, the finding or the line that is looked at. */
  open() {
    const place = this.#page.current();
    if (place !== null) this.#ask(place);
  }

  async #ask(place) {
    const turn = ++this.#asked;
    try {
      const { status, body } = await get(`${this.#page.api()}/trace?${new URLSearchParams(place)}`);
      if (turn === this.#asked) await this.#show(status, body);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.#say(messages.problem, error.message);
    }
  }

  async #show(status, found) {
    if (status !== 200) return this.#say(messages.problem, found.message);
    const line = found.line === null ? null : this.#page.data().lines[found.line];
    if (found.line !== null && (!line || shownLine(line) !== found.text)) {
      await this.#page.reload();
      return this.#say(messages.trace_changed);
    }
    this.#near = found;
    byId("trace-line").replaceChildren(...lineParts(found));
    fill(byId("trace-rows"), ...rowsOf(found, this.#page.api()).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, ...value))));
    return this.#present();
  }

  #say(...sentences) {
    this.#near = {};
    fill(byId("trace-line"));
    fill(byId("trace-rows"), el("p", {}, sentences.join(" ")));
    this.#present();
  }

  #present() {
    if (!byId("trace").open) byId("trace").showModal();
  }
}

function lineParts({ text, letter, line, next, character }) {
  if (line === null) return [el("del", {}, character)];
  const letters = Array.from(text);
  const end = next ?? letters.length;
  return [letters.slice(0, letter).join(""), el("mark", {}, letters.slice(letter, end).join("")), letters.slice(end).join("")];
}

function rowsOf(found, api) {
  const { reading, edit, signed, box } = found;
  const record = (number) => ` (${messages.record} ${number})`;
  const thai = (text) => el("span", { class: "th", lang: "th" }, text);
  const sure = reading.confidence === null ? "" : `, ${messages.confidence} ${Math.round(reading.confidence * 100)} %`;
  const changed = edit ? [thai(edit.before), " → ", thai(edit.after || "∅")] : [messages.trace_as_read];
  return [
    [messages.trace_letter, [thai(found.character), " ", el("span", { class: "mono", lang: "en" }, found.code)]],
    [messages.line_picture, [box ? el("img", { src: `${api}/cut?box=${box.join(",")}`, alt: messages.line_picture }) : messages.no_picture]],
    [messages.before, [thai(reading.text), ` ${reading.reader}${sure}${record(reading.record)}`]],
    [messages.trace_others, reading.others.length ? [el("ul", {}, ...reading.others.map(otherOf))] : ["–"]],
    [messages.trace_edit, found.taken_away ? [messages.trace_taken] : changed],
    [messages.finding, found.findings.length ? [el("ul", {}, ...found.findings.map(findingOf))] : [messages.none_yet]],
    [messages.rule, [el("span", { class: "id" }, `${found.ruleset}, ${found.dictionaries}`), record(found.findings_record)]],
    [messages.trace_signed, signed ? [`${signed.name} (${signed.account}), ${attested(signed)}, `, moment(signed.when), record(signed.record)] : [messages.trace_unsigned]],
    [messages.anchor, found.anchors.length ? found.anchors.flatMap(({ file, record: at, when }) => [`${file}, `, moment(when), record(at)]) : ["–"]],
    [messages.trace_file, [thai(found.name), el("span", { class: "mono id small" }, ` SHA-256 ${found.document}`)]],
    [messages.scan, [el("span", { class: "mono id small" }, found.image ? `SHA-256 ${found.image}` : "–")]],
  ];
}

function otherOf({ reader, text, gave }) {
  if (text === null) return el("li", {}, `${reader}: ${messages.trace_not_asked}`);
  return el("li", {}, `${reader}: `, el("span", { class: "th", lang: "th" }, text || "∅"), gave ? ` (${messages.trace_gave})` : "");
}

function findingOf({ id, rule, message, applied, blind, decisions }) {
  const said = decisions.map((one) => el("li", {}, ...decisionParts(one), ` (${messages.record} ${one.record})`));
  if (blind) said.push(el("li", {}, messages.blind));
  const head = [el("b", {}, rule), ` ${applied ? messages.trace_applied : messages.trace_about}: `, el("span", { lang: "en" }, messages[`rule_${rule}`] ?? message), " ", el("span", { class: "mono small" }, id)];
  return el("li", {}, ...head, said.length ? el("ul", {}, ...said) : null);
}
