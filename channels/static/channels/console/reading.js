// The article on the right, opened in place, with an address of its own that can be gone back to.

import { part, send } from "./asking.js";
import {
  links, listQuery, mark, recall, settled, touches,
} from "./results.js";
import { failed } from "./saying.js";
import { restore } from "./sentences.js";
import { unwatch, watch } from "./watching.js";

export const pane = document.getElementById("main");
const HOME = document.querySelector("form[data-results]").getAttribute("action");
const site = document.title;

let asked = null;

export const card = () => pane.querySelector("#card");
export const isOpen = () => document.body.classList.contains("is-open");
/** What scrolls the text: the pane on a desk, the whole page on a phone. */
export const scroller = () => (
  getComputedStyle(pane).overflowY === "auto" ? pane : document.scrollingElement
);
const blocks = () => [...pane.querySelectorAll(".text :is(h1, h2, h3, h4, p, li, tr)")];

/** How far the text is read, from 0 at its top to 1: the same in another language or edition. */
function placeRead() {
  const top = parseFloat(getComputedStyle(pane).scrollPaddingTop) || 0;
  const edge = scroller() === pane ? pane.getBoundingClientRect().top + top : 0;
  const all = blocks();
  const at = all.findIndex((one) => one.getBoundingClientRect().bottom > edge);
  return at > 0 ? at / all.length : 0;
}

/** Show the text from a part of it, or from where it was read to; else from its top. */
function goTo(place, read) {
  const all = blocks();
  pane.scrollTop = 0;
  if (place) place.scrollIntoView();
  else if (read && all.length) all[Math.min(Math.round(read * all.length), all.length - 1)].scrollIntoView();
  else if (scroller() !== pane && pane.getBoundingClientRect().top < 0) pane.scrollIntoView();
}

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
  pane.setAttribute("aria-busy", "true");
  try {
    html = await part(partOf(address), { signal: mine.signal });
  } catch (error) {
    if (error.name !== "AbortError") failed();
    return;
  } finally {
    if (mine === asked) pane.removeAttribute("aria-busy");
  }
  if (mine !== asked) return;
  const was = card()?.dataset.id;
  const read = placeRead();
  pane.innerHTML = html;
  if (push) history.pushState(null, "", address);
  arrive({ note });
  const { hash } = new URL(address, window.location.href);
  const place = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  const stays = was && was === card()?.dataset.id && !(push && place);
  if (isOpen()) goTo(stays ? null : place, stays ? read : 0);
  else links().find((link) => link.dataset.id === was)?.scrollIntoView({ block: "nearest" });
  if (focus && before === touches()) pane.focus({ preventScroll: true });
}

/** Take note of what is shown now. */
export function arrive({ note = true } = {}) {
  const open = card();
  restore();
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
  window.addEventListener("popstate", () => {
    recall(new URL(window.location.href).searchParams.get("q") || "");
    show(window.location.href, { push: false });
  });
  document.addEventListener("results", (event) => {
    const address = new URL(window.location.href);
    address.search = event.detail.query;
    history.replaceState(null, "", address);
    mark(card()?.dataset.id);
  });
}
