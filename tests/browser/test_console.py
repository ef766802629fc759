"""An agent in a call: from the screen-pop to what solved it, by keyboard alone."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.test_pages import GRAVE
from tests.browser.visitors import Visitors
from tests.server import Installation

pytestmark = pytest.mark.browser

FOR_AGENTS = "[data-audience=agent]"
CALLS = {
    "en": {
        "language": "en-GB",
        "typed": "activate esim",
        "title": "Activate your eSIM",
        "step": "Point the camera at the QR code",
        "wrong": "Menu names differ on foldable phones.",
        "missing": "Say what to do on a tablet.",
        "copied": "Activate your eSIM",
    },
    "zh-hans": {
        "language": "zh-CN",
        "typed": "激活eSIM",
        "title": "激活 eSIM",
        "step": "二维码",
        "wrong": "折叠屏手机的菜单名称不同。",
        "missing": "请说明平板电脑怎么办。",
        "copied": "激活 eSIM",
    },
}
KEPT = """() => { window.copied = []; Object.defineProperty(navigator, "clipboard", {
    configurable: true,
    value: { writeText: async (text) => { window.copied.push(text); } },
}); }"""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def copied(page: Page) -> str:
    """What the page put into the clipboard last."""
    for _ in range(100):
        if text := page.evaluate("window.copied.pop()"):
            return str(text)
        page.wait_for_timeout(50)
    raise AssertionError("nothing was copied")


def open_console(visitors: Visitors, query: str = "", language: str = "en-GB") -> Page:
    page = visitors.page("agnes", language=language)
    page.add_init_script(f"({KEPT})()")
    page.goto(f"/agent/?{query}")
    expect(page.locator("body.has-script")).to_be_attached()
    return page


@pytest.mark.parametrize("locale", CALLS)
def test_a_call_by_keyboard_alone(visitors: Visitors, locale: str) -> None:
    call = CALLS[locale]
    # The telephone system opens the page, with what the customer said to its voice menu.
    pop = f"call=pop-{locale}&customer=C-{locale}&locale={locale}&q=wifi"
    page = open_console(visitors, pop, call["language"])
    expect(page.locator(".call-name")).to_contain_text(f"pop-{locale}")
    expect(page.locator("#q")).to_have_value("wifi")

    # The customer says something else.
    press(page, "/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(call["typed"])
    expect(page.locator("#found a").first).to_contain_text(call["title"])
    press(page, "ArrowDown", "ArrowDown", "ArrowUp")
    expect(page.locator("#found a").first).to_be_focused()
    press(page, "Enter")

    article = page.locator("article")
    expect(article.get_by_role("heading", level=1)).to_have_text(call["title"])
    expect(page.locator("#main")).to_be_focused()
    expect(page.locator(FOR_AGENTS).first).to_be_visible()

    # Steps are ticked while talking, and stay ticked.
    kept: list[int] = []
    page.on("response", lambda told: kept.append(told.status) if "/tick/" in told.url else None)
    press(page, "n", "n")
    while len(kept) < 2:
        page.wait_for_timeout(20)
    assert kept == [200, 200]
    expect(page.locator('.step[aria-checked="true"]')).to_have_count(2)
    second = page.locator("li:has(> .step)").nth(1)
    expect(second).to_contain_text(call["step"])
    page.reload()
    expect(page.locator('.step[aria-checked="true"]')).to_have_count(2)

    # What goes into the chat, and what is read aloud, leaves out what is for agents.
    inside = page.locator(FOR_AGENTS).first.locator("p").last.inner_text()
    press(page, "c")
    text = copied(page)
    assert call["copied"] in text
    assert inside not in text
    press(page, "l")
    assert copied(page).startswith(f"{visitors.hub.address}/{locale}/articles/")
    press(page, "r")
    aloud = page.locator("#aloud")
    expect(aloud).to_be_focused()
    expect(aloud).to_contain_text(call["title"])
    expect(aloud).not_to_contain_text(inside)
    press(page, "Escape")
    expect(aloud).to_be_hidden()

    # It solved it, and something about it is wrong, and something missing.
    press(page, "u")
    expect(page.locator('[data-key="u"][aria-pressed="true"]')).to_be_visible()
    for key in ("wrong", "missing"):
        press(page, key[0])
        expect(page.locator(f"#sentence-{key}")).to_be_focused()
        page.keyboard.type(call[key])
        press(page, "Enter")
        expect(page.locator(f"#sentence-{key}")).to_be_hidden()
        expect(page.locator(".wishes")).to_contain_text(call[key])

    # All of it is in the call.
    ledger = page.locator(".ledger")
    for kind in ("searched", "opened", "used", "wrong", "missing"):
        expect(ledger.locator(f".done-{kind}").first).to_be_attached()

    # Back, step by step.
    press(page, "Escape")
    expect(page.locator("#found a").first).to_be_focused()
    expect(page.locator("#card")).to_have_count(0)
    press(page, "Escape")
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator(".shortcuts-lately")).to_contain_text(call["title"])
    expect(page.locator(".shortcuts-today")).to_contain_text(call["title"])


def test_enter_in_the_search_opens_the_best_and_a_digit_tells_it_in_chinese(
    visitors: Visitors,
) -> None:
    page = open_console(visitors, "locale=en")
    press(page, "/")
    page.keyboard.type("activate esim")
    press(page, "Enter")
    expect(page.locator("article")).to_have_attribute("lang", "en")
    press(page, "2")
    expect(page.locator("article")).to_have_attribute("lang", "zh-Hans")
    press(page, "g")
    expect(page.locator("article")).to_have_attribute("lang", "zh-Hant")
    press(page, "p")
    expect(page.locator('[data-key="p"][aria-pressed="true"]')).to_be_visible()
    page.go_back()
    expect(page.locator("article")).to_have_attribute("lang", "zh-Hans")
    press(page, "p")
    expect(page.locator('[data-key="p"][aria-pressed="false"]')).to_be_visible()


def test_what_is_half_typed_in_an_input_method_is_neither_searched_nor_a_key(
    visitors: Visitors,
) -> None:
    page = open_console(visitors, "locale=zh-hans", "zh-CN")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    press(page, "/")
    session = page.context.new_cdp_session(page)
    session.send(
        "Input.imeSetComposition", {"text": "manyou", "selectionStart": 6, "selectionEnd": 6}
    )
    page.evaluate(
        """() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
            {key: "Escape", bubbles: true, isComposing: true}))"""
    )
    page.wait_for_timeout(300)
    assert [url for url in asked if "/results/" in url] == []
    expect(page.locator("#q")).to_be_focused()
    session.send("Input.insertText", {"text": "漫游"})
    expect(page.locator("#found a").first).to_contain_text("漫游")


def test_keys_can_be_turned_off_for_good(visitors: Visitors) -> None:
    page = open_console(visitors, "locale=en&q=esim")
    press(page, "?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(GRAVE) == []
    expect(dialog.get_by_role("checkbox")).to_be_focused()
    press(page, "Space", "Escape")
    expect(dialog).to_be_hidden()
    for _ in range(2):
        press(page, "/")
        expect(page.locator("#q")).not_to_be_focused()
        page.reload()
        expect(page.locator("body.has-script")).to_be_attached()
    # Arrows are no letters: they still work.
    press(page, "ArrowDown")
    expect(page.locator("#found a").first).to_be_focused()


def test_what_is_for_agents_alone_is_not_copied(visitors: Visitors) -> None:
    page = open_console(visitors, "locale=en&audience=agent")
    press(page, "ArrowDown", "Enter")
    expect(page.locator(".notice-agent")).to_be_visible()
    press(page, "c")
    expect(page.locator("#said")).to_contain_text("must not be sent out")
    assert page.evaluate("window.copied") == []


def test_a_search_that_is_overtaken_shows_nothing(visitors: Visitors) -> None:
    page = open_console(visitors, "locale=en")
    page.route("**/agent/results/?*q=roaming*", lambda route: (time.sleep(0.6), route.continue_()))
    press(page, "/")
    page.keyboard.type("roaming")
    page.wait_for_timeout(200)
    page.keyboard.press("Control+a")
    page.keyboard.type("activate esim")
    expect(page.locator("#found a").first).to_contain_text("Activate your eSIM")
    page.wait_for_timeout(800)
    expect(page.locator("#found a").first).to_contain_text("Activate your eSIM")
    page.unroute("**/agent/results/?*q=roaming*")


@pytest.mark.parametrize(
    ("locale", "body", "old", "new"),
    [("en", "It costs £5 a day.", "£5", "£6"), ("zh-hans", "每天收费五元。", "五元", "六元")],
)
def test_a_change_is_seen_within_two_seconds_and_taken_by_a_key(
    visitors: Visitors, home: Installation, locale: str, body: str, old: str, new: str
) -> None:
    job = "tests.browser.republishing"
    public_id = home.job(job, "new", f"Watched {locale}", f"{body}\n\n1. Wait.", locale).strip()
    page = visitors.page("agnes")
    page.goto(f"/agent/articles/{public_id}/?locale={locale}")
    page.evaluate(
        """() => new MutationObserver(() => { window.seen ??= Date.now(); }).observe(
            document.getElementById("change"), {childList: true})"""
    )
    changed = float(home.job(job, "change", public_id, locale, old, new))
    notice = page.locator(".change")
    expect(notice).to_be_visible()
    took = page.evaluate("window.seen") / 1000 - changed
    assert took <= 2, f"{took:.2f} s"
    expect(notice.locator("del").first).to_be_visible()
    assert page.locator("article").inner_text().count(old) == 1

    press(page, "a")
    expect(page.locator("article")).to_contain_text(new)
    expect(page.locator(".change")).to_have_count(0)

    home.job(job, "retire", public_id)
    expect(page.locator(".change-gone")).to_be_visible()
    expect(page.locator("article")).to_contain_text(new)


def test_a_tab_in_the_background_asks_nothing_and_catches_up(
    visitors: Visitors, home: Installation
) -> None:
    job = "tests.browser.republishing"
    public_id = home.job(job, "new", "Hidden", "It costs £5.", "en").strip()
    page = visitors.page("agnes")
    page.goto(f"/agent/articles/{public_id}/?locale=en")
    hide = """(hidden) => {
        Object.defineProperty(document, "hidden", {configurable: true, value: hidden});
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.evaluate(hide, True)
    page.wait_for_timeout(300)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    home.job(job, "change", public_id, "en", "£5", "£6")
    page.wait_for_timeout(1200)
    assert asked == []
    page.evaluate(hide, False)
    expect(page.locator(".change")).to_be_visible(timeout=900)


def test_without_a_script_a_call_is_kept_as_well(visitors: Visitors) -> None:
    page = visitors.page("agnes", javascript=False)
    page.goto("/agent/?call=plain&locale=en&q=activate+esim")
    page.locator("#found a").first.click()
    page.get_by_role("button", name="This solved it").click()
    expect(page.locator('[data-key="u"][aria-pressed="true"]')).to_be_visible()
    page.get_by_role("checkbox").first.click()
    expect(page.locator('.step[aria-checked="true"]')).to_have_count(1)
    for kind in ("searched", "opened", "used"):
        expect(page.locator(f".done-{kind}").first).to_be_attached()


SLOWLY = """() => { const asked = window.fetch; window.fetch = async (...request) => {
    await new Promise((done) => setTimeout(done, 300));
    return asked(...request);
}; }"""


def test_what_is_typed_while_an_answer_comes_goes_where_it_was_meant(visitors: Visitors) -> None:
    page = open_console(visitors, "locale=en&q=activate+esim")
    page.evaluate(SLOWLY)
    press(page, "/", "ArrowDown", "Enter")
    expect(page.locator("#card")).to_be_visible()
    press(page, "Escape", "/")
    page.keyboard.type("roaming abroad", delay=30)
    page.wait_for_timeout(800)
    expect(page.locator("#q")).to_have_value("roaming abroad")
    expect(page.locator("#q")).to_be_focused()
