// The editor on an article's page. Without scripts the page is a form with a textarea.

import { Completion } from "./completion.js";
import { Field } from "./field.js";
import { Keeping, forgetOld, forgetSaved, isKept, stayHere } from "./keeping.js";
import { Pictures } from "./pictures.js";
import { Preview } from "./preview.js";

const forms = [...document.querySelectorAll("form[data-editor]")];
const pictures = new Pictures();

function start(form) {
  const field = new Field(form.querySelector("textarea.desk-body"), { pictures });
  const locale = form.dataset.locale || form.elements.namedItem("locale").value;
  pictures.watch(field);
  new Completion(field, locale);
  const panel = form.parentElement.querySelector("[data-preview]");
  const preview = panel && new Preview(panel, form, field);
  if (preview) {
    field.onChange(() => preview.soon());
    form.addEventListener("input", () => preview.soon());
  }
  return new Keeping(form, field);
}

// A section that is closed has no size yet; its editor is made when it opens.
function whenOpen(form, follow) {
  const section = form.closest("details");
  if (section && isKept(form)) section.open = true;
  if (!section || section.open) { follow(); return; }
  section.addEventListener("toggle", follow, { once: true });
}

forgetOld();
forgetSaved(document.querySelector(".desk-facts code")?.textContent ?? "");
for (const drops of document.querySelectorAll("form[data-drops]")) {
  drops.addEventListener("submit", () => {
    const form = document.querySelector(`form[data-editor][data-locale="${drops.dataset.drops}"]`);
    if (form.keeping) localStorage.removeItem(form.keeping.key);
  });
}
const open = [];
for (const form of forms) {
  whenOpen(form, () => {
    form.keeping = start(form);
    open.push(form.keeping);
  });
}
stayHere(open);
