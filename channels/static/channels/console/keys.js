// The keys. Letters and digits work outside of fields only, and whoever needs their keyboard for a
// voice or a screen reader turns them off (WCAG 2.1.4); what is half typed in an input method is
// nobody's key.

import { hush, tickNext } from "./acts.js";
import { card, close, isOpen, pane } from "./reading.js";
import {
  box, clear, focusBox, isFiltered, links, openFirst, results, touches, walk,
} from "./results.js";

const KEPT = "knowledgehub.agent.keys";
const dialog = document.getElementById("keys");
const choice = document.getElementById("keys-on");
const FIELDS = "input:not([type=checkbox]), select, textarea, [contenteditable]";

const areOn = () => {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
};

function back(event) {
  const field = event.target.closest(FIELDS);
  const unfolded = document.querySelector("details.flag[open]");
  const aloud = document.getElementById("aloud");
  if (unfolded && (unfolded.contains(event.target) || !field)) {
    unfolded.open = false;
    pane.focus({ preventScroll: true });
  } else if (aloud && !aloud.hidden && !field) {
    hush(aloud);
  } else if (field && field !== box) {
    field.blur();
    pane.focus({ preventScroll: true });
  } else if (isOpen() && field !== box) {
    const id = card()?.dataset.id;
    const before = touches();
    close().then(() => {
      if (before !== touches()) return;
      const link = links().find((one) => one.dataset.id === id);
      if (link) link.focus();
      else focusBox();
    });
  } else if (isFiltered()) {
    clear();
    focusBox();
  } else if (field) {
    field.blur();
  } else return;
  event.preventDefault();
}

/** Move to the language after the one that is shown. */
function otherLanguage() {
  const all = [...pane.querySelectorAll(".languages a")];
  const at = all.findIndex((link) => link.hasAttribute("aria-current"));
  if (all.length > 1) all[(at + 1) % all.length].click();
}

function press(key) {
  if (key === "/") focusBox();
  else if (key === "n") tickNext();
  else if (key === "g") otherLanguage();
  else {
    const one = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!one) return false;
    if (one.tagName === "SUMMARY") unfold(one);
    else if (one.tagName === "SELECT") one.focus();
    else one.click();
  }
  return true;
}

/** Unfold a form with one sentence, ready to be typed. */
function unfold(summary) {
  const details = summary.closest("details");
  for (const other of document.querySelectorAll("details.flag[open]")) {
    if (other !== details) other.open = false;
  }
  details.open = true;
  const field = details.querySelector("input[name=sentence]");
  if (details.id === "ask" && !field.value) field.value = box.value.trim();
  field.focus();
}

function pressed(event) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  const field = event.target.closest(FIELDS);
  if (event.key === "Escape") return back(event);
  if (event.key === "Enter" && !isOpen() && isFiltered() && [document.body, pane].includes(event.target)) {
    event.preventDefault();
    return openFirst(); // What the telephone system has searched is one key away.
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const scrolls = isOpen() && !field && !results.contains(event.target);
    if ((field && field !== box) || scrolls) return;
    event.preventDefault();
    return walk(event.key === "ArrowDown" ? 1 : -1);
  }
  if (field || event.key.length !== 1 || !areOn()) return;
  if (event.repeat || (event.key === " ")) return;
  if (press(event.key.toLowerCase())) event.preventDefault();
}

export function listen() {
  document.addEventListener("keydown", pressed);
  // Unfolded by a click, the field is ready as well.
  document.addEventListener("click", (event) => {
    const summary = event.target.closest("details.flag > summary");
    if (!summary || summary.closest("details").open) return;
    event.preventDefault();
    unfold(summary);
  });
  const help = document.querySelector('[data-key="?"]');
  help.hidden = false;
  help.addEventListener("click", () => dialog.showModal());
  choice.checked = areOn();
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem(KEPT, choice.checked ? "on" : "off");
    } catch {
      // A browser that keeps nothing has the keys on.
    }
    mark();
  });
  mark();
}

/** Hide what the letters beside the buttons promise, where they do nothing. */
function mark() {
  document.body.classList.toggle("without-keys", !areOn());
}
