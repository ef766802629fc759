"""A customer with a phone, in Traditional Chinese, finds, reads, votes and asks.

Without scripts, and with them it is the same: test_pages.py sees that the website has none but for
suggestions, which test_suggesting.py plays.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visitors import PHONE, Visitors

pytestmark = pytest.mark.browser

ROAMING = "在外地使用手機"
WISH = "請補充在澳門使用數據的收費。"


@pytest.fixture
def phone(visitors: Visitors) -> Page:
    return visitors.page(language="zh-HK", viewport=PHONE, javascript=False)


def wish(page: Page, sentence: str) -> Locator:
    return page.locator(".wish").filter(has_text=sentence)


def search(page: Page, words: str) -> None:
    box = page.get_by_role("main").get_by_role("searchbox")
    box.fill(words)
    box.press("Enter")


def test_an_article_is_found_by_its_topic_in_the_readers_own_language(phone: Page) -> None:
    phone.goto("/")
    expect(phone).to_have_url(re.compile(r"/zh-hant/$"))
    phone.get_by_role("link", name="漫遊與旅行").click()
    phone.get_by_role("link", name=ROAMING).click()

    expect(phone.get_by_role("heading", level=1)).to_have_text(ROAMING)
    expect(phone.locator("html")).to_have_attribute("lang", "zh-Hant")


def test_an_article_is_found_by_a_question_and_read_in_another_language(phone: Page) -> None:
    phone.goto("/zh-hant/")
    search(phone, "eSIM 要怎樣啟用？")
    expect(phone.locator(".articles a").first).to_have_text("啟用 eSIM")
    phone.locator(".articles a").first.click()
    expect(phone.get_by_role("article")).to_contain_text("QR 碼只能用一次")

    phone.get_by_role("banner").get_by_role("link", name="English").click()

    expect(phone).to_have_url(re.compile(r"/en/articles/activate-esim/$"))
    expect(phone.get_by_role("article")).to_contain_text("A code works once")
    expect(phone.locator("html")).to_have_attribute("lang", "en")


def test_a_vote_counts_and_can_be_taken_back(phone: Page) -> None:
    phone.goto("/zh-hant/requests/")
    button = wish(phone, WISH).get_by_role("button")
    votes = int(button.locator("strong").inner_text())

    button.click()
    expect(button.locator("strong")).to_have_text(str(votes + 1))
    button.click()
    expect(button.locator("strong")).to_have_text(str(votes))


def test_what_an_article_lacks_is_asked_for_and_stands_beneath_it(phone: Page) -> None:
    sentence = "請說明如何查看剩餘數據。"
    phone.goto("/zh-hant/topics/roaming/")
    phone.get_by_role("link", name=ROAMING).click()
    phone.get_by_role("textbox").fill(sentence)
    phone.locator("form.ask").get_by_role("button").click()

    expect(phone.get_by_role("status")).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_have_text(ROAMING)
    expect(wish(phone, sentence).locator("strong")).to_have_text("1")


def test_who_finds_nothing_can_ask_for_it_at_once(phone: Page) -> None:
    words = "qxzvbk xqj"
    phone.goto("/zh-hant/")
    search(phone, words)
    expect(phone.locator("#sentence")).to_have_value(words)
    phone.locator("form.ask").get_by_role("button").click()

    expect(phone).to_have_url(re.compile(r"/zh-hant/requests/$"))
    expect(wish(phone, words)).to_be_visible()
