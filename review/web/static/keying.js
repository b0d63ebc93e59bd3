// Typing numbers and names from the scan: one place after the other, each durable before the next comes.

import { get, post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";

const root = `/api/documents/${byId("keying").dataset.document}`;
const form = byId("place");
const value = byId("value");
let places = [];
let left = 0;
let busy = false;

const say = (text) => { byId("said").textContent = text; };

/** Show the place that is next, or that none is. */
function show() {
  const [one] = places;
  form.hidden = !one;
  byId("left").textContent = one ? `${left} ${messages.keying_left}.` : messages.keying_done;
  if (!one) return;
  byId("page").textContent = String(one.page);
  byId("cut").hidden = !one.cut;
  byId("no-picture").hidden = Boolean(one.cut);
  if (one.cut) byId("cut").src = one.cut;
  value.value = "";
  value.focus();
  const [, next] = places;
  if (next?.cut) new Image().src = next.cut;
}

async function load() {
  const { status, body } = await get(`${root}/keying`);
  if (status !== 200) {
    say(body.message);
    return;
  }
  ({ places, left } = body);
  show();
}

/** Record what was typed; what is not recorded stays in the field. */
async function key(text) {
  const [one] = places;
  if (busy || !one) return;
  busy = true;
  say(messages.working);
  try {
    const { status, body } = await post(`${root}/pages/${one.page}/keyed`, { place: one.place, reading: one.reading, value: text });
    if (status !== 200) {
      say(body.message ?? messages.not_done);
      if (status === 409) await load();
      return;
    }
    say("");
    places.shift();
    left -= 1;
    if (places.length) show();
    else await load();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    say(messages.no_answer);
  } finally {
    busy = false;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (value.value.trim()) key(value.value.trim());
  else value.focus();
});
byId("unread").addEventListener("click", () => key(""));
load().catch((error) => {
  if (!(error instanceof Unreachable)) throw error;
  say(messages.no_answer);
});
