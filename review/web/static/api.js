// Talking to the server. An answer is {status, body}; no answer at all is an Unreachable.

import { messages } from "./dom.js";

/** No answer, or none that lasts; `login` says that a login mends it. */
export class Unreachable extends Error {
  constructor(message, login = false) {
    super(message);
    this.login = login;
  }
}

const LIMIT_MS = 15000;

async function ask(path, options, limit = LIMIT_MS) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), limit);
  try {
    const response = await fetch(path, { ...options, signal: controller.signal, credentials: "same-origin" });
    const kind = response.headers.get("content-type") || "";
    const body = kind.startsWith("application/json") ? await response.json() : { message: await response.text() };
    return { status: response.status, body };
  } catch {
    // What the browser says of it ("TypeError: Failed to fetch") tells nobody anything.
    throw new Unreachable(messages.no_answer);
  } finally {
    clearTimeout(timer);
  }
}

export const get = (path) => ask(path, {});

const send = (path, body, limit) =>
  ask(
    path,
    {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Chamra-Token": document.body.dataset.token },
      body: JSON.stringify(body),
    },
    limit,
  );

/** Post; where the session has ended and the same person has logged in again meanwhile, once more. */
export async function post(path, body, limit = LIMIT_MS) {
  const answer = await send(path, body, limit);
  if (![401, 403].includes(answer.status) || ["role", "password"].includes(answer.body.error)) return answer;
  const { status, body: session } = await get("/api/session");
  if (status !== 200) return answer;
  // What one person has decided must not go on record as another's.
  if (session.account !== document.body.dataset.account) return { status: 401, body: { error: "login", message: messages.other_person } };
  document.body.dataset.token = session.token;
  return send(path, body, limit);
}
