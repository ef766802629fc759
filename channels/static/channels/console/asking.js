// Asking the server: parts of the page as HTML, acts as JSON. Whoever was signed out is led to the
// sign-in by the whole page; what they were about to send stays where they typed it.

import { words } from "./saying.js";

export class Refused extends Error {}

const asked = (address, options) => fetch(address, { credentials: "same-origin", ...options });

async function answered(address, { there = window.location.href, ...options } = {}) {
  const answer = await asked(address, options);
  if (answer.redirected) {
    if (!there) throw new Refused(words.signedOut);
    if (there === window.location.href) window.location.reload();
    else window.location.assign(there);
    return new Promise(() => {});
  }
  return answer;
}

/** The token that forms are sent with, which a new sign-in changes. */
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

/** Return a part of the page; also that which says that something is not there. Whoever was
    signed out comes back to the address `there`; with none, throws Refused and leaves the page. */
export async function part(address, options) {
  const answer = await answered(address, options);
  if (!answer.ok && ![400, 404].includes(answer.status)) throw new Error(answer.statusText);
  return answer.text();
}

/** Return what a plain text says, and its language. Throws Refused with the server's reason. */
export async function plain(address) {
  const answer = await answered(address);
  const text = await answer.text();
  if (!answer.ok) throw new Refused(text);
  return { text, lang: answer.headers.get("Content-Language") || "" };
}

/** Send a form. Returns what the server says; throws Refused with its reason. */
export async function send(address, body) {
  if (token()) body.set("csrfmiddlewaretoken", token());
  const options = { method: "POST", body, headers: { Accept: "application/json" } };
  const answer = await asked(address, options);
  if (answer.redirected) throw new Refused(words.signedOut);
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw told.said ? new Refused(told.said) : new Error(answer.statusText);
  return told;
}
