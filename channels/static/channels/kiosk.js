// After some time without a touch the screen asks whether anybody is there, then goes back to the
// start page for the next person. Without this file the page does so by itself, after longer.
"use strict";

const { start, patience } = document.body.dataset;
const ASKING = 15; // of the seconds, in which one can still say so
const dialog = document.querySelector(".still-there");
let timer = 0;

function wait() {
  clearTimeout(timer);
  timer = setTimeout(ask, (Number(patience) - ASKING) * 1000);
}

function ask() {
  const typed = document.querySelector("input[name=q]")?.value;
  if (location.pathname === start && !typed && !window.scrollY) return wait();
  dialog.showModal();
  timer = setTimeout(() => location.replace(start), ASKING * 1000);
}

for (const sign of ["pointerdown", "keydown", "scroll"]) {
  document.addEventListener(
    sign,
    () => {
      if (dialog.open) dialog.close();
      wait();
    },
    { passive: true },
  );
}
wait();
