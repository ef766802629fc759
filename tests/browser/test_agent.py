"""An agent in a call: everything by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visitors, fill_sign_in

pytestmark = pytest.mark.browser

FOR_AGENTS = "A request for a new code is the most common start of SIM fraud."


def test_an_agent_finds_what_the_public_page_does_not_tell_and_flags_it(visitors: Visitors) -> None:
    page = visitors.page()
    fill_sign_in(page, "agnes")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("activate eSIM")
    page.keyboard.press("Enter")
    expect(page.locator(".lines a").first).to_contain_text("Activate your eSIM")

    while not page.evaluate("document.activeElement.matches('.lines a')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("article").get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[data-audience=agent]")).to_contain_text(FOR_AGENTS)
    assert FOR_AGENTS not in visitors.page().request.get("/en/articles/activate-esim/").text()

    page.keyboard.press("m")
    page.keyboard.type("Say which ticket queue the SIM desk reads.")
    page.keyboard.press("Enter")
    expect(page.locator(".wishes")).to_contain_text("Say which ticket queue the SIM desk reads.")


def test_a_slash_that_is_typed_stays_a_slash(visitors: Visitors) -> None:
    page = visitors.page("agnes")
    page.goto("/agent/")
    page.keyboard.press("m")
    page.keyboard.type("24/7")
    expect(page.get_by_role("textbox")).to_have_value("24/7")


def test_a_customer_is_led_to_the_sign_in(visitors: Visitors) -> None:
    page = visitors.page()
    page.goto("/agent/articles/nothing/")
    expect(page.get_by_label("Password")).to_be_visible()
