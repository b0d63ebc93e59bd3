// Signing a whole document from its list of pages.

import { Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";
import { NoPasskey, refusalOf, signDocument } from "./passkey.js";

const button = byId("sign");
const dialog = byId("signing");

async function sign() {
  const { document: id, seq } = button.dataset;
  try {
    const { status, body } = await signDocument(id, { pages: null, expected_version: Number(seq) });
    if (status === 200) location.reload();
    else byId("said").textContent = refusalOf(body) ?? `${messages.cannot_sign} ${body.message}`;
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof NoPasskey)) throw error;
    byId("said").textContent = `${messages.cannot_sign} ${error.message}`;
  }
}

button?.addEventListener("click", () => {
  dialog.returnValue = "";
  dialog.showModal();
});
dialog.addEventListener("close", () => {
  if (dialog.returnValue === "yes") sign();
});
