// "/" goes to the search box, and the text of an article is copied instead of opened.
// Without this file both still work: by Tab, and as a page of plain text.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.getElementById("q");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

for (const link of document.querySelectorAll("a[data-copy]")) {
  if (!navigator.clipboard) break;
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.statusText);
      await navigator.clipboard.writeText(await answer.text());
      link.setAttribute("role", "status");
      link.textContent = link.dataset.copy;
    } catch {
      window.location.assign(link.href);
    }
  });
}
