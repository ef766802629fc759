// What an agent began to write to the editors: kept until it is sent, whatever they open meanwhile,
// also over a sign-in. It belongs to the article and to the call, and ends with the tab or the session.

const KEPT = "knowledgehub.agent.sentences";
const FIELDS = "input[name=sentence]";

function all() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || {};
  } catch {
    return {};
  }
}

function put(kept) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing has what stands on the page.
  }
}

function nameOf(field) {
  const call = new URL(window.location.href).searchParams.get("call") || "";
  return `${call} ${new URL(field.form.action).pathname} ${field.id}`;
}

/** Keep a sentence as it stands; an empty one is forgotten. */
export function keep(field) {
  const { [nameOf(field)]: _before, ...others } = all();
  put(field.value.trim() ? { ...others, [nameOf(field)]: field.value } : others);
}

/** Put back what was begun in the fields that are shown now. */
export function restore() {
  const kept = all();
  for (const field of document.querySelectorAll(FIELDS)) {
    if (nameOf(field) in kept) field.value = kept[nameOf(field)];
  }
}

export function listen() {
  document.addEventListener("input", (event) => {
    if (event.target.matches(FIELDS)) keep(event.target);
  });
  document.querySelector("form.who")?.addEventListener("submit", () => put({}));
}
