// The list of a document's pages: signing all of it, a page taken up again, G and a number to go to a page.

import { post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";
import { isTaken, keyName, lettersAreKeys } from "./keys.js";
import { NoPasskey, refusalOf, signDocument } from "./passkey.js";

const id = document.querySelector("main").dataset.document;
const button = byId("sign");
const dialog = byId("signing");
const jump = byId("jump");

/** Send; say what keeps it from being done; show the list anew when it is done. */
async function send(sending, refused) {
  try {
    const { status, body } = await sending();
    if (status === 200) location.reload();
    else byId("said").textContent = refusalOf(body) ?? `${refused} ${body.message}`;
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof NoPasskey)) throw error;
    byId("said").textContent = `${refused} ${error.message}`;
  }
}

button?.addEventListener("click", () => {
  dialog.returnValue = "";
  dialog.showModal();
});
dialog.addEventListener("close", () => {
  const asked = { pages: null, expected_version: Number(button.dataset.seq) };
  if (dialog.returnValue === "yes") send(() => signDocument(id, asked), messages.cannot_sign);
});
for (const one of document.querySelectorAll(".take-up")) {
  one.addEventListener("click", () =>
    send(() => post(`/api/documents/${id}/pages/${one.dataset.page}/take-up`, { note: "" }), messages.refused),
  );
}

jump?.addEventListener("submit", (event) => {
  event.preventDefault();
  const number = byId("jump-to").value.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50)).trim();
  const leaf = [...document.querySelectorAll(".strip .leaf")].find((one) => one.pathname.endsWith(`/pages/${Number(number)}`));
  if (leaf) location.assign(leaf.href);
  else byId("said").textContent = messages.no_such_page;
});
document.addEventListener("keydown", (event) => {
  if (event.repeat || isTaken(event) || !lettersAreKeys() || dialog.open) return;
  if (keyName(event) === "g" && jump) {
    event.preventDefault();
    byId("jump-to").select();
    byId("jump-to").focus();
  }
  if (keyName(event) === "q") location.assign("/");
});
