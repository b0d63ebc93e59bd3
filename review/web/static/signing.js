// The dialog in which a page is signed: the text as it will stand, and its hash.

import { byId, messages } from "./dom.js";

/** Show what would be signed. */
export function openSignature(sign) {
  const dialog = byId("signing");
  byId("signing-text").textContent = sign.text;
  byId("signing-hash").textContent = sign.sha256;
  byId("signing-policy").textContent = `${sign.by_policy} ${messages.sign_policy} ${sign.policy}.`;
  dialog.returnValue = "";
  dialog.showModal();
  byId("signing-yes").focus();
}

/** Say what follows when the dialog is closed: with a signature, and in any case. */
export function onSignature(signed, closed) {
  byId("signing").addEventListener("close", () => {
    closed();
    if (byId("signing").returnValue === "yes") signed();
  });
}
