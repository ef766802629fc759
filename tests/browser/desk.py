"""A person at the desk, whatever language it speaks: what is looked for is named in English and
found in the words that the catalogue has for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils import translation
from playwright.sync_api import Locator, Page


@dataclass(frozen=True, slots=True)
class Desk:
    page: Page
    locale: str  # of the interface, as settings.LANGUAGES names it

    def words(self, message: str, **said: object) -> str:
        """Return the interface's words; placeholders are written as the catalogue has them."""
        with translation.override(self.locale):
            words = translation.gettext(message)
        assert self.locale == "en" or words != message, f"{message!r} is not in the catalogue"
        return words % said if said else words

    def beginning(self, message: str) -> re.Pattern[str]:
        """Return how a sentence of the interface begins, up to what is filled into it."""
        return re.compile(re.escape(re.split(r"%\(|%[ds]|\{", self.words(message))[0]))

    def open(self, address: str) -> None:
        self.page.goto(address)

    def field(self, label: str, *, within: str = "#content") -> Locator:
        """Return the field with this label; the colon after it differs by language."""
        label = re.compile(rf"^\s*{re.escape(self.words(label))}\s*[:：]?\s*$")
        return self.page.locator(within).get_by_label(label)

    def button(self, name: str, *, within: str = "#content", **said: object) -> Locator:
        words = self.words(name, **said)
        return self.page.locator(within).get_by_role("button", name=words, exact=True)

    def press(self, name: str, *, within: str = "#content", **said: object) -> None:
        """Press a button and wait for the page that answers."""
        with self.page.expect_navigation():
            self.button(name, within=within, **said).click()

    def follow(self, name: str, *, within: str = "#content", **said: object) -> None:
        """Follow a link to its page."""
        words = self.words(name, **said)
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=words, exact=True).click()

    def message(self) -> Locator:
        """Return what the desk says was done."""
        return self.page.locator(".messagelist")

    def state(self, state: str, *, within: str = "#content") -> Locator:
        return self.page.locator(within).locator(f".desk-state-{state}").first
