"""A call goes on where it was: over lost answers, another tab, another language and a sign-in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_console import KEPT, copied, open_console, press
from tests.browser.visitors import Visitors
from tests.server import Installation

pytestmark = pytest.mark.browser

LONG = "Losing it is no fun.\n\n## What to do\n\n{steps}\n\n## And then\n\n{more}"
STEPS = "\n".join(f"{number}. Do the thing of number {number}." for number in range(1, 9))
MORE = "\n\n".join(f"Then there is the matter of {number}." for number in range(40))
TOP = """(selector) => document.querySelector(selector).getBoundingClientRect().top
    - document.querySelector("#card").getBoundingClientRect().bottom"""
SCROLLED = 'document.getElementById("main").scrollTop'


@pytest.fixture(scope="module")
def long_article(home: Installation) -> str:
    body = LONG.format(steps=STEPS, more=MORE)
    return home.job("tests.browser.republishing", "new", "A long one", body, "en").strip()


def open_article(visitors: Visitors, public_id: str, place: str = "", call: str = "") -> Page:
    page = visitors.page("agnes", language="en-GB")
    page.add_init_script(f"({KEPT})()")
    page.goto(f"/agent/articles/{public_id}/?locale=en&call={call}{place}")
    expect(page.locator("body.has-script")).to_be_attached()
    return page


def test_a_passage_that_is_opened_stands_below_the_bar(
    visitors: Visitors, long_article: str
) -> None:
    page = open_article(visitors, long_article, "#kh-and-then")
    assert page.evaluate(TOP, "#kh-and-then") >= 0


def test_on_a_phone_an_article_opens_at_its_beginning(visitors: Visitors) -> None:
    page = open_console(visitors, "locale=en")
    page.set_viewport_size({"width": 390, "height": 700})
    link = page.locator("#found a").nth(18)
    link.scroll_into_view_if_needed()
    link.click()
    expect(page.locator("#card")).to_be_in_viewport()
    page.go_back()
    expect(link).to_be_in_viewport()


def test_what_was_read_aloud_or_taken_anew_leaves_the_text_where_it_was(
    visitors: Visitors, long_article: str
) -> None:
    page = open_article(visitors, long_article, "#kh-and-then")
    before = page.evaluate(SCROLLED)
    press(page, "r")
    expect(page.locator("#aloud")).to_be_focused()
    press(page, "Escape")
    expect(page.locator("#aloud")).to_be_hidden()
    assert page.evaluate(SCROLLED) == before
    for _ in range(20):
        page.mouse.move(800, 500)
        page.mouse.wheel(0, 20)
    page.wait_for_timeout(200)
    before = page.evaluate(SCROLLED)
    with page.expect_response("**/card/*"):
        press(page, "1")
    expect(page.locator("#main[aria-busy]")).to_have_count(0)
    assert abs(page.evaluate(SCROLLED) - before) < 60


def test_a_lost_search_opens_nothing_of_other_words_and_goes_out_again(visitors: Visitors) -> None:
    page = open_console(visitors, "locale=en&q=activate+esim")

    def refuse(route: Route) -> None:
        route.fulfill(status=503, body="")

    page.route("**/agent/results/**", refuse)
    press(page, "/")
    page.keyboard.type("stolen phone")
    expect(page.locator("#said")).to_contain_text("did not reach the server")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    press(page, "Enter")
    page.wait_for_timeout(300)
    expect(page.locator("#card")).to_have_count(0)
    page.unroute("**/agent/results/**")
    expect(page.locator("#found a").first).to_contain_text("Lost or stolen phone")
    expect(page.locator("#results[aria-busy]")).to_have_count(0)
    visitors.forgive("503")


def test_a_step_ticked_in_one_tab_is_ticked_in_the_other(
    visitors: Visitors, long_article: str
) -> None:
    page = open_article(visitors, long_article, call="two-tabs")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("body.has-script")).to_be_attached()
    press(page, "n", "n")
    expect(other.locator('.step[aria-checked="true"]')).to_have_count(2)
    press(other, "n")
    expect(page.locator('.step[aria-checked="true"]')).to_have_count(3)


def test_a_sentence_half_written_is_there_again(visitors: Visitors, long_article: str) -> None:
    page = open_article(visitors, long_article, call="half")
    press(page, "w")
    page.keyboard.type("The third step is")
    press(page, "Escape", "Escape")
    expect(page.locator("#card")).to_have_count(0)
    page.go_back()
    press(page, "w")
    expect(page.locator("#sentence-wrong")).to_have_value("The third step is")
    page.reload()
    press(page, "w")
    expect(page.locator("#sentence-wrong")).to_have_value("The third step is")
    page.keyboard.type(" wrong.")
    press(page, "Enter")
    expect(page.locator(".wishes")).to_contain_text("The third step is wrong.")
    page.reload()
    press(page, "w")
    expect(page.locator("#sentence-wrong")).to_have_value("")


def test_words_searched_by_who_was_signed_out_wait_behind_the_sign_in(visitors: Visitors) -> None:
    page = open_console(visitors, "locale=en&call=gone")
    page.context.clear_cookies(name="sessionid")
    press(page, "/")
    page.keyboard.type("stolen phone")
    expect(page.get_by_label("User name")).to_be_focused()
    assert "stolen%2Bphone" in page.url or "stolen+phone" in page.url


def test_escape_leaves_a_list_and_enter_opens_what_the_call_came_with(visitors: Visitors) -> None:
    page = open_console(visitors, "locale=en&call=pop&q=stolen+phone")
    press(page, "Enter")
    expect(page.locator("article h1")).to_have_text("Lost or stolen phone")
    page.locator("select[name=speaks]").focus()
    press(page, "Escape")
    expect(page.locator("#main")).to_be_focused()
    expect(page.locator("article h1")).to_have_text("Lost or stolen phone")


def test_who_cannot_be_told_of_changes_is_told_that(visitors: Visitors, long_article: str) -> None:
    page = open_article(visitors, long_article)
    page.context.set_offline(True)
    expect(page.locator("#unwatched")).to_contain_text("No connection to the server")
    page.context.set_offline(False)
    expect(page.locator("#unwatched")).to_be_empty()
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def test_the_language_of_the_customer_is_two_keys_away(visitors: Visitors) -> None:
    page = open_console(visitors, "locale=en&call=speaks&q=activate+esim")
    press(page, "Enter")
    expect(page.locator("article h1")).to_have_text("Activate your eSIM")
    press(page, "s", "ArrowDown", "Escape")
    expect(page.locator('[data-key="c"][href*="zh-hans"]')).to_be_attached()
    press(page, "c")
    assert copied(page).startswith("激活")


def test_back_and_forward_bring_the_words_and_their_results_along(visitors: Visitors) -> None:
    page = open_console(visitors, "locale=en&q=activate+esim")
    press(page, "Enter")
    expect(page.locator("article h1")).to_have_text("Activate your eSIM")
    press(page, "/")
    page.keyboard.type("stolen phone")
    expect(page.locator("#found a").first).to_contain_text("Lost or stolen phone")
    page.go_back()
    expect(page.locator("#q")).to_have_value("activate esim")
    expect(page.locator("#found a").first).to_contain_text("Activate your eSIM")
    expect(page.locator("#card")).to_have_count(0)
    page.go_forward()
    expect(page.locator("#q")).to_have_value("stolen phone")
    expect(page.locator("article h1")).to_have_text("Activate your eSIM")
