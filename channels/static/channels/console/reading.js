// The article on the right, opened in place, with an address of its own that can be gone back to.

import { part, send } from "./asking.js";
import { listQuery, mark, settled, touches } from "./results.js";
import { failed } from "./saying.js";
import { unwatch, watch } from "./watching.js";

export const pane = document.getElementById("main");
const HOME = document.querySelector("form[data-results]").getAttribute("action");
const site = document.title;

let asked = null;

export const card = () => pane.querySelector("#card");
export const isOpen = () => document.body.classList.contains("is-open");

const partOf = (address) => {
  const { pathname, search } = new URL(address, window.location.href);
  return pathname === HOME ? `${HOME}start/${search}` : `${pathname}card/${search}`;
};

/** Show the page of an address in the pane on the right. */
export async function show(address, { push = true, focus = true, note = true } = {}) {
  asked?.abort();
  const mine = (asked = new AbortController());
  const before = touches();
  let html;
  try {
    html = await part(partOf(address), mine.signal);
  } catch (error) {
    if (error.name !== "AbortError") failed();
    return;
  }
  if (mine !== asked) return;
  pane.innerHTML = html;
  if (push) history.pushState(null, "", address);
  arrive({ note });
  const { hash } = new URL(address, window.location.href);
  const place = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  pane.scrollTop = 0;
  if (place) place.scrollIntoView();
  if (focus && before === touches()) pane.focus({ preventScroll: true });
}

/** Take note of what is shown now. */
export function arrive({ note = true } = {}) {
  const open = card();
  const there = new URL(window.location.href).pathname !== HOME;
  document.body.classList.toggle("is-open", there);
  mark(open?.dataset.id);
  unwatch();
  if (!open) {
    if (!there) document.title = site;
    return;
  }
  document.title = open.dataset.title;
  watch(open);
  const form = pane.querySelector("#opened");
  if (note && form) {
    settled();
    send(form.action, new FormData(form)).then(
      (told) => document.dispatchEvent(new CustomEvent("call", { detail: told })),
      () => {}, // What is read matters more than that it was noted.
    );
  }
}

/** Close the article; the list stays as it is. */
export function close() {
  return show(`${HOME}?${listQuery()}`, { focus: false });
}

/** Show the article anew, as it is told now. */
export function again() {
  return show(window.location.href, { push: false });
}

/** Show one section of the pane anew, and leave the rest as it is. */
export async function renew(id) {
  const template = document.createElement("template");
  template.innerHTML = await part(partOf(window.location.href));
  const fresh = template.content.getElementById(id);
  if (fresh) document.getElementById(id)?.replaceWith(fresh);
}

export function listen() {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey) return;
    if (event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-id], a.kh-link, a[data-back]");
    if (!link || !link.pathname.startsWith(HOME)) return;
    event.preventDefault();
    show(link.href);
  });
  window.addEventListener("popstate", () => show(window.location.href, { push: false }));
  document.addEventListener("results", (event) => {
    const address = new URL(window.location.href);
    address.search = event.detail.query;
    history.replaceState(null, "", address);
    mark(card()?.dataset.id);
  });
}
