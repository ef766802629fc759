// Pictures and PDFs that are pasted, dropped or chosen: asked what a picture shows or what the link
// to a PDF says, sent, and put into the text.

import { about, ask, say } from "./asking.js";

export class Pictures {
  constructor() {
    this.dialog = document.getElementById("desk-picture");
    this.alt = this.dialog.querySelector("input");
    this.questions = [...this.dialog.querySelectorAll("[data-of]")];
    this.image = this.dialog.querySelector("img");
    this.error = this.dialog.querySelector(".errornote");
    this.form = this.dialog.querySelector("form");
    this.form.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.value) { event.preventDefault(); this.send(); }
    });
    // Enter in the field means the first button, which puts it in.
    this.dialog.addEventListener("close", () => this.image.removeAttribute("src"));
  }

  watch(field) {
    const take = (cm, event) => {
      const files = [...((event.clipboardData || event.dataTransfer || {}).files || [])];
      if (!files.length) return;
      event.preventDefault();
      this.ask(field, files[0]);
    };
    field.cm.on("paste", take);
    field.cm.on("drop", take);
  }

  choose(field) {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/png,image/jpeg,image/gif,image/webp,application/pdf";
    input.addEventListener("change", () => { if (input.files[0]) this.ask(field, input.files[0]); });
    input.click();
  }

  async ask(field, file) {
    this.field = field;
    this.file = file;
    this.image.hidden = true;
    const pdf = file.type === "application/pdf";
    this.alt.value = pdf ? file.name.replace(/\.pdf$/i, "") : "";
    this.askAbout(pdf);
    this.tell(pdf || file.type.startsWith("image/") ? "" : say("notAPicture"));
    if (!this.dialog.open) this.dialog.showModal();
    this.alt.select();
    // Sent at once, so that it can be shown from our own address while its words are typed.
    const data = new FormData();
    data.append("file", file);
    this.sending = ask(about("picture"), data);
    const { status, answer } = await this.sending;
    if (this.file !== file) return;
    if (status !== 200) { this.tell(answer.refused || say(status ? "signedOut" : "noPreview")); return; }
    this.askAbout(answer.source.endsWith(".pdf")); // its content knows better than its name
    if (this.pdf) return;
    this.image.src = answer.url;
    this.image.hidden = false;
  }

  async send() {
    const words = this.alt.value.trim().replace(/[[\]]/g, "");
    if (!words) { this.alt.focus(); return; }
    const { status, answer } = await this.sending;
    if (status !== 200) return;
    this.dialog.close();
    this.field.insert(`${this.pdf ? "" : "!"}[${words}](${answer.source})`);
  }

  askAbout(pdf) {
    this.pdf = pdf;
    for (const question of this.questions) question.hidden = (question.dataset.of === "pdf") !== pdf;
    this.dialog.setAttribute("aria-labelledby", pdf ? "desk-file-title" : "desk-picture-title");
  }

  tell(words) {
    this.error.textContent = words;
    this.error.hidden = !words;
  }
}
