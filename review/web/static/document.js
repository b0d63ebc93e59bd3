// Signing a whole document from its list of pages.

import { post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";

const button = byId("sign");
const dialog = byId("signing");

async function sign() {
  const { document: id, seq } = button.dataset;
  try {
    const { status, body } = await post(`/api/documents/${id}/sign`, { pages: null, expected_version: Number(seq) });
    if (status === 200) location.reload();
    else byId("said").textContent = body.error === "changed" ? messages.sign_changed : `${messages.cannot_sign} ${body.message}`;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
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
