"""Many articles at once, by keyboard alone, with and without scripts, on a desk and on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.test_pages import GRAVE
from tests.browser.visitors import DESK, PHONE, Visitors

pytestmark = pytest.mark.browser

LIST = "/admin/articles/article/"


def choose(page: Page, action: str) -> None:
    """Tick the first two articles and choose what to do, by keyboard."""
    page.goto(f"{LIST}?kind=support")
    for row in range(2):
        page.locator("input.action-select").nth(row).focus()
        page.keyboard.press("Space")
    page.get_by_label("Action:").select_option(action)
    with page.expect_navigation():
        page.get_by_role("button", name="Go", exact=True).press("Enter")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "without"])
def test_two_articles_get_a_tag_and_the_list_is_come_back_to(
    visitors: Visitors, javascript: bool
) -> None:
    page = visitors.page("anna", javascript=javascript)
    tag = f"Bulk {javascript}"
    choose(page, "tags")
    page.get_by_label("Add tags:").fill(tag)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text(f"with “{tag}”")).to_have_count(2)

    with page.expect_navigation():
        page.get_by_role("button", name="Change tags").press("Enter")

    expect(page.get_by_text("2 were done.")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="Back to the list").press("Enter")
    assert page.url.endswith("?kind=support")
    page.goto(f"{LIST}?tag={tag.lower()}")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_each_actions_page_can_be_used_by_everybody(visitors: Visitors, viewport: dict) -> None:
    page = visitors.page("paula", viewport=viewport)
    found = []
    for action in ("assign", "tags", "submit", "retire"):
        choose(page, action)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport["width"]:
            found.append(f"{action}: {width} pixels wide")
        page.evaluate(AXE_SCRIPT)
        found += [f"{action}: {fault}" for fault in page.evaluate(GRAVE)]
    assert found == []
