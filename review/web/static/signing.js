// The dialog in which a page is signed: the text as it will stand, and its hash.

import { byId, el, fill, messages } from "./dom.js";

let shown = null;

/** Show what would be signed, and the lines that are to be looked at first; `api` is the page's address. */
export function openSignature(sign, api) {
  const dialog = byId("signing");
  shown = sign;
  const rows = sign.sample.map(({ text, automatic, box }) =>
    el("li", {},
      box ? el("img", { src: `${api}/cut?box=${box.join(",")}`, alt: messages.line_picture, loading: "lazy" }) : null,
      el("span", { class: "th", lang: "th" }, text), " ",
      el("span", { class: "small soft" }, messages[automatic ? "sample_automatic" : "sample_untouched"])),
  );
  byId("signing-look").hidden = !rows.length;
  fill(byId("signing-sample"), ...rows);
  byId("signing-text").textContent = sign.text;
  byId("signing-hash").textContent = sign.sha256;
  byId("signing-policy").textContent = `${sign.by_policy} ${messages.sign_policy} ${sign.policy}.`;
  dialog.returnValue = "";
  dialog.showModal();
  (byId("signing-password") ?? byId("signing-yes")).focus();
}

/** Say what follows when the dialog is closed: with a signature, which hears what the dialog has shown, and in any case. */
export function onSignature(signed, closed) {
  byId("signing").addEventListener("close", () => {
    closed();
    if (byId("signing").returnValue === "yes") signed(shown);
  });
}
