// The list of articles: "/" leads to the search box, and on a phone filters that are not in use
// make room for the list. Without scripts both are where they are.
"use strict";

const box = document.getElementById("searchbar");
const typesInto = (element) =>
  element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);

document.addEventListener("keydown", (event) => {
  const other = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (event.key !== "/" || other || typesInto(event.target)) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// What asks for nothing stays out of the address, so that it can be read and passed on.
const filters = document.getElementById("changelist-search");
const empty = () => [...filters.querySelectorAll("select")].filter((select) => !select.value);
filters.addEventListener("submit", () => empty().forEach((select) => { select.disabled = true; }));
addEventListener("pageshow", () => empty().forEach((select) => { select.disabled = false; }));

if (matchMedia("(max-width: 767px)").matches) {
  for (const details of document.querySelectorAll("[data-close-on-phones]")) details.open = false;
}
