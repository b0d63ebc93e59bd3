// Passkeys (Web Authentication), and what a signing asks for: nothing, the password, or a passkey's answer.

import { post } from "./api.js";
import { byId, messages } from "./dom.js";

/** The person has not answered, or the browser has no passkeys here; the message says which. */
export class NoPasskey extends Error {}

const MINUTE = 60000;

const written = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const read = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const named = (id) => ({ type: "public-key", id: read(id) });

async function asked(question) {
  if (!window.PublicKeyCredential) throw new NoPasskey(messages.passkey_none);
  try {
    return await question();
  } catch (error) {
    throw new NoPasskey(error.name === "InvalidStateError" ? messages.passkey_known : `${messages.passkey_refused} (${error.name})`);
  }
}

/** Make a passkey; what the server needs to know of it. */
export async function madePasskey({ challenge, host, user, account, name, known }) {
  const made = await asked(() => navigator.credentials.create({ publicKey: {
    challenge: read(challenge), rp: { id: host, name: "Chamra" }, user: { id: read(user), name: account, displayName: name },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }], excludeCredentials: known.map(named), timeout: MINUTE,
    authenticatorSelection: { userVerification: "required", residentKey: "preferred" }, attestation: "none",
  } }));
  return {
    id: written(made.rawId), public_key: written(made.response.getPublicKey()),
    authenticator: written(made.response.getAuthenticatorData()), client: written(made.response.clientDataJSON),
  };
}

async function answered({ challenge, host, credentials, when, seq }) {
  const { rawId, response } = await asked(() => navigator.credentials.get({ publicKey: {
    challenge: read(challenge), rpId: host, allowCredentials: credentials.map(named), userVerification: "required", timeout: MINUTE,
  } }));
  return {
    id: written(rawId), when, seq, authenticator: written(response.authenticatorData),
    client: written(response.clientDataJSON), signature: written(response.signature),
  };
}

/** What a refused signing is told as; undefined where the server's own words must do. */
export const refusalOf = ({ error }) => ({ changed: messages.sign_changed, password: messages.sign_password_wrong })[error];

/** Sign what `shown` names: whoever has a passkey is asked for it. The server's answer. */
export async function signDocument(id, shown) {
  const path = `/api/documents/${id}`;
  const password = byId("signing-password");
  const question = await post(`${path}/statement`, shown);
  if (question.status !== 200) return question;
  const given = question.body.asks === "passkey" ? { passkey: await answered(question.body) } : { password: password?.value };
  if (password) password.value = "";
  return post(`${path}/sign`, { ...shown, ...given });
}
