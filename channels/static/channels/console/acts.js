// What is done in a call: used, flagged, ticked, pinned; and what is copied or read aloud. The forms
// are sent as they stand, without leaving the page.

import { Refused, plain, send } from "./asking.js";
import {
  again, card, pane, renew, scroller,
} from "./reading.js";
import { failed, say, words } from "./saying.js";
import { keep } from "./sentences.js";
import { hearTicks, tellTick } from "./tabs.js";

const call = document.getElementById("call");

function tell(error) {
  if (error instanceof Refused) say(error.message, { wrong: true });
  else failed();
}

/** Show the call as it is now; what was unfolded stays so, and the focus where it was. */
function showCall(told) {
  if (!told.call) return;
  const unfolded = call.querySelector("details")?.open;
  const focused = call.contains(document.activeElement) && document.activeElement.name;
  call.innerHTML = told.call;
  const details = call.querySelector("details");
  if (details && unfolded) details.open = true;
  if (focused) call.querySelector(`[name="${focused}"]`)?.focus();
}

const after = {
  used(form) {
    turn(form, "used");
  },
  pinned(form) {
    turn(form, "pinned");
  },
  flag(form) {
    const field = form.elements.namedItem("sentence");
    field.value = "";
    keep(field);
    form.closest("details").open = false;
    renew("requests").catch(() => {}); // It is among them; the call says so as well.
    pane.focus({ preventScroll: true });
  },
  language() {
    if (pane.querySelector("#card")) again();
  },
};

/** A form that does the contrary of what it did last. */
function turn(form, name) {
  const field = form.elements.namedItem(name);
  const done = field.value === "1";
  form.querySelector("button").setAttribute("aria-pressed", done ? "true" : "false");
  field.value = done ? "0" : "1";
}

async function act(form, button) {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  try {
    const told = await send(form.action, new FormData(form, button));
    showCall(told);
    after[form.dataset.act]?.(form);
    if (told.said) say(told.said);
  } catch (error) {
    tell(error);
  } finally {
    delete form.dataset.busy;
  }
}

/** Turn a step's box at once, so that the next one can follow; back if that was not taken. */
async function tick(form, box) {
  const body = new FormData(form, box);
  const step = box.value;
  const of = card();
  turnBox(box);
  try {
    showCall(await send(form.action, body));
    tellTick(of, step);
  } catch (error) {
    turnBox(box);
    tell(error);
  }
}

function turnBox(box) {
  const [number, name, wanted] = box.value.split(".");
  box.setAttribute("aria-checked", wanted === "1" ? "true" : "false");
  box.value = [number, name, wanted === "1" ? "0" : "1"].join(".");
  const counted = pane.querySelector("[data-ticked]");
  if (counted) counted.textContent = pane.querySelectorAll('.step[aria-checked="true"]').length;
}

async function copied(text, link, said) {
  try {
    await navigator.clipboard.writeText(text);
    say(said);
  } catch {
    say(words.noClipboard, { wrong: true });
    window.location.assign(link.href);
  }
}

async function copyText(link) {
  try {
    const { text } = await plain(link.href);
    await copied(text, link, link.dataset.copy);
  } catch (error) {
    tell(error);
  }
}

let readFrom = 0; // where the text stood before it was read aloud

/** Close what is read aloud; the text stands where it was. */
export function hush(place) {
  place.hidden = true;
  pane.focus({ preventScroll: true });
  scroller().scrollTop = readFrom;
}

async function readAloud(link) {
  const place = document.getElementById(link.dataset.aloud);
  if (!place.hidden) {
    hush(place);
    return;
  }
  try {
    const { text, lang } = await plain(link.href);
    readFrom = scroller().scrollTop;
    if (lang) place.lang = lang;
    place.replaceChildren(...text.split("\n").filter(Boolean).map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }));
    place.hidden = false;
    place.focus();
    place.scrollIntoView({ block: "nearest" });
  } catch (error) {
    tell(error);
  }
}

/** Tick the first step that is not done, or say where it is. */
export function tickNext() {
  const next = pane.querySelector('.step[aria-checked="false"]');
  if (!next) return;
  next.click();
  (next.closest("li") || next).scrollIntoView({ block: "center" });
}

/** Turn the box that another tab has turned: in the same language the one of the same words, as an
    edition may have moved it, in another the one of the same number. */
function tickToo({ id, locale, step }) {
  if (card()?.dataset.id !== id) return;
  const [number, name] = step.split(".");
  const same = locale === card().dataset.locale;
  const box = [...pane.querySelectorAll(".step")].find((one) => {
    const [itsNumber, itsName] = one.value.split(".");
    return same ? itsName === name : itsNumber === number;
  });
  if (box && box.value.split(".")[2] === step.split(".")[2]) turnBox(box);
}

export function listen() {
  hearTicks(tickToo);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.act) return;
    event.preventDefault();
    if (form.dataset.act === "step") tick(form, event.submitter);
    else act(form, event.submitter);
  });
  call.addEventListener("change", (event) => {
    const form = event.target.closest('form[data-act="language"]');
    if (form && event.target.value) act(form, null);
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const one = event.target.closest("[data-copy], [data-link], [data-aloud], [data-say], [data-take]");
    if (!one) return;
    event.preventDefault();
    if (one.dataset.copy) copyText(one);
    else if (one.dataset.link) copied(one.href, one, one.dataset.link);
    else if (one.dataset.aloud) readAloud(one);
    else if (one.dataset.say) say(one.dataset.say, { wrong: true });
    else again();
  });
  document.addEventListener("call", (event) => showCall(event.detail));
  document.addEventListener("searched", ({ detail }) => {
    const body = new FormData();
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    body.set("csrfmiddlewaretoken", token.value);
    body.set("edition", detail.edition);
    body.set("fits", detail.fits);
    for (const id of detail.ids) body.append("result", id);
    const home = document.querySelector("form[data-results]").getAttribute("action");
    // What is found matters more than that it was noted.
    send(`${home}call/searched/?${detail.query}`, body).then(showCall, () => {});
  });
}
