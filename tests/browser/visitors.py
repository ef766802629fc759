"""Who comes to the pages: a browser of their own for each, signed in or not, on a phone or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 10_000.0  # milliseconds


@dataclass(frozen=True, slots=True)
class Hub:
    """A running Knowledge Hub with the demo company."""

    address: str
    partner_key: str = field(repr=False)


class Visitors:
    def __init__(self, browser: Browser, hub: Hub, sign_ins: dict[str, Any]) -> None:
        self.hub = hub
        self.complaints: list[str] = []
        self._browser = browser
        self._sign_ins = sign_ins
        self._contexts: list[BrowserContext] = []

    def page(
        self,
        person: str = "",
        *,
        language: str = "en-GB",
        viewport: dict[str, int] = DESK,
        javascript: bool = True,
    ) -> Page:
        """Return an empty page of a new browser profile; `person` is signed in there."""
        if person and person not in self._sign_ins:
            self._sign_ins[person] = self._sign_in(person)
        context = self._browser.new_context(
            base_url=self.hub.address,
            locale=language,
            viewport=viewport,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            storage_state=self._sign_ins.get(person),
        )
        context.set_default_timeout(PATIENCE)
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self._contexts.append(context)
        return context.new_page()

    def leave(self) -> None:
        for context in self._contexts:
            context.close()

    def _sign_in(self, person: str) -> Any:
        page = self.page()
        fill_sign_in(page, person)
        state = page.context.storage_state()
        page.close()
        return state

    def _listen(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains of: scripts that fail, what the policy forbids, files
        that are missing. That the page itself is said to be missing is no complaint."""
        place = message.page.url if message.page else ""
        about_itself = message.text.startswith("Failed to load") and (
            message.location["url"] == place
        )
        if message.type in ("error", "warning") and not about_itself:
            self.complaints.append(f"{place}: {message.text}")


def fill_sign_in(page: Page, person: str) -> None:
    """Sign in as one of the demo's people, by keyboard."""
    page.goto("/sign-in/")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type(person)
    page.keyboard.press("Tab")
    page.keyboard.type(f"demo-{person}")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
