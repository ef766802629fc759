"""An editor's day at the desk, in two languages: written, sent back, mended, approved, live on all
four channels at its second, a new price with all that it changes, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk
from tests.browser.telling import Channels, Telling, channels, listen
from tests.browser.test_editor import DROP
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

SOON = timedelta(seconds=5)
LATEST = timedelta(seconds=15)  # after which a release that is not live does not go live
SECOND = timedelta(seconds=1)
SHOWN = r"[1-9][0-9]*"


@dataclass(frozen=True, slots=True)
class Day:
    """What is written in one language, and how it is told there."""

    browser: str
    locale: str
    zone: str
    key: str
    title: str
    costs: str
    picture: str
    forgotten: str
    remark: str
    reason: str
    amounts: tuple[str, str]
    currency: str
    prices: tuple[str, str]
    spoken: str
    releases: tuple[str, str]


DAYS = [
    Day(
        browser="en-GB",
        locale="en",
        zone="Europe/London",
        key="price.travel-adapter",
        title="Take an adapter along",
        costs="A travel adapter costs ",
        picture="The adapter, with its two pins",
        forgotten="Plug it in before you land.",
        remark="Where does it work?",
        reason="Say in which countries it works.",
        amounts=("12.50", "13.75"),
        currency="GBP",
        prices=("£12.50", "£13.75"),
        spoken="12.50 British pounds",
        releases=("Travel season", "Dearer adapters"),
    ),
    Day(
        browser="zh-CN",
        locale="zh-hans",
        zone="Asia/Shanghai",
        key="price.travel-case",
        title="带上旅行收纳盒",
        costs="旅行收纳盒的价格是",
        picture="打开的收纳盒，里面有两张卡",
        forgotten="出发前请检查卡槽。",
        remark="在哪里可以买到？",
        reason="请写明在哪里购买。",
        amounts=("25", "32"),
        currency="CNY",
        prices=("¥25", "¥32"),
        spoken="25人民币",
        releases=("旅行季", "收纳盒调价"),
    ),
]


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.locale)
def test_an_editors_day(visitors: Visitors, day: Day) -> None:
    anna, ravi, paula = (
        Desk(visitors.page(name, language=day.browser), day.locale)
        for name in ("anna", "ravi", "paula")
    )
    section = f"#text-{day.locale}"

    price = name_a_price(anna, ravi, day)
    write(anna, day)
    look_at_it_on_web_and_phone(anna, day)
    anna.press("Submit for review", within=section)
    expect(anna.state("in_review", within=section)).to_be_visible()

    send_back(ravi, day)
    mend(anna, day)
    review(ravi, day).press("Approve revision %(number)s", number=3)
    expect(ravi.state("approved")).to_be_visible()

    release = collect(paula, price, day)
    check(paula)
    public_id, slug = told_as(anna, section)
    asked = channels(visitors, public_id=public_id, slug=slug, locale=day.locale)
    due = schedule(paula, day)
    heard = listen(asked, until=due + LATEST)
    assert not [answer for answer in heard if answer.told and answer.at < due]
    told = [answer.told for answer in heard]
    assert any(told), "it did not go live"
    assert told == sorted(told), "a channel told it before another did, or lost it again"
    first = agree(asked, on=day.prices[0])
    assert timedelta(0) <= published_at(visitors, first.edition) - due < SECOND
    paula.open(release)
    expect(paula.state("published")).to_be_visible()

    change_price(anna, day)
    approve_price(ravi, day)
    assert agree(asked, on=day.prices[0]) == first
    second_release(paula, price, day)
    see_blast_radius(paula, day)
    paula.press("Publish now")
    second = agree(asked, on=day.prices[1])
    assert int(second.edition) == int(first.edition) + 1
    assert second.digest != first.digest

    go_back(paula, first.edition, day)
    third = agree(asked, on=day.prices[0])
    assert int(third.edition) == int(second.edition) + 1
    assert third.digest == first.digest


def name_a_price(author: Desk, reviewer: Desk, day: Day) -> str:
    """Return the address of the new snippet's page."""
    author.open("/admin/articles/snippet/add/")
    with author.page.expect_navigation():
        author.page.locator(".desk-choices a[href$=money]").click()
    author.field("Key").fill(day.key)
    author.field("Amount").first.fill(day.amounts[0])
    author.field("Currency").first.fill(day.currency)
    author.press("Save")
    author.press("Submit for review")
    expect(author.state("in_review")).to_be_visible()
    reviewer.open(author.page.url)
    reviewer.press("Approve revision %(number)s", number=1)
    expect(reviewer.state("approved")).to_be_visible()
    return author.page.url


def write(author: Desk, day: Day) -> None:
    """Write a text with a price and a picture, and save it."""
    author.open("/admin/articles/article/add/")
    author.field("Language").select_option(day.locale)
    author.field("Title").fill(day.title)
    author.page.locator("#id_body_editor").focus()
    type_price(author, day)
    shown = author.page.frame_locator("#content iframe")
    expect(shown.get_by_text(day.costs + day.prices[0])).to_be_visible()
    author.page.keyboard.type("\n\n")
    author.page.evaluate(DROP, [".CodeMirror-scroll", "drop"])
    dialog = author.page.get_by_role("dialog")
    dialog.get_by_label(author.words("Alternative text")).fill(day.picture)
    dialog.get_by_role("button", name=author.words("Put it in")).click()
    expect(dialog).to_be_hidden()
    author.field("Kind").select_option("sales")
    author.field("Audience").select_option("public")
    author.press("Save draft")
    expect(author.state("draft")).to_be_visible()


def type_price(author: Desk, day: Day) -> None:
    """Type the beginning of the price's key, and take what is offered."""
    author.page.keyboard.type(day.costs + "{{ " + day.key[:-3])
    offered = author.page.get_by_role("listbox").get_by_role("option")
    expect(offered.filter(has_text=day.key)).to_be_visible()
    author.page.keyboard.press("Enter")
    author.page.keyboard.type("。" if day.locale == "zh-hans" else ".")


def look_at_it_on_web_and_phone(author: Desk, day: Day) -> None:
    """Type on: the preview follows, on the website and on the phone. Save that."""
    section = author.page.locator(f"#text-{day.locale}")
    type_on(author, day, "Waits." if day.locale == "en" else "稍等。")
    frame = section.frame_locator("iframe")
    expect(frame.get_by_text(day.costs + day.prices[0])).to_be_visible()
    expect(frame.get_by_role("img", name=day.picture)).to_be_visible()
    expect(frame.get_by_text("Waits." if day.locale == "en" else "稍等。")).to_be_visible()
    expect(section.locator("[data-verdict].desk-same")).to_be_visible()
    author.button("Phone", within=f"#text-{day.locale}").click()
    script = section.get_by_role("region", name=author.words("What the phone says"))
    expect(script).to_contain_text(day.spoken)
    expect(script).to_contain_text(day.picture)
    seconds = author.words("{seconds} seconds of speech").replace("{seconds}", SHOWN)
    expect(section.locator("[data-seconds]")).to_have_text(re.compile(seconds))
    author.press("Save draft", within=f"#text-{day.locale}")


def type_on(author: Desk, day: Day, sentence: str) -> None:
    """Type a paragraph at the end of the text."""
    author.page.locator(f"#id_{day.locale}_body_editor").focus()
    author.page.keyboard.press("Control+End")
    author.page.keyboard.type(f"\n\n{sentence}")


def waiting(person: Desk, heading: str, title: str) -> Locator:
    """Return the row of the desk's front page that names a text, under a heading."""
    person.open("/admin/")
    work = person.page.get_by_role("region", name=re.compile(f"^{person.words(heading)}"))
    return work.get_by_role("listitem").filter(has_text=title)


def open_row(row: Locator, title: str) -> None:
    with row.page.expect_navigation():
        row.get_by_role("link", name=title).click()


def review(reviewer: Desk, day: Day) -> Desk:
    """Open what waits for one's review, from the front page."""
    open_row(waiting(reviewer, "Waiting for my review", day.title), day.title)
    return reviewer


def send_back(reviewer: Desk, day: Day) -> None:
    """Remark on the line with the price, and send the text back."""
    review(reviewer, day)
    row = reviewer.page.get_by_role("row").filter(has_text=day.key)
    number = row.get_by_role("link").inner_text()
    with reviewer.page.expect_navigation():
        row.get_by_role("link").click()
    line = reviewer.words("Remark on line %(line)s", line=number)
    reviewer.page.get_by_role("textbox", name=line, exact=True).fill(day.remark)
    reviewer.press("Remark")
    expect(reviewer.page.locator(".desk-remark-words")).to_have_text(day.remark)
    reviewer.page.get_by_label(reviewer.words("Why it goes back")).fill(day.reason)
    reviewer.press("Send back")
    expect(reviewer.state("rejected")).to_be_visible()


def mend(author: Desk, day: Day) -> None:
    """Find on the front page what came back and why; do what was asked for, submit it again."""
    row = waiting(author, "Sent back to me", day.title)
    expect(row).to_contain_text(day.reason)
    open_row(row, day.title)
    section = f"#text-{day.locale}"
    expect(author.page.locator(section)).to_contain_text(day.reason)
    author.follow("Remarks and review", within=section)
    expect(author.page.locator(".desk-remark-words")).to_have_text(day.remark)
    author.press("Settle")
    author.page.go_back()
    author.page.go_back()
    type_on(author, day, day.forgotten)
    author.press("Save draft", within=section)
    author.press("Submit for review", within=section)
    expect(author.state("in_review", within=section)).to_be_visible()


def told_as(author: Desk, section: str) -> tuple[str, str]:
    """Return the article's public id and its address in the language it is written in."""
    public_id = author.page.locator(".desk-facts code").inner_text()
    return public_id, author.field("Address", within=section).input_value()


def collect(publisher: Desk, price: str, day: Day) -> str:
    """Put the text and its price into a new release; return the release's address."""
    open_row(waiting(publisher, "Approved, not published yet", day.title), day.title)
    publisher.follow("Put into a release…")
    publisher.field("Name of the new release").fill(day.releases[0])
    publisher.press("Put into the release")
    publisher.open(price)
    publisher.follow("Put into a release…")
    publisher.field("Release").select_option(label=day.releases[0])
    publisher.press("Put into the release")
    expect(publisher.page.locator("#items tbody tr")).to_have_count(2)
    return publisher.page.url


def check(publisher: Desk) -> None:
    """Check a release, without publishing it."""
    publisher.button("Check without publishing").click()
    expect(publisher.page.locator("#check .desk-good")).to_have_text(
        publisher.words("It can be published: words, links and values are in order.")
    )


def schedule(publisher: Desk, day: Day) -> datetime:
    """Schedule a release by the clock of a place; return when it is due."""
    publisher.page.locator("#schedule summary").click()
    publisher.field("Time zone").select_option(day.zone)
    due = (datetime.now(ZoneInfo(day.zone)) + SOON).replace(microsecond=0)
    local = due.replace(tzinfo=None).isoformat()
    publisher.field("Day and time there").fill(local)
    publisher.press("Schedule", within="#schedule")
    expect(publisher.message()).to_have_text(
        publisher.words(
            "Scheduled for %(local)s, %(zone)s.", local=local.replace("T", " "), zone=day.zone
        )
    )
    return due.astimezone(UTC)


def published_at(visitors: Visitors, edition: str) -> datetime:
    answer = visitors.program().get(f"/api/v1/editions/{edition}/")
    return datetime.fromisoformat(answer.json()["published_at"])


def agree(asked: Channels, *, on: str) -> Telling:
    """Check that all channels tell the same edition and digest, and the price; return them."""
    told = {name: ask() for name, ask in asked.items()}
    (same,) = {(telling.edition, telling.digest) for telling in told.values() if telling}
    for name, telling in told.items():
        assert telling is not None, name
        assert on in telling.text, name
    return Telling(*same, on)


def change_price(author: Desk, day: Day) -> None:
    author.open("/admin/articles/snippet/")
    author.page.locator("#searchbar").fill(day.key)
    with author.page.expect_navigation():
        author.page.keyboard.press("Enter")
    with author.page.expect_navigation():
        author.page.get_by_role("link", name=day.key).click()
    author.field("Amount").first.fill(day.amounts[1])
    author.press("Save")
    author.press("Submit for review")
    expect(author.state("in_review")).to_be_visible()


def approve_price(reviewer: Desk, day: Day) -> None:
    """Find on the front page what waits; see what readers would get otherwise, and approve it."""
    reviewer.open("/admin/")
    open_row(reviewer.page.locator("[aria-labelledby=work-snippets-review]"), day.key)
    see_change(reviewer, day, within="#effect")
    reviewer.press("Approve revision %(number)s", number=2)
    expect(reviewer.state("approved")).to_be_visible()


def second_release(publisher: Desk, price: str, day: Day) -> None:
    publisher.open(price)
    publisher.follow("Put into a release…")
    publisher.field("Name of the new release").fill(day.releases[1])
    publisher.press("Put into the release")


def see_blast_radius(publisher: Desk, day: Day) -> None:
    """Check a release: it names the text that nobody put into it, on each of its channels."""
    check(publisher)
    row = see_change(publisher, day, within="#check")
    expect(row.locator("td").nth(5)).to_have_text(re.compile(rf"{SHOWN} → {SHOWN} s"))
    for channel in ("website", "phone"):
        expect(row.locator("td").nth(4)).to_contain_text(publisher.words(channel))


def see_change(person: Desk, day: Day, *, within: str) -> Locator:
    """Open the one change there, look at its words, and return its row."""
    changes = person.page.locator(f"{within} table.desk-table tbody").filter(has_text=day.title)
    expect(changes).to_have_count(1)
    changes.locator("summary").click()
    expect(changes.locator("del")).to_be_visible()
    words = changes.locator(".desk-diff").inner_text()
    assert all(amount in words for amount in day.amounts)
    return changes.locator("tr").first


def go_back(publisher: Desk, edition: str, day: Day) -> None:
    """Go back to an edition, after a look at what that changes."""
    publisher.open("/admin/channels/edition/")
    with publisher.page.expect_navigation():
        publisher.page.locator("#result_list").get_by_role("link", name=edition, exact=True).click()
    publisher.follow("Go back to this edition…")
    expect(publisher.page.get_by_role("row").filter(has_text=day.title)).to_be_visible()
    publisher.press("Go back now")
    expect(publisher.page).to_have_url(re.compile(r"/admin/channels/edition/"))
