// Forms around reviewing: each sends its fields as JSON, with the session's token, to the address in `data-post`.

import { post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";

const LONG_MS = 600000;

/** The fields of a form: `data-list` gives a list, `data-truth` yes or no, `data-number` a number. */
function fieldsOf(form) {
  const found = {};
  for (const field of form.elements) {
    if (!field.name) continue;
    const { list, truth, number } = field.dataset;
    if (list !== undefined) {
      found[field.name] ??= [];
      if (field.type !== "checkbox" || field.checked) found[field.name].push(field.value);
    } else if (truth !== undefined) found[field.name] = field.type === "checkbox" ? field.checked : field.value === "yes";
    else found[field.name] = number === undefined ? field.value : Number(field.value);
  }
  return found;
}

/** A password is shown this once; nothing is loaded anew before it was read. */
function show(secret) {
  byId("secret-login").textContent = secret.login;
  byId("secret-password").textContent = secret.password;
  byId("secret").hidden = false;
  byId("secret").scrollIntoView({ block: "nearest" });
}

async function send(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  byId("said").textContent = messages.working;
  try {
    const { status, body } = await post(form.dataset.post, fieldsOf(form), LONG_MS);
    if (status !== 200) byId("said").textContent = `${messages.not_done} ${body.message}`;
    else if (form.dataset.secret !== undefined && body.password) {
      byId("said").textContent = messages.saved;
      form.reset();
      show(body);
    } else if (form.dataset.go) location.assign(`${form.dataset.go}${body.sample}`);
    else location.reload();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    byId("said").textContent = messages.no_answer;
  } finally {
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-post]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
