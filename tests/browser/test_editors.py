"""Editors write, review, publish and go back, and all channels follow at the same moment."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.telling import Telling, tellings
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

KEY = "price.replacement-sim"
TITLE = "Replace a worn SIM card"
BODY = f"A new card costs {{{{ {KEY} }}}}.\n\n::: agent\nWaive it for a worn card.\n:::"


def press(page: Page, button: str) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def write_article(author: Page) -> tuple[str, str]:
    """Return the desk's address of the new article, and its public id."""
    author.goto("/admin/articles/article/add/")
    author.get_by_label("Title:").fill(TITLE)
    author.get_by_label("Text:").fill(BODY)
    author.get_by_label("Kind:").select_option("support")
    author.get_by_label("Audience:").select_option("public")
    press(author, "Save draft")
    press(author, "Submit for review")
    expect(author.locator(".desk-state-in_review")).to_be_visible()
    return author.url, author.locator(".desk-facts code").inner_text()


def change_price(author: Page, amount: str) -> str:
    """Return the desk's address of the snippet."""
    author.goto(f"/admin/articles/snippet/?q={KEY}")
    author.get_by_role("link", name=KEY).click()
    author.get_by_label("Amount:").first.fill(amount)
    press(author, "Save")
    expect(author.locator(".desk-state-draft").first).to_be_visible()
    return author.url


def agree(channels: dict[str, Telling], *, on: str) -> Telling:
    """Check that all channels tell the same edition and digest, and `on`; return one of them."""
    (same,) = {(telling.edition, telling.digest) for telling in channels.values()}
    for name, telling in channels.items():
        assert on in telling.text, name
    return Telling(*same, on)


def test_a_new_price_is_told_on_all_four_channels_at_once_and_taken_back_at_once(
    visitors: Visitors,
) -> None:
    author, reviewer, publisher = (visitors.page(name) for name in ("anna", "ravi", "paula"))

    address, public_id = write_article(author)
    reviewer.goto(address)
    press(reviewer, "Approve")
    publisher.goto(address)
    press(publisher, "Publish now")
    expect(publisher.locator(".messagelist")).to_contain_text("Published in edition")
    slug = "replace-a-worn-sim-card"
    first = agree(tellings(visitors, public_id=public_id, slug=slug), on="£5")

    snippet = change_price(author, "7.25")
    reviewer.goto(snippet)
    press(reviewer, "Approve revision 2")
    assert agree(tellings(visitors, public_id=public_id, slug=slug), on="£5") == first
    publisher.goto("/admin/channels/release/publish/")
    row = publisher.get_by_role("row").filter(has_text=KEY)
    row.locator("summary").click()
    expect(row.locator("li").filter(has_text=TITLE)).to_be_visible()
    publisher.get_by_label(KEY).check()
    press(publisher, "Publish now")
    second = agree(tellings(visitors, public_id=public_id, slug=slug), on="£7.25")
    assert int(second.edition) == int(first.edition) + 1
    assert second.digest != first.digest

    publisher.goto(f"/admin/channels/edition/{first.edition}/change/")
    publisher.get_by_role("link", name="Go back to this edition").click()
    press(publisher, "Go back now")
    expect(publisher).to_have_url(re.compile(r"/admin/channels/edition/"))
    third = agree(tellings(visitors, public_id=public_id, slug=slug), on="£5")
    assert int(third.edition) == int(second.edition) + 1
    assert third.digest == first.digest


def test_one_box_ticks_all_that_waits(visitors: Visitors) -> None:
    publisher = visitors.page("paula")
    publisher.goto("/admin/channels/release/publish/")
    boxes = publisher.locator("input[name=text]")

    publisher.get_by_label("Choose all texts").check()

    assert boxes.count() > 0
    assert all(box.is_checked() for box in boxes.all())
