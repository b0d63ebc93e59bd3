// Q leads back, as everywhere.

import { byId } from "./dom.js";
import { isTaken, keyName, lettersAreKeys } from "./keys.js";

document.addEventListener("keydown", (event) => {
  if (!event.repeat && !isTaken(event) && lettersAreKeys() && keyName(event) === "q") location.assign(byId("back").href);
});
