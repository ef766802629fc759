// The same call in another tab of this browser: a step that is ticked in one is ticked in the other.

const channel = "BroadcastChannel" in window ? new BroadcastChannel("knowledgehub.agent") : null;
const call = () => new URL(window.location.href).searchParams.get("call") || "";

/** Tell the other tabs that a step of an article was ticked in this call, or no longer is. */
export function tellTick(card, step) {
  channel?.postMessage({ call: call(), id: card.dataset.id, locale: card.dataset.locale, step });
}

/** Have `take` called with each tick of another tab in this call. */
export function hearTicks(take) {
  channel?.addEventListener("message", ({ data }) => {
    if (data.call === call()) take(data);
  });
}
