// What is typed is kept in the browser at once and on the server soon, until it is saved; others
// who are at the article are shown, and whether somebody saved meanwhile.

import { about, ask, say } from "./asking.js";

const PAUSE_HERE = 300;
const PAUSE_THERE = 2000;
const HEARTBEAT = 20000;
const KEEP_DAYS = 30;
const PREFIX = "desk-text:";
const UNTYPED = new Set(["csrfmiddlewaretoken", "based_on", "seen_slug", "merge"]);

const asked = new URLSearchParams(location.search);

function same(one, other) {
  const plain = (text) => (text || "").replace(/\r\n?/g, "\n").trim();
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => plain(one[name]) === plain(other[name]));
}

function stored(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function store(key, copy) {
  try { localStorage.setItem(key, JSON.stringify(copy)); return true; } catch { return false; }
}

export function forgetOld() {
  const oldest = Date.now() - KEEP_DAYS * 86400000;
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const copy = stored(key);
    if (!copy || !(copy.at > oldest)) localStorage.removeItem(key);
  }
}

// What a saved form has said is kept no longer.
export function forgetSaved(article) {
  const saved = asked.get("saved");
  if (!saved) return;
  const key = `${PREFIX}${about("person")}:${saved === "new" ? "new:" : `${article}:${saved}`}`;
  const copy = stored(key);
  if (copy && copy.sent) localStorage.removeItem(key);
}

function keyOf(form) {
  return `${PREFIX}${about("person")}:${form.dataset.editor}:${form.dataset.locale}`;
}

// Whether this browser keeps something of the text, so that its section must be seen.
export function isKept(form) {
  return stored(keyOf(form)) !== null;
}

export class Keeping {
  constructor(form, field) {
    this.form = form;
    this.field = field;
    this.url = form.dataset.keep || "";
    this.key = keyOf(form);
    this.told = form.querySelector("[data-told]");
    this.shown = this.typed();
    this.offer();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    field.onChange(() => this.changed());
    form.addEventListener("submit", (event) => this.send(event));
    addEventListener("pagehide", () => { if (this.dirty && !this.sending) this.keepHere(); });
    if (form.hasAttribute("data-unsaved")) this.changed(true);
  }

  typed() {
    const said = {};
    for (const [name, value] of new FormData(this.form)) {
      if (!UNTYPED.has(name) && typeof value === "string") said[name] = value;
    }
    said.body = this.field.value;
    return said;
  }

  get basedOn() {
    const base = this.form.elements.namedItem("based_on");
    return base ? Number(base.value) : 0;
  }

  changed(certainly = false) {
    if (this.sending) return;
    if (!certainly && !this.dirty && same(this.typed(), this.shown)) return;
    this.dirty = true;
    clearTimeout(this.here);
    this.here = setTimeout(() => this.keepHere(), PAUSE_HERE);
    if (!this.url) return;
    clearTimeout(this.there);
    this.there = setTimeout(() => this.keepThere(), PAUSE_THERE);
  }

  keepHere(sent = false) {
    this.isHere = store(this.key, {
      at: Date.now(), basedOn: this.basedOn, said: this.typed(), sent,
    });
    if (!this.url) this.told.textContent = this.whereKept();
  }

  // A browser has no room for a text of some megabytes.
  whereKept() {
    return say(this.isHere ? "keptHere" : "keptNowhere");
  }

  async keepThere() {
    if (this.asking) this.asking.abort();
    const asking = this.asking = new AbortController();
    const data = new FormData(this.form);
    data.set("body", this.field.value);
    data.set("act", "keep");
    try {
      const { status, answer } = await ask(this.url, data, { signal: asking.signal });
      if (this.asking === asking) this.tell(status, answer);
    } catch { /* a later one took its place */ }
  }

  async beSeen() {
    const data = new FormData();
    data.set("act", "seen");
    const { status, answer } = await ask(this.url, data);
    this.tell(status, answer);
  }

  tell(status, answer) {
    if (this.sending) return;
    if (status === 200) {
      this.signedOut = false;
      showOthers(answer.others);
      if (answer.head > this.basedOn) {
        this.told.textContent = say("newer", { number: answer.head, author: answer.author });
      } else if (answer.saved) {
        this.told.textContent = say("kept", { time: answer.saved });
      } else if (!this.dirty) {
        this.told.textContent = "";
      }
      return;
    }
    if (status === 401 || status === 403) {
      this.signedOut = true;
      const link = document.createElement("a");
      link.href = `${about("signIn")}?next=${encodeURIComponent(location.pathname)}`;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = say("signInWords");
      this.told.replaceChildren(say("signedOut"), " ", link);
      return;
    }
    if (this.dirty) this.told.textContent = [this.whereKept(), answer.refused].filter(Boolean).join(": ");
  }

  // The copy stays until the next page says that it was saved: the session may have ended.
  send(event) {
    if (new Blob([this.field.value]).size > Number(this.field.textarea.dataset.mostBytes)) {
      event.preventDefault();
      this.told.textContent = say("tooLong");
      this.told.scrollIntoView({ block: "center" });
      return;
    }
    this.sending = true;
    clearTimeout(this.here);
    clearTimeout(this.there);
    if (this.asking) this.asking.abort();
    this.keepHere(true);
    addEventListener("pageshow", (event) => { if (event.persisted) this.sending = false; });
  }

  offer() {
    const kept = this.form.closest("details, #content").querySelector("[data-kept]");
    const copy = stored(this.key);
    if (this.form.hasAttribute("data-unsaved")) return;
    if (!copy) return;
    if (same(copy.said, this.shown)) { localStorage.removeItem(this.key); return; }
    if (kept) {
      if (Number(kept.dataset.kept) * 1000 > copy.at + 5000) return;
      kept.remove();
    }
    const notice = document.createElement("div");
    const words = document.createElement("p");
    const steps = document.createElement("div");
    const take = document.createElement("button");
    const drop = document.createElement("button");
    const time = new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    notice.className = "desk-notice desk-kept";
    notice.dataset.keptHere = "";
    words.textContent = say(copy.basedOn ? "offer" : "offerNew", { time, number: copy.basedOn });
    steps.className = "desk-steps";
    for (const [button, name] of [[take, "take"], [drop, "drop"]]) {
      button.type = "button";
      button.className = "button";
      button.textContent = say(name);
    }
    take.addEventListener("click", () => { notice.remove(); this.take(copy); });
    drop.addEventListener("click", () => { notice.remove(); this.drop(); });
    steps.append(take, drop);
    notice.append(words, steps);
    const place = this.form.closest(".desk-writing") || this.form;
    place.before(notice);
  }

  take({ said, basedOn }) {
    for (const [name, value] of Object.entries(said)) {
      const field = this.form.elements.namedItem(name);
      if (name === "body") this.field.value = value;
      else if (field) field.value = value;
    }
    const base = this.form.elements.namedItem("based_on");
    if (base) base.value = basedOn;
    this.changed(true);
    this.field.cm.focus();
  }

  drop() {
    localStorage.removeItem(this.key);
    if (!this.url) return;
    const data = new FormData();
    data.set("act", "drop");
    ask(this.url, data);
  }
}

function showOthers(others) {
  const place = document.getElementById("desk-others");
  place.hidden = !others.length;
  const names = others.map(({ name, language }) => `${name} (${language})`).join(", ");
  const words = others.length ? say("others", { names }) : "";
  if (place.textContent.trim() !== words) place.textContent = words;
}

// Somebody is at the text that they touched last. Sections that open later join `keepings`.
export function stayHere(keepings) {
  let last;
  document.addEventListener("focusin", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form && form.keeping) last = form.keeping;
  });
  const beat = () => {
    const at = last || keepings.find((keeping) => keeping.url);
    if (at) at.beSeen();
  };
  beat();
  setInterval(() => {
    for (const keeping of keepings) {
      if (keeping.url && keeping.signedOut && keeping.dirty) keeping.keepThere();
    }
    beat();
  }, HEARTBEAT);
}
