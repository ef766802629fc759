// One line that says what just happened, to eyes and ears.

const line = document.getElementById("said");
let timer = 0;

export function say(words, { wrong = false } = {}) {
  clearTimeout(timer);
  line.classList.toggle("said-wrong", wrong);
  // What is said twice is heard twice only when it is said anew.
  line.textContent = "";
  if (!words) return;
  requestAnimationFrame(() => { line.textContent = words; });
  timer = setTimeout(() => { line.textContent = ""; }, wrong ? 8000 : 4000);
}

export const failed = () => say(line.dataset.failed, { wrong: true });
export const words = line.dataset;
