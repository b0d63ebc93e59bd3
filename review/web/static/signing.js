// The dialog in which a page is signed: the text as it will stand, and its hash.

import { byId, messages } from "./dom.js";

let shown = null;

/** Show what would be signed; `seen` says how much of it was passed line by line. */
export function openSignature(sign, seen) {
  const dialog = byId("signing");
  shown = sign;
  byId("signing-seen").textContent = seen;
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
