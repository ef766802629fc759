"""Without a mouse: where the focus is can be seen, and Enter sends."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

MARKED = """() => {
    const focused = document.activeElement, box = focused.getBoundingClientRect();
    const style = getComputedStyle(focused);
    return box.top >= 0 && box.bottom <= innerHeight && box.width > 0
        && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


@pytest.mark.parametrize(("person", "address"), [("", "/en/requests/"), ("agnes", "/agent/")])
def test_the_first_stop_leads_past_the_header(
    visitors: Visitors, person: str, address: str
) -> None:
    page = visitors.page(person)
    page.goto(address)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(("person", "address"), [("", "/en/"), ("agnes", "/agent/")])
def test_each_stop_is_marked(visitors: Visitors, person: str, address: str) -> None:
    page = visitors.page(person)
    page.goto(address)
    for stop in range(12):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.outerHTML")
        assert page.evaluate(MARKED), f"Stop {stop + 1}: {name}"


def test_enter_sends_a_search(visitors: Visitors) -> None:
    page = visitors.page()
    page.goto("/en/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("broken screen")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/search/\?q=broken\+screen$"))
    expect(page.locator(".articles a").first).to_have_text("Broken screen")


def test_a_refused_sign_in_says_so_and_keeps_the_name(visitors: Visitors) -> None:
    page = visitors.page()
    page.goto("/sign-in/")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type("agnes")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("User name")).to_have_value("agnes")
