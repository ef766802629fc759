// Asking the server without leaving the page. Who signs in again in another tab gets a new token:
// it is read anew each time, and forms that are sent get it too.

const words = document.getElementById("desk-words").dataset;

export function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function about(name) {
  return words[name];
}

function token() {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]").value;
}

// Return {status, answer}; status 0 where the server was not reached.
export async function ask(url, data, { signal } = {}) {
  if (data) data.delete("csrfmiddlewaretoken"); // as old as the page
  try {
    const response = await fetch(url, {
      method: data ? "POST" : "GET",
      body: data,
      headers: data ? { "X-CSRFToken": token(), Accept: "application/json" } : {},
      signal,
    });
    const isJson = (response.headers.get("Content-Type") || "").includes("json");
    return { status: response.status, answer: isJson ? await response.json() : {}, response };
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return { status: 0, answer: {} };
  }
}

document.addEventListener("submit", (event) => {
  for (const field of event.target.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token();
}, true);
