// Tells an agent that the article before them is told otherwise by now, and what became of it. The
// text on the screen stays until they take the new one: nobody's sentence changes while they say it.

import { Refused, part } from "./asking.js";
import { say } from "./saying.js";

const PAUSE = 1000; // milliseconds between two questions; a change is seen within two of them
const PATIENCE = 5000; // milliseconds that an answer may take
const MISSED = 3; // questions without an answer, after which nobody is told that nothing changed

let timer = 0;
let missed = 0;
let open = null; // the article that is watched
let known = "";

/** Watch an article, by its address and what is known of it. */
export function watch(card) {
  open = card;
  known = card.dataset.etag;
  timer = setTimeout(look, PAUSE);
}

export function unwatch() {
  clearTimeout(timer);
  open = null;
}

async function look() {
  clearTimeout(timer);
  const card = open;
  if (!card || document.hidden) return;
  try {
    const answer = await fetch(card.dataset.watch, {
      headers: { "If-None-Match": known },
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (card !== open) return;
    heard(answer.status < 500);
    if (answer.status === 403) return; // Open since longer than a shift.
    if (answer.status === 200) await changed(card, answer.headers.get("ETag"));
  } catch {
    heard(false); // The next question may be answered.
  }
  if (card === open) {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  }
}

/** Say that changes can't be seen, once some questions have gone unanswered, until one is. */
function heard(answered) {
  missed = answered ? 0 : missed + 1;
  const place = document.getElementById("unwatched");
  const words = missed < MISSED ? "" : place?.dataset.words;
  if (place && place.textContent !== words) place.textContent = words;
}

async function changed(card, etag) {
  const place = document.getElementById("change");
  let html = "";
  try {
    if (etag !== card.dataset.etag) html = await part(card.dataset.changes, { there: "" });
  } catch (error) {
    // Nobody's page goes away while they read it out, because their session ended.
    if (error instanceof Refused && card === open && !card.dataset.signedOut) {
      card.dataset.signedOut = "1";
      say(error.message, { wrong: true });
    }
    throw error;
  }
  if (card !== open) return;
  place.innerHTML = html;
  known = etag;
}

// What was missed while another tab was in front is seen at once.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});
