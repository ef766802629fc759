"""Suggestions while a question is typed, by keyboard alone and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitors import PHONE, Visitors

pytestmark = pytest.mark.browser


@pytest.fixture
def asking(visitors: Visitors) -> Page:
    page = visitors.page()
    page.goto("/en/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("activate my e")
    expect(page.get_by_role("option").first).to_be_visible()
    return page


def test_arrows_choose_and_enter_searches(asking: Page) -> None:
    box = asking.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    asking.keyboard.press("ArrowDown")
    chosen = asking.get_by_role("option", selected=True)
    expect(chosen).to_have_id(box.get_attribute("aria-activedescendant") or "none")
    question = chosen.inner_text()
    expect(box).to_have_value(question)
    asking.keyboard.press("Enter")
    expect(asking).to_have_url(re.compile(r"/en/search/\?q="))
    expect(asking.get_by_role("combobox")).to_have_value(question)


def test_escape_gives_back_what_was_typed(asking: Page) -> None:
    asking.keyboard.press("ArrowDown")
    asking.keyboard.press("Escape")
    expect(asking.get_by_role("combobox")).to_have_value("activate my e")
    expect(asking.get_by_role("option")).to_have_count(0)
    expect(asking.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")


def test_a_finger_chooses_in_chinese(visitors: Visitors) -> None:
    page = visitors.page(language="zh-CN", viewport=PHONE)
    page.goto("/zh-hans/")
    page.get_by_role("combobox").fill("eSIM")
    page.get_by_role("option").first.click()
    expect(page).to_have_url(re.compile(r"/zh-hans/search/\?q="))
    expect(page.locator(".articles a").first).to_be_visible()


def test_half_made_characters_are_not_asked_for(visitors: Visitors) -> None:
    page = visitors.page(language="zh-CN")
    page.goto("/zh-hans/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    box = page.get_by_role("combobox")
    box.evaluate(
        """box => {
            box.focus();
            box.value = "jihuo";
            box.dispatchEvent(new InputEvent("input", {isComposing: true}));
        }"""
    )
    page.wait_for_timeout(400)
    assert not [address for address in asked if "/suggest/" in address]
    with page.expect_request("**/suggest/**"):
        box.evaluate(
            """box => {
                box.value = "激活";
                box.dispatchEvent(new CompositionEvent("compositionend"));
            }"""
        )
