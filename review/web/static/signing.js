// Signing a page: the lines that were drawn by lot are passed first, then the text is shown as it will stand, with its hash.

import { Unreachable } from "./api.js";
import { announce, byId, messages } from "./dom.js";
import { NoPasskey, refusalOf, signDocument } from "./passkey.js";

const MOST_NAMED = 20; // lines

/** How many errors are still to be expected, with the range. */
const restOf = ({ errors, low, high }) => `${messages.rest_errors} ${Math.round(errors)} (${Math.round(low)}–${Math.round(high)})`;

/** How many lines were passed, and which of them faster than anybody reads. */
function passedOf({ lines }) {
  const hurried = lines.flatMap((one, index) => (one.hurried ? [index + 1] : []));
  const said = hurried.length ? ` ${messages.lines_hurried} ${hurried.length} (${hurried.slice(0, MOST_NAMED).join(", ")}${hurried.length > MOST_NAMED ? ", …" : ""}).` : "";
  return `${messages.lines_seen} ${lines.filter((one) => one.seen).length}/${lines.length}.${said}`;
}

export class Signing {
  #document;
  #page;
  #office;
  #troubles;
  #shown = null;

  /** True while the lines are passed that must be passed first. */
  isWanted = false;

  /** `page` has `number`, `drafts`, `shown()`, `select(line)`, `reload()`, `rest()`. */
  constructor(document, page, office, troubles) {
    this.#document = document;
    this.#page = page;
    this.#office = office;
    this.#troubles = troubles;
    // The key that has passed the last line, still held down, must not sign.
    byId("signing").addEventListener("keydown", (event) => event.repeat && ["Enter", " "].includes(event.key) && event.preventDefault());
    byId("signing").addEventListener("close", () => {
      page.rest();
      if (byId("signing").returnValue === "yes") this.#sign(this.#shown);
    });
  }

  open() {
    if (this.#page.drafts.slots.some((slot) => slot.startsWith("line:"))) return this.#refuse(messages.unsaved_lines);
    return this.#office.whenRecorded(() => {
      const data = this.#page.shown();
      const { sign } = data;
      if (!sign.can) return this.#refuse(whyNot(data));
      const left = sign.sample.filter((one) => !data.lines[one.line].seen);
      this.isWanted = left.length > 0;
      if (this.isWanted) {
        this.#page.select(left[0].line);
        return this.#refuse(`${messages.look_first} ${left.length}`, messages.sign_page);
      }
      return this.#show({ ...sign, seq: data.seq }, [passedOf(data), data.rest ? restOf(data.rest) : ""].filter(Boolean).join(" "));
    });
  }

  /** Show what would be signed; `seen` says how much of it was passed line by line. */
  #show(sign, seen) {
    const dialog = byId("signing");
    this.#shown = sign;
    byId("signing-seen").textContent = seen;
    byId("signing-text").textContent = sign.text;
    byId("signing-hash").textContent = sign.sha256;
    byId("signing-policy").textContent = `${sign.by_policy} ${messages.sign_policy} ${sign.policy}.`;
    dialog.returnValue = "";
    dialog.showModal();
    (byId("signing-password") ?? byId("signing-yes")).focus();
  }

  /** Sign what the dialog has shown, whatever has become of the page since. */
  async #sign(shown) {
    const { number } = this.#page;
    try {
      const { status, body } = await signDocument(this.#document, {
        pages: [number], texts: { [number]: shown.sha256 }, expected_version: shown.seq, looked: { [number]: shown.sample.map((one) => one.line) },
      });
      await this.#page.reload();
      if (status !== 200) return this.#troubles.refused(refusalOf(body) ?? body.message);
      announce(messages.signed);
      return (byId("to-next") ?? byId("lines")).focus();
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof NoPasskey)) throw error;
      return this.#troubles.refused(messages.cannot_sign, error.message);
    }
  }

  #refuse(words, title = "") {
    announce(words);
    this.#troubles.refused(words, title);
  }
}

function whyNot({ sign, findings, returned }) {
  if (sign.signed) return `${messages.signed_by} ${sign.signed.name} (${sign.signed.account})`;
  const open = findings.filter((one) => one.todo).length;
  const others = findings.filter((one) => one.waits && !one.todo).length;
  const waiting = [open ? `${messages.open}: ${open}` : "", others ? `${messages.for_second}: ${others}` : ""].filter(Boolean).join(" · ");
  return [messages.cannot_sign, returned.length ? messages.answer_first : "", waiting].filter(Boolean).join(" ");
}
