// Follows the check of a release while it goes on, and shows its verdict when it is there.
// Without scripts the form is sent, and its answer comes when the check is done.
"use strict";

const PAUSE = 500; // milliseconds between two questions
const section = document.getElementById("check");
const form = section.querySelector("form[data-check]");

if (form) {
  const progress = form.querySelector(".desk-progress");
  const bar = progress.querySelector("progress");
  const status = progress.querySelector("[role=status]");
  const failed = form.querySelector("[data-failed]");
  const button = form.querySelector("button");
  let going = false;

  const show = (done, total) => {
    bar.max = total || 1;
    bar.value = done;
    status.textContent = `${status.dataset.words} ${Math.floor((100 * done) / (total || 1))} %`;
  };

  const showVerdict = () => {
    const address = new URL(location.href);
    address.searchParams.delete("changes");
    address.hash = "check";
    if (address.href === location.href) location.reload();
    else {
      history.replaceState(null, "", address);
      location.reload();
    }
  };

  const ask = async () => {
    const answer = await fetch(section.dataset.progress, { headers: { Accept: "application/json" } });
    return answer.ok ? answer.json() : { running: true, done: 0, total: 1 };
  };

  const follow = async () => {
    while (going) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (!going) return;
      try {
        const { running, done, total } = await ask();
        show(done, total);
        if (!running && section.hasAttribute("data-running")) return showVerdict();
      } catch {
        // The next question may be answered.
      }
    }
  };

  const begin = () => {
    going = true;
    button.disabled = true;
    progress.hidden = false;
    failed.hidden = true;
    follow();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData(form);
    show(0, 1);
    begin();
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(answer.statusText);
      showVerdict();
    } catch {
      failed.hidden = false;
      button.disabled = false;
      progress.hidden = true;
    } finally {
      going = false;
    }
  });

  if (section.hasAttribute("data-running")) begin();
}
