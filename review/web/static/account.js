// A person's own account: making a passkey, and ending one.

import { post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";
import { madePasskey, NoPasskey } from "./passkey.js";

const said = byId("said");

async function telling(act) {
  try {
    const { status, body } = await act();
    if (status === 200) return location.assign("/account");
    said.textContent = body.message;
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof NoPasskey)) throw error;
    said.textContent = error.message;
  }
  return undefined;
}

byId("passkey-form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const password = byId("passkey-password")?.value;
  telling(async () => {
    const question = await post("/api/account/passkeys/challenge", {});
    if (question.status !== 200) return question;
    return post("/api/account/passkeys", { ...(await madePasskey(question.body)), password });
  });
});

for (const button of document.querySelectorAll("[data-end]"))
  button.addEventListener("click", () => {
    if (confirm(messages.passkey_end_sure)) telling(() => post("/api/account/passkeys/end", { key: button.dataset.end }));
  });

// An address of numbers has no passkeys: browsers make them for names.
if (byId("passkey-numbers")) byId("passkey-numbers").hidden = !/^[\d.]+$|^\[/.test(location.hostname);
