// What may stand after `{{` and `article:`, to be chosen with the arrow keys or the mouse.

import { about, ask, say } from "./asking.js";

const PAUSE = 150;
const kinds = [
  { kind: "snippet", before: /\{\{\s*([\w.@-]*)$/, after: /^[\w.@-]*\s*(\}\})?/ },
  { kind: "article", before: /\]\(article:([^)\n]*)$/, after: /^[^)\n]*\)?/ },
];

let number = 0;

export class Completion {
  constructor(field, locale) {
    this.field = field;
    this.cm = field.cm;
    this.locale = locale;
    this.list = document.createElement("ul");
    this.list.className = "desk-completion";
    this.list.id = `desk-completion-${++number}`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.status = document.createElement("span");
    this.status.className = "desk-unseen";
    this.status.setAttribute("role", "status");
    field.textarea.parentNode.append(this.list, this.status);
    this.keys = {
      Up: () => this.move(-1),
      Down: () => this.move(1),
      Enter: () => this.take(this.options[this.chosen]),
      Esc: () => this.close(),
    };
    this.cm.on("change", (cm, change) => {
      if (change.origin && change.origin !== "setValue") this.look();
    });
    this.cm.on("blur", () => setTimeout(() => this.close(), 150));
    this.cm.on("cursorActivity", () => { if (!this.list.hidden && !this.asked()) this.close(); });
  }

  // Return what is being typed and where, undefined elsewhere.
  asked() {
    const cursor = this.cm.getCursor();
    const line = this.cm.getLine(cursor.line);
    for (const { kind, before, after } of kinds) {
      const typed = line.slice(0, cursor.ch).match(before);
      if (!typed) continue;
      const rest = line.slice(cursor.ch).match(after)[0];
      return {
        kind, typed: typed[1], line: cursor.line,
        from: cursor.ch - typed[1].length, to: cursor.ch + rest.length,
      };
    }
    return undefined;
  }

  look() {
    clearTimeout(this.timer);
    if (!this.asked()) { this.close(); return; }
    this.timer = setTimeout(() => this.find(), PAUSE);
  }

  async find() {
    const asked = this.asked();
    if (!asked) return;
    const query = new URLSearchParams({ kind: asked.kind, q: asked.typed, locale: this.locale });
    this.turn = query;
    const { status, answer } = await ask(`${about("complete")}?${query}`);
    if (this.turn !== query || status !== 200 || !this.cm.hasFocus()) return;
    this.open(asked.kind, answer.results);
  }

  open(kind, results) {
    this.options = results;
    if (!results.length) { this.close(); return; }
    this.list.replaceChildren(...results.map((result, place) => this.option(kind, result, place)));
    const { left, bottom } = this.cm.cursorCoords(true, "window");
    const within = this.list.offsetParent || document.body;
    this.list.hidden = false;
    const box = this.list.offsetParent.getBoundingClientRect();
    const most = Math.max(0, box.width - this.list.offsetWidth);
    this.list.style.left = `${Math.min(left - box.left, most)}px`;
    this.list.style.top = `${bottom - box.top}px`;
    if (!this.isOpen) this.cm.addKeyMap(this.keys);
    this.isOpen = true;
    this.status.textContent = say("found", { count: results.length });
    this.cm.getInputField().setAttribute("aria-controls", this.list.id);
    this.chosen = 0;
    this.move(0);
    return within;
  }

  option(kind, result, place) {
    const item = document.createElement("li");
    const name = document.createElement("b");
    const rest = document.createElement("span");
    item.id = `${this.list.id}-${place}`;
    item.setAttribute("role", "option");
    name.textContent = kind === "snippet" ? result.key : result.title;
    rest.textContent = kind === "snippet"
      ? [result.value, result.approved ? "" : say("notApproved")].filter(Boolean).join(" · ")
      : `${result.id} · ${result.locale}`;
    item.append(name, " ", rest);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(result); });
    return item;
  }

  move(by) {
    const count = this.options.length;
    this.chosen = (this.chosen + by + count) % count;
    [...this.list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", place === this.chosen);
    });
    const item = this.list.children[this.chosen];
    item.scrollIntoView({ block: "nearest" });
    this.cm.getInputField().setAttribute("aria-activedescendant", item.id);
  }

  take(result) {
    const asked = this.asked();
    this.close();
    if (!asked) return;
    const from = { line: asked.line, ch: asked.from };
    const to = { line: asked.line, ch: asked.to };
    if (asked.kind === "snippet") {
      this.cm.replaceRange(`${result.key} }}`, from, to, "complete");
    } else {
      this.cm.replaceRange(`${result.id})`, from, to, "complete");
      const start = this.cm.getLine(asked.line).slice(0, asked.from - "](article:".length);
      if (start.endsWith("[")) {
        this.cm.replaceRange(result.title.replace(/[[\]]/g, ""), { line: asked.line, ch: start.length }, undefined, "complete");
      }
    }
    clearTimeout(this.timer);
    this.turn = undefined;
    this.cm.focus();
  }

  close() {
    if (this.isOpen) this.cm.removeKeyMap(this.keys);
    this.isOpen = false;
    this.list.hidden = true;
    this.status.textContent = "";
    this.cm.getInputField().removeAttribute("aria-activedescendant");
  }
}
