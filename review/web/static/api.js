// Talking to the server. An answer is {status, body}; no answer at all is an Unreachable.

export class Unreachable extends Error {}

const LIMIT_MS = 15000;

async function ask(path, options) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), LIMIT_MS);
  try {
    const response = await fetch(path, { ...options, signal: controller.signal, credentials: "same-origin" });
    const kind = response.headers.get("content-type") || "";
    const body = kind.startsWith("application/json") ? await response.json() : { message: await response.text() };
    return { status: response.status, body };
  } catch (error) {
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}

export const get = (path) => ask(path, {});

export const post = (path, body) =>
  ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Chamra-Token": document.body.dataset.token },
    body: JSON.stringify(body),
  });
