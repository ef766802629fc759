"""Who comes to the pages: a browser of their own for each, signed in or not, on a phone or not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from playwright.sync_api import (
    APIRequestContext,
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    ViewportSize,
    expect,
)

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 10_000.0  # milliseconds


@dataclass(frozen=True, slots=True)
class Hub:
    """A running Knowledge Hub with the demo company."""

    address: str
    partner_key: str = field(repr=False)
    sessions: dict[str, str] = field(repr=False)  # of who has signed in already, by user name


class Visitors:
    """A browser profile costs more than most pages: one that a test is done with is handed on to
    the next, without its cookies and what pages kept in it."""

    def __init__(self, playwright: Playwright, browser: Browser, hub: Hub) -> None:
        self.hub = hub
        self._playwright = playwright
        self._browser = browser
        self._complaints: list[str] = []
        self._busy: list[tuple[tuple[str, bool], Page]] = []
        self._idle: defaultdict[tuple[str, bool], list[Page]] = defaultdict(list)
        self._programs: list[APIRequestContext] = []

    def page(
        self,
        person: str = "",
        *,
        language: str = "en-GB",
        viewport: ViewportSize = DESK,
        javascript: bool = True,
    ) -> Page:
        """Return an empty page of a browser of its own; `person` is signed in there."""
        kind = (language, javascript)
        page = self._idle[kind].pop() if self._idle[kind] else self._open(*kind)
        self._busy.append((kind, page))
        page.set_viewport_size(viewport)
        if person:
            page.context.add_cookies(
                [
                    {
                        "name": "sessionid",
                        "value": self.hub.sessions[person],
                        "url": self.hub.address,
                        "httpOnly": True,
                        "sameSite": "Lax",
                    }
                ]
            )
        return page

    def program(self, person: str = "") -> APIRequestContext:
        """Return something that asks without a browser; `person` is signed in there."""
        cookie = {"Cookie": f"sessionid={self.hub.sessions[person]}"} if person else {}
        program = self._playwright.request.new_context(
            base_url=self.hub.address, extra_http_headers=cookie
        )
        self._programs.append(program)
        return program

    def forgive(self, words: str) -> None:
        """Let the browsers complain of what a test wanted to go wrong."""
        self._complaints = [line for line in self._complaints if words not in line]

    def leave(self) -> list[str]:
        """Close all pages; return what the browsers complained of."""
        while self._programs:
            self._programs.pop().dispose()
        while self._busy:
            kind, page = self._busy.pop()
            for opened in page.context.pages:
                if opened != page:
                    opened.close()
            page.goto("about:blank")
            page.context.clear_cookies()
            page.context.new_cdp_session(page).send(
                "Storage.clearDataForOrigin",
                {"origin": self.hub.address, "storageTypes": "local_storage"},
            )
            self._idle[kind].append(page)
        complaints, self._complaints = self._complaints, []
        return complaints

    def _open(self, language: str, javascript: bool) -> Page:
        context = self._browser.new_context(
            base_url=self.hub.address, locale=language, java_script_enabled=javascript
        )
        context.set_default_timeout(PATIENCE)
        context.on("console", self._listen)
        context.on("weberror", lambda error: self._complaints.append(str(error.error)))
        return context.new_page()

    def _listen(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains of: scripts that fail, what the policy forbids, files
        that are missing. That the page itself is said to be missing is no complaint."""
        place = message.page.url if message.page else ""
        about_itself = message.text.startswith("Failed to load") and (
            message.location["url"] == place
        )
        if message.type in ("error", "warning") and not about_itself:
            self._complaints.append(f"{place}: {message.text}")


def fill_sign_in(page: Page, person: str) -> None:
    """Sign in as one of the demo's people, by keyboard."""
    page.goto("/sign-in/")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type(person)
    page.keyboard.press("Tab")
    page.keyboard.type(f"demo-{person}")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
