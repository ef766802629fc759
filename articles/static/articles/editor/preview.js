// The text as its readers would get it, shown again after each pause in typing. The last answer
// wins, whichever comes first.

import { ask, say } from "./asking.js";

const PAUSE = 250;

export class Preview {
  constructor(panel, form, field) {
    this.panel = panel;
    this.form = form;
    this.field = field;
    this.view = "website";
    this.find = (name) => panel.querySelector(`[data-${name}]`);
    panel.hidden = false;
    this.frame = this.find("frame");
    this.frame.addEventListener("load", () => this.fill());
    for (const button of panel.querySelectorAll("[data-view]")) {
      button.addEventListener("click", () => this.choose(button));
    }
    this.find("audience").addEventListener("change", () => this.show());
    const play = this.find("play");
    if (play) play.addEventListener("click", () => this.play(play));
    this.show();
  }

  choose(chosen) {
    this.view = chosen.dataset.view;
    for (const button of this.panel.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", button === chosen);
    }
    // Agents read everything that any audience may read.
    this.find("audience").disabled = this.view === "agent";
    this.show();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PAUSE);
  }

  typed() {
    const data = new FormData(this.form);
    data.set("body", this.field.value);
    data.set("view", this.view);
    data.set("audience", this.find("audience").value);
    return data;
  }

  async show() {
    if (this.asking) this.asking.abort();
    const asking = this.asking = new AbortController();
    try {
      const { status, answer } = await ask(this.panel.dataset.preview, this.typed(), { signal: asking.signal });
      if (this.asking !== asking) return;
      this.tell(status, answer);
    } catch { /* a later question took its place */ }
  }

  tell(status, answer) {
    const verdict = this.find("verdict");
    verdict.textContent = answer.verdict || answer.refused || say(status === 401 || status === 403 ? "signedOut" : "noPreview");
    verdict.classList.toggle("desk-same", Boolean(answer.same) && !answer.problems.length);
    verdict.classList.toggle("desk-apart", !answer.same);
    if (status !== 200) return;
    this.problems(answer.problems);
    const spoken = this.view === "phone";
    this.find("phone").hidden = !spoken;
    this.frame.hidden = spoken;
    if (spoken && answer.script) this.speak(answer);
    if (answer.html) { this.html = answer.html; this.fill(); }
  }

  problems(problems) {
    const list = this.find("problems");
    list.hidden = !problems.length;
    list.replaceChildren(...problems.map(({ line, said }) => {
      const item = document.createElement("li");
      if (line) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = say("line", { number: line });
        button.addEventListener("click", () => this.field.show(line));
        item.append(button, " ");
      }
      item.append(said);
      return item;
    }));
    this.field.mark(problems.map(({ line }) => line));
  }

  // What is shown came through our renderer and its gate; and in the frame no script can run.
  fill() {
    const shown = this.frame.contentDocument;
    const main = shown && shown.querySelector("main");
    if (!main || this.html === undefined) return;
    main.innerHTML = this.html;
    this.inLanguage(main);
    if (this.following === shown) return;
    this.following = shown;
    shown.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link) return;
      event.preventDefault();
      const address = link.getAttribute("href");
      if (address.startsWith("#")) {
        const place = shown.getElementById(address.slice(1));
        if (place) place.scrollIntoView();
      } else if (/^(\/|https?:)/.test(address)) {
        window.open(address, "_blank", "noopener");
      }
    });
  }

  // The language of an article that is not made yet is chosen in its form.
  inLanguage(place) {
    const chosen = this.form.elements.namedItem("locale");
    if (chosen) place.lang = chosen.value;
  }

  speak({ script, seconds }) {
    this.inLanguage(this.find("script"));
    this.find("seconds").textContent = say("seconds", { seconds });
    this.find("script").replaceChildren(...script.split("\n").map((line) => {
      const breath = document.createElement("p");
      breath.textContent = line;
      return breath;
    }));
  }

  async play(button) {
    if (this.sound) { this.sound.stop(); return; }
    button.disabled = true;
    const { status, answer, response } = await ask(button.dataset.play, this.typed());
    button.disabled = false;
    if (status !== 200) {
      this.find("verdict").textContent = answer.refused || say("noPreview");
      return;
    }
    // Decoded here: our policy lets no page play what has no address on this site.
    const audio = new AudioContext();
    const source = audio.createBufferSource();
    source.buffer = await audio.decodeAudioData(await response.arrayBuffer());
    source.connect(audio.destination);
    source.addEventListener("ended", () => {
      this.sound = undefined;
      button.textContent = say("play");
      audio.close();
    });
    source.start();
    this.sound = source;
    button.textContent = say("stop");
  }
}
