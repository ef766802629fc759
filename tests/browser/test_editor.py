"""An author at the editor: sees at once what readers will get, and loses nothing."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import FrameLocator, Locator, Page, ViewportSize, expect

from tests.browser.test_pages import GRAVE
from tests.browser.visitors import DESK, PHONE, Visitors
from tests.services import missing

pytestmark = pytest.mark.browser

BODY = "A new card costs {{ price.replacement-sim }}.\n\n::: agent\nWaive it.\n:::"
DROP = """([place, kind]) => {
    const picture = Uint8Array.from(atob(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg=="
    ), (char) => char.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([picture], "dot.png", { type: "image/png" }));
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { clipboardData: files, bubbles: true, cancelable: true })
        : new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true });
    document.querySelector(place).dispatchEvent(event);
}"""


def made(author: Page, title: str, body: str = BODY) -> str:
    """Make an article by the desk; return its address."""
    author.goto("/admin/articles/article/add/")
    author.get_by_label("Title:").fill(title)
    author.get_by_label("Text:").fill(body)
    author.get_by_label("Kind:").select_option("support")
    author.get_by_label("Audience:").select_option("public")
    save(author)
    return author.url.split("?")[0]


def save(author: Page, section: str = "") -> None:
    place: Page | Locator = author.locator(f"#text-{section}") if section else author
    with author.expect_navigation():
        place.get_by_role("button", name=re.compile("Save draft|保存草稿")).first.click()


def type_on(author: Page, words: str, section: str = "en") -> None:
    """Type at the end of the text."""
    author.locator(f"#id_{section}_body_editor").focus()
    author.keyboard.press("Control+End")
    author.keyboard.type(words)


def written(author: Page, section: str = "en") -> str:
    return author.locator(f"#id_{section}_body").evaluate("area => area.value")


def shown(author: Page) -> FrameLocator:
    return author.frame_locator("#text-en iframe")


def kept(author: Page) -> None:
    """Wait until the server has what was typed."""
    expect(author.locator("#text-en [data-told]")).to_contain_text("Kept at")


def test_the_preview_follows_the_typing_for_each_kind_of_reader(visitors: Visitors) -> None:
    author = visitors.page("anna")
    made(author, "Preview while typing")
    expect(shown(author).get_by_text("A new card costs £5.")).to_be_visible()

    type_on(author, "\n\nCome to a shop.")
    expect(shown(author).get_by_text("Come to a shop.")).to_be_visible()
    expect(author.locator("#text-en [data-verdict]")).to_have_text(
        re.compile("All formats say the same [0-9]+ words.")
    )
    expect(shown(author).get_by_text("Waive it.")).to_have_count(0)
    section = author.locator("#text-en")
    section.get_by_role("button", name="Agent", exact=True).click()
    expect(shown(author).get_by_text("Waive it.")).to_be_visible()
    section.get_by_role("button", name="Phone", exact=True).click()
    expect(section.locator("[data-script]")).to_contain_text("5 British pounds")
    expect(section.locator("[data-seconds]")).to_have_text(re.compile("[0-9]+ seconds of speech"))
    section.get_by_role("button", name="Feed", exact=True).click()
    section.get_by_label("Readers").select_option("agent")
    expect(shown(author).get_by_text("Waive it.")).to_be_visible()

    type_on(author, "\n\n[No](javascript:1)")
    section.get_by_role("button", name="Line 10").click()
    expect(author.locator("#id_en_body_editor")).to_be_focused()


def test_the_script_can_be_heard(visitors: Visitors) -> None:
    author = visitors.page("anna")
    made(author, "To be heard")
    author.get_by_role("button", name="Phone", exact=True).click()
    play = author.locator("#text-en [data-play]")
    if not play.count():
        missing("espeak-ng")

    play.click()
    expect(play).to_have_text("Stop")
    play.click()
    expect(play).to_have_text("Play")


def test_what_is_typed_is_offered_again_and_gone_once_it_is_saved(visitors: Visitors) -> None:
    author = visitors.page("anna")
    address = made(author, "Kept in the browser")
    type_on(author, "\n\nHalf a sen")
    author.goto(address)
    expect(author.get_by_text("You have unsaved text of")).to_be_visible()
    assert "Half a sen" not in written(author)
    author.get_by_role("button", name="Take it").click()
    assert written(author).endswith("Half a sen")
    save(author)
    expect(author.locator(".messagelist")).to_contain_text("Saved as revision 2.")

    author.goto(address)
    expect(author.locator("#text-en .EasyMDEContainer")).to_be_visible()
    expect(author.get_by_text("You have unsaved text of")).to_have_count(0)


def test_a_text_that_is_too_long_is_not_sent_and_stays(visitors: Visitors) -> None:
    author = visitors.page("anna")
    address = made(author, "Far too long")
    author.locator("#text-en .CodeMirror").evaluate(
        "editor => editor.CodeMirror.setValue('word '.repeat(250000))"
    )

    told = author.locator("#text-en [data-told]")
    expect(told).to_contain_text("This is too long to be kept")
    expect(author.get_by_text("too long to be shown while you type")).to_be_visible()

    author.locator("#text-en").get_by_role("button", name="Save draft").first.click()

    expect(told).to_contain_text("longer than 1 MB")
    assert author.url.startswith(address)
    assert len(written(author)) == 1_250_000
    visitors.forgive("400")


def test_a_text_that_was_not_saved_is_offered_though_another_language_is_asked_for(
    visitors: Visitors,
) -> None:
    author = visitors.page("anna")
    address = made(author, "Two texts")
    author.locator("#text-zh-hans > summary").click()
    type_on(author, "半句话", "zh-hans")
    author.goto(f"{address}?locale=en")

    section = author.locator("#text-zh-hans")
    section.get_by_role("button", name="Take it").click()
    assert written(author, "zh-hans") == "半句话"


def test_what_is_typed_is_offered_in_another_browser(visitors: Visitors) -> None:
    author, elsewhere = visitors.page("anna"), visitors.page("anna")
    address = made(author, "Kept on the server")
    type_on(author, "\n\nHalf a sen")
    kept(author)

    elsewhere.goto(address)
    expect(
        elsewhere.get_by_text(re.compile("You have unsaved text of .* on revision 1"))
    ).to_be_visible()
    elsewhere.get_by_role("link", name="Take it").click()
    expect(elsewhere.get_by_text("This is what you had typed on revision 1.")).to_be_visible()
    assert written(elsewhere).endswith("Half a sen")

    elsewhere.goto(address)
    elsewhere.get_by_role("button", name="Drop it").click()
    expect(elsewhere.get_by_text("You have unsaved text of")).to_have_count(0)


def sign_out(author: Page) -> None:
    author.context.clear_cookies(name="sessionid")


def sign_in_there(page: Page) -> None:
    page.locator("#id_username").fill("anna")
    page.locator("#id_password").fill("demo-anna")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_who_is_signed_out_while_typing_signs_in_in_another_tab_and_goes_on(
    visitors: Visitors,
) -> None:
    author = visitors.page("anna")
    made(author, "Signed out while typing")
    sign_out(author)
    type_on(author, "\n\nGo on.")
    link = author.get_by_role("link", name="Sign in in another tab")
    expect(link).to_be_visible()
    with author.context.expect_page() as opened:
        link.click()
    sign_in_there(opened.value)

    type_on(author, " And on.")
    kept(author)
    save(author)

    expect(author.locator(".messagelist")).to_contain_text("Saved as revision 2.")
    assert "Go on. And on." in written(author)
    visitors.forgive("401")


def test_a_save_after_the_session_ended_leads_by_the_sign_in_back_to_what_was_typed(
    visitors: Visitors,
) -> None:
    author = visitors.page("anna")
    made(author, "Signed out before saving")
    type_on(author, "\n\nNot lost.")
    sign_out(author)
    save(author)
    assert "/login/" in author.url
    sign_in_there(author)

    author.get_by_role("button", name="Take it").click()
    assert written(author).endswith("Not lost.")
    visitors.forgive("401")


def test_two_editors_see_each_other_and_merge(visitors: Visitors) -> None:
    author, reviewer = visitors.page("anna"), visitors.page("ravi")
    address = made(author, "Two at once", "One.\n\nTwo.\n\nThree.")
    reviewer.goto(address)
    expect(reviewer.locator("#desk-others")).to_contain_text("anna")
    type_on(reviewer, "Theirs.")
    save(reviewer)

    author.locator("#id_en_body_editor").focus()
    author.keyboard.press("Control+Home")
    author.keyboard.type("Mine. ")
    expect(author.locator("#text-en [data-told]")).to_contain_text("Revision 2 by ravi")
    save(author)
    with author.expect_navigation():
        author.get_by_role("button", name="Merge both").click()
    assert written(author) == "Mine. One.\n\nTwo.\n\nThree.\nTheirs.\n"
    with author.expect_navigation():
        author.get_by_role("button", name="Save on top of theirs").click()
    expect(author.locator(".messagelist")).to_contain_text("Saved as revision 3.")


def test_snippets_and_articles_are_completed_by_keyboard(visitors: Visitors) -> None:
    author = visitors.page("anna")
    made(author, "Completed", "Text.")
    choices = author.get_by_role("listbox")

    type_on(author, " It costs {{ price.repl")
    expect(choices.get_by_role("option").first).to_contain_text("price.replacement-sim")
    author.keyboard.press("Enter")
    assert written(author).strip().endswith("It costs {{ price.replacement-sim }}")

    type_on(author, ". See [](article:Home router")
    expect(choices.get_by_role("option").first).to_contain_text("Home router")
    author.keyboard.press("ArrowDown")
    author.keyboard.press("ArrowUp")
    author.keyboard.press("Enter")
    assert re.search(r"See \[Home router: [^]]+\]\(article:\w+\)$", written(author).strip())
    expect(shown(author).get_by_role("link", name="Home router")).to_be_visible()

    type_on(author, " {{ price")
    expect(choices).to_be_visible()
    author.keyboard.press("Escape")
    expect(choices).to_be_hidden()


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_is_asked_what_it_shows_and_put_into_the_text(
    visitors: Visitors, way: str
) -> None:
    author = visitors.page("anna")
    made(author, f"With a picture: {way}", "Text.")
    type_on(author, "\n\n")
    place = "#id_en_body_editor" if way == "paste" else "#text-en .CodeMirror-scroll"
    author.evaluate(DROP, [place, way])

    dialog = author.get_by_role("dialog", name="What does the picture show?")
    dialog.get_by_role("button", name="Put it in").click()
    expect(dialog).to_be_visible()
    dialog.get_by_label("Alternative text").fill("A dot")
    author.keyboard.press("Enter")

    expect(dialog).to_be_hidden()
    assert re.search(r"!\[A dot\]\(media:[0-9a-f]{64}\.png\)", written(author))
    expect(shown(author).get_by_role("img", name="A dot")).to_be_visible()


def test_the_keyboard_leads_into_the_editor_and_out_again(visitors: Visitors) -> None:
    author = visitors.page("anna")
    made(author, "By keyboard")
    author.locator("#id_en_questions").focus()
    for _ in range(14):
        author.keyboard.press("Tab")
        if author.evaluate("document.activeElement.id") == "id_en_body_editor":
            break
    expect(author.locator("#id_en_body_editor")).to_be_focused()

    author.keyboard.press("Tab")
    expect(author.get_by_role("region", name="What is written")).to_be_focused()
    author.keyboard.press("Tab")
    expect(author.locator("#text-en input[name=significance]").nth(1)).to_be_focused()


def test_without_scripts_the_page_is_a_form(visitors: Visitors) -> None:
    author = visitors.page("anna")
    address = made(author, "Without scripts")
    plain = visitors.page("anna", javascript=False)
    plain.goto(address)
    plain.locator("#id_en_body").fill("Typed without a script.")
    save(plain)
    expect(plain.locator(".messagelist")).to_contain_text("Saved as revision 2.")
    expect(plain.locator("#text-en .desk-live")).to_be_hidden()


def test_a_new_article_that_was_not_saved_is_offered_again(visitors: Visitors) -> None:
    author = visitors.page("anna")
    author.goto("/admin/articles/article/add/")
    author.get_by_label("Title:").fill("Never saved")
    author.get_by_label("Text:").fill("Half a text")
    author.goto("/admin/articles/article/add/")
    author.get_by_role("button", name="Take it").click()
    expect(author.get_by_label("Title:")).to_have_value("Never saved")
    save(author)
    author.goto("/admin/articles/article/add/")
    expect(author.locator(".EasyMDEContainer")).to_be_visible()
    expect(author.get_by_role("button", name="Take it")).to_have_count(0)


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_two_languages_beside_each_other_can_be_used_by_everybody(
    visitors: Visitors, language: str, viewport: ViewportSize
) -> None:
    author = visitors.page("anna", language=language, viewport=viewport)
    author.goto("/admin/articles/article/1/change/?locale=zh-hans")
    expect(author.locator(".desk-locale[open] iframe")).to_have_count(2)
    expect(author.frame_locator("#text-zh-hans iframe").locator("h1")).to_be_visible()

    boxes = [author.locator(f"#text-{locale}").bounding_box() for locale in ("en", "zh-hans")]
    source, translation = (box for box in boxes if box)
    if viewport is DESK:
        assert source["y"] == translation["y"]
    else:
        assert source["y"] < translation["y"]
    assert author.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    author.evaluate(AXE_SCRIPT)
    assert author.evaluate(GRAVE) == []
