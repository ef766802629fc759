// The list on the left: searched while typing, walked through by arrows.

import { part } from "./asking.js";
import { failed } from "./saying.js";

const PAUSE = 120; // milliseconds without a key before a search goes out
const MOST_NOTED = 10; // results that a search is kept with
const AGAIN = 2000; // after which a search that did not reach the server goes out again
const SETTLED = 2000; // after which what stands in the box is what was searched

const form = document.querySelector("form[data-results]");
export const box = document.getElementById("q");
export const results = document.getElementById("results");

let touched = 0;
let waiting = 0;
let settling = 0;
let asked = null; // the search under way
let arrived = Promise.resolve();

const query = () => {
  // That nobody has said what the customer speaks is said, too.
  const fields = [...new FormData(form)].filter(([name, value]) => value || name === "speaks");
  return new URLSearchParams(fields).toString();
};
let shown = query();

export const listQuery = () => shown;
/** How often the box was turned to: what answers late leaves the focus to who types meanwhile. */
export const touches = () => touched;
export const links = () => [...results.querySelectorAll(".lines a")];
export const isFiltered = () => box.value.trim() !== "";

/** Show what the form asks for now; an answer that comes late is dropped. Until it is there the list
    is marked as of before, and one that the server did not hear is asked for anew. */
export function refresh({ note = true, force = false, again = false } = {}) {
  clearTimeout(waiting);
  const wanted = query();
  if (wanted === shown && !force) return arrived;
  shown = wanted;
  asked?.abort();
  const mine = (asked = new AbortController());
  results.setAttribute("aria-busy", "true");
  arrived = (async () => {
    try {
      const there = new URL(window.location.href);
      there.search = wanted;
      const html = await part(`${form.dataset.results}?${wanted}`, {
        signal: mine.signal, there: there.href,
      });
      if (mine !== asked) return;
      results.removeAttribute("aria-busy");
      const at = links().indexOf(document.activeElement);
      const id = document.activeElement.dataset.id;
      results.innerHTML = html;
      if (at >= 0) (links().find((link) => link.dataset.id === id) || links()[at] || box).focus();
      document.dispatchEvent(new CustomEvent("results", { detail: { query: wanted } }));
      clearTimeout(settling);
      if (note) settling = setTimeout(settled, SETTLED);
    } catch (error) {
      if (error.name === "AbortError") return;
      shown = "";
      if (!again) failed();
      waiting = setTimeout(() => refresh({ note, again: true }), AGAIN);
    }
  })();
  return arrived;
}

/** Let it be known that what stands in the box was searched, once. */
export function settled() {
  clearTimeout(settling);
  if (results.hasAttribute("aria-busy")) return; // What is listed is not yet what is in the box.
  const { edition, fits } = results.querySelector("#searched").dataset;
  const found = [...results.querySelectorAll("#found a[data-id]")].slice(0, MOST_NOTED);
  const question = box.value.trim();
  if (!question || question === results.dataset.noted) return;
  results.dataset.noted = question;
  document.dispatchEvent(new CustomEvent("searched", {
    detail: {
      query: shown,
      edition,
      fits,
      ids: found.map((link) => link.dataset.id),
    },
  }));
}

/** Move the focus through the results, which are those of what is typed: keys that come sooner
    wait for them. */
export function walk(step) {
  refresh().then(() => { if (shown === query()) go(step); });
}

/** From the first result up leads to the box. */
function go(step) {
  const all = links();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement);
  if (at === 0 && step < 0) return focusBox();
  const next = at < 0 ? all[step > 0 ? 0 : all.length - 1] : all[Math.min(at + step, all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

export function focusBox() {
  box.focus();
  box.select();
}

export function clear() {
  box.value = "";
  return refresh({ note: false });
}

/** Search again for the words of an address that was gone back to. */
export function recall(words) {
  if (box.value.trim() === words) return;
  box.value = words;
  refresh({ note: false });
}

/** Mark the article that is open. */
export function mark(id) {
  for (const link of links()) {
    if (id && link.dataset.id === id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/** Have the first result opened, of what the box asks for now. */
export async function openFirst() {
  await refresh();
  if (shown !== query()) return; // The list is still that of other words.
  const first = results.querySelector("#found a");
  if (first) first.click();
}

export function listen() {
  box.addEventListener("focus", () => { touched += 1; });
  box.addEventListener("input", (event) => {
    touched += 1;
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(refresh, PAUSE);
  });
  box.addEventListener("compositionend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, PAUSE);
  });
  form.addEventListener("change", (event) => {
    if (event.target !== box) refresh({ note: false });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    openFirst();
  });
  results.addEventListener("click", (event) => {
    const meant = event.target.closest("a[data-meant]");
    if (!meant || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    box.value = meant.dataset.meant;
    refresh();
    focusBox();
  });
  if (box.value.trim()) settling = setTimeout(settled, SETTLED);
}
