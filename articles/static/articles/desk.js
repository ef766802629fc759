// A box that ticks all boxes of its name. Without scripts it stays hidden, and each is ticked by hand.
"use strict";

for (const all of document.querySelectorAll("input[data-ticks]")) {
  const boxes = document.querySelectorAll(`input[name="${all.dataset.ticks}"]`);
  const follow = () => {
    const ticked = [...boxes].filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", follow));
  follow();
}
