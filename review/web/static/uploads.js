// Scans that are dropped here or chosen: sent one after the other, each with a line that says what became of it.

import { byId, el, messages } from "./dom.js";

const drop = byId("drop");
const most = Number(drop.dataset.most);
const waiting = [];
let sending = false;

function lineFor(file) {
  const state = el("span", {}, messages.upload_waits);
  byId("sent").append(el("li", {}, el("strong", {}, file.name), ": ", state));
  byId("sent").hidden = false;
  return (text) => {
    state.textContent = text;
  };
}

/** Send a file; gives what is said of it. XMLHttpRequest, because fetch tells nothing of how far it is. */
function send(file, say) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Chamra-Token", document.body.dataset.token);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) say(`${Math.floor((100 * event.loaded) / event.total)} %`);
    });
    request.addEventListener("load", () => {
      let body = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = { message: request.responseText };
      }
      if (request.status !== 200) done(`${messages.not_done} ${body.message ?? ""}`);
      else done(body.known ? messages.upload_known : `${messages.upload_taken} (${body.pages} ${messages.pages})`);
    });
    request.addEventListener("error", () => done(messages.no_answer));
    request.send(file);
  });
}

async function next() {
  if (sending) return;
  sending = true;
  while (waiting.length) {
    const { file, say } = waiting.shift();
    say(await send(file, say));
  }
  sending = false;
}

function take(files) {
  for (const file of files) {
    const say = lineFor(file);
    if (file.size > most) say(messages.upload_too_large);
    else waiting.push({ file, say });
  }
  next();
}

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) document.addEventListener(kind, () => drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer.files);
});
byId("files").addEventListener("change", (event) => {
  take(event.target.files);
  event.target.value = "";
});
