// The agent's console. Without it, each of its links and forms leads to a page that does the same.

import * as acts from "./acts.js";
import * as keys from "./keys.js";
import * as reading from "./reading.js";
import * as results from "./results.js";
import * as sentences from "./sentences.js";

document.body.classList.add("has-script");
for (const one of [results, acts, reading, keys, sentences]) one.listen();
reading.arrive({ note: !document.querySelector(".notice-error") });
