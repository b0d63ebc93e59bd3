// Inspecting a sample line by line: every drawn letter counts as right unless it is marked. Kept here until recorded.

import { post, Unreachable } from "./api.js";
import { byId, messages } from "./dom.js";
import { Glances } from "./glances.js";
import { keyName, lettersAreKeys } from "./keys.js";

const id = byId("sample").dataset.sample;
const lines = [...document.querySelectorAll(".inspect-line")];
const key = `chamra-sample-${id}`;
const kept = { seen: [], wrong: {}, ...JSON.parse(localStorage.getItem(key) || "{}") };
const glances = new Glances(lines, document.querySelector(".inspected"));
let at = 0;

const lettersOf = (line) => [...line.querySelectorAll(".letter")];

function keep() {
  localStorage.setItem(key, JSON.stringify(kept));
  byId("looked").textContent = String(kept.seen.length);
  byId("wrong").textContent = String(Object.keys(kept.wrong).length);
}

/** Show of a letter whether it is wrong, and ask what it should be. */
function draw(letter) {
  const { number } = letter.dataset;
  const wrong = number in kept.wrong;
  letter.setAttribute("aria-pressed", String(wrong));
  const field = letter.nextElementSibling;
  field.hidden = !wrong;
  field.querySelector("input").value = wrong ? kept.wrong[number] : "";
  for (const mark of letter.closest(".inspect-line").querySelectorAll("mark")) {
    mark.classList.toggle("wrong", mark.dataset.numbers.split(" ").some((one) => one in kept.wrong));
  }
}

function toggle(letter) {
  const { number } = letter.dataset;
  if (number in kept.wrong) delete kept.wrong[number];
  else kept.wrong[number] = letter.dataset.text ?? "";
  draw(letter);
  keep();
  if (number in kept.wrong) letter.nextElementSibling.querySelector("input").focus();
}

function go(index) {
  at = Math.max(0, Math.min(index, lines.length - 1));
  lines.forEach((line, other) => line.classList.toggle("current", other === at));
  lines[at]?.focus({ preventScroll: true });
  lines[at]?.scrollIntoView({ block: "center" });
}

function seen(index) {
  if (!kept.seen.includes(index) && !glances.has(lines[index])) {
    byId("said").textContent = glances.hasCome(lines[index]) ? messages.look_at_it : messages.picture_first;
    return go(index);
  }
  byId("said").textContent = "";
  if (!kept.seen.includes(index)) kept.seen.push(index);
  lines[index].classList.add("looked");
  keep();
  const next = lines.findIndex((_, other) => other > index && !kept.seen.includes(other));
  return next >= 0 ? go(next) : byId("record").focus();
}

async function record() {
  if (kept.seen.length < lines.length) {
    byId("said").textContent = messages.sample_not_all;
    go(lines.findIndex((_, index) => !kept.seen.includes(index)));
    return;
  }
  byId("record").disabled = true;
  byId("said").textContent = messages.saving;
  const wrong = Object.entries(kept.wrong).map(([number, text]) => [Number(number), text, ""]);
  try {
    const { status, body } = await post(`/api/samples/${id}`, { seen: kept.seen.length, wrong }, 120000);
    if (status === 200) {
      localStorage.removeItem(key);
      location.assign("/samples");
    } else byId("said").textContent = `${messages.refused} ${body.message}`;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    byId("said").textContent = messages.no_answer;
  } finally {
    byId("record").disabled = false;
  }
}

/** Another letter of the line, on the left or on the right. */
function step(by) {
  const letters = lettersOf(lines[at]);
  const now = letters.indexOf(document.activeElement);
  letters[Math.max(0, Math.min(letters.length - 1, now < 0 ? 0 : now + by))]?.focus();
}

const KEYS = { ArrowUp: () => go(at - 1), k: () => go(at - 1), ArrowDown: () => go(at + 1), j: () => go(at + 1), ArrowLeft: () => step(-1), ArrowRight: () => step(1) };

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const name = keyName(event);
  const writes = event.target instanceof HTMLInputElement;
  if (name === "Enter" && !event.repeat && !["record"].includes(event.target.id) && !(event.target instanceof HTMLAnchorElement)) {
    event.preventDefault();
    seen(at);
  } else if (!writes && name in KEYS && (name.length > 1 || lettersAreKeys())) {
    event.preventDefault();
    KEYS[name]();
  }
});
lines.forEach((line, index) => {
  line.addEventListener("focusin", () => {
    if (at === index) return;
    at = index;
    lines.forEach((one, other) => one.classList.toggle("current", other === at));
  });
  line.querySelector(".seen").addEventListener("click", () => seen(index));
  for (const letter of lettersOf(line)) {
    letter.addEventListener("click", () => toggle(letter));
    letter.nextElementSibling.querySelector("input").addEventListener("input", (event) => {
      kept.wrong[letter.dataset.number] = event.target.value;
      keep();
    });
    draw(letter);
  }
  for (const mark of line.querySelectorAll("mark")) {
    mark.addEventListener("click", () => toggle(line.querySelector(`[data-number="${mark.dataset.numbers.split(" ")[0]}"]`)));
  }
  if (kept.seen.includes(index)) line.classList.add("looked");
});
byId("record").addEventListener("click", record);
keep();
go(Math.max(0, lines.findIndex((_, index) => !kept.seen.includes(index))));
