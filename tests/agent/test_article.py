"""An article opened by an agent: all of it, with its languages, its text and its edition."""

from __future__ import annotations

import pytest

from channels.delivery.lookup import Found, find
from channels.envelopes.agent_card import words
from channels.registry import FORMATS
from tests.agent.conftest import Desk
from tests.building import published, write

pytestmark = pytest.mark.django_db

BODY = 'For all.\n\n::: agent "Colleagues"\nOffer ten pounds.\n:::\n'


def test_an_agent_reads_the_parts_for_agents_marked_as_such(desk: Desk) -> None:
    published("Late bill", BODY, public_id="bill")
    page = desk.open("/agent/articles/bill/")
    (part,) = page.tree.xpath("//*[@data-audience='agent']")
    assert "Offer ten pounds." in part.text_content()
    assert part.get("data-label") == "For agents only"


def test_the_page_carries_the_words_that_are_stored_and_says_which(desk: Desk) -> None:
    published("Late bill", BODY, public_id="bill")
    stored = find(public_id="bill", locales=["en"], format="html", rank=3)
    assert isinstance(stored, Found)
    page = desk.open("/agent/articles/bill/")
    shown = page.response.content
    card = shown[shown.index(b"<article") : shown.index(b"</article>") + len(b"</article>\n")]
    assert words(card) == FORMATS["html"].words(stored.body or b"")
    assert page.response.headers["Knowledge-Digest"] == stored.content_digest
    assert page.response.headers["Knowledge-Edition"] == "1"
    assert "edition 1" in page.text


def test_links_between_articles_stay_on_the_agents_pages(desk: Desk) -> None:
    published("Target", "Text.", public_id="target")
    published("Source", "See [it](article:target).", public_id="source")
    page = desk.open("/agent/articles/source/")
    assert "/agent/articles/target/?locale=en" in page.links()


def test_an_article_can_be_switched_to_its_other_languages(desk: Desk) -> None:
    article = published("Hello", "Text.", public_id="hello")
    published("你好", "文字。", article=article, locale="zh-hans")
    page = desk.open("/agent/articles/hello/?locale=en&kind=support")
    links = page.tree.xpath("//nav[@class='languages']/a/@href")
    assert links == [
        "/agent/articles/hello/?locale=en&kind=support",
        "/agent/articles/hello/?locale=zh-hans&kind=support",
    ]
    chinese = desk.open(links[1])
    assert "文字。" in chinese.text
    assert chinese.tree.xpath("//article/@lang") == ["zh-Hans"]


@pytest.mark.parametrize(("written", "chosen"), [("en", "zh-hans"), ("zh-hans", "en")])
def test_a_text_in_another_language_is_better_than_none_and_said_to_be_one(
    desk: Desk, written: str, chosen: str
) -> None:
    published("Hello 你好", "Text 文字。", public_id="hello", locale=written)
    page = desk.open(f"/agent/articles/hello/?locale={chosen}")
    assert page.status == 200
    assert "not written in the language you chose" in page.text


def test_a_public_article_links_to_its_public_page_and_another_does_not(desk: Desk) -> None:
    published("Open", "Text.", public_id="open")
    published("Closed", "Text.", public_id="closed", audience="agent")
    assert "/en/articles/open/" in desk.open("/agent/articles/open/").links()
    links = desk.open("/agent/articles/closed/").links()
    assert not [link for link in links if link.startswith("/en/articles/")]


def test_the_text_to_copy_for_a_customer_leaves_out_what_is_for_agents(desk: Desk) -> None:
    published("Late bill", BODY, public_id="bill")
    response = desk.client.get("/agent/articles/bill/text/?locale=en")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "For all." in response.content.decode()
    assert "ten pounds" not in response.content.decode()
    again = desk.client.get(
        "/agent/articles/bill/text/?locale=en",
        headers={"If-None-Match": response.headers["ETag"]},
    )
    assert again.status_code == 304


def test_the_text_to_copy_says_where_the_articles_are_that_it_links_to(desk: Desk) -> None:
    published("Safe account", "Text.", public_id="safe")
    published("Stolen", "Call us, and [be safe](article:safe).", public_id="stolen")
    text = desk.client.get("/agent/articles/stolen/text/?locale=en").content.decode()
    assert text.endswith("be safe.\n\nSafe account <http://testserver/en/articles/safe-account/>\n")


@pytest.mark.parametrize("audience", ["agent", "partner"])
@pytest.mark.parametrize("form", ["text", "spoken"])
def test_what_no_customer_may_read_is_neither_sent_nor_read_aloud(
    desk: Desk, audience: str, form: str
) -> None:
    published("Offers", "Offer ten pounds.", public_id="offers", audience=audience)
    response = desk.client.get(f"/agent/articles/offers/{form}/?locale=en")
    assert response.status_code == 403
    assert b"must not be sent out" in response.content
    assert b"ten pounds" not in response.content
    page = desk.open("/agent/articles/offers/?locale=en")
    assert "must not be sent out" in page.text
    assert not page.tree.xpath("//*[@data-copy or @data-link or @data-aloud]")


def test_an_unknown_article_is_said_to_be_missing(desk: Desk, subtests: pytest.Subtests) -> None:
    published()
    for public_id in ("never-was", "%00", "%ED%A0%80", "9" * 31, "x" * 5000, "<script>"):
        with subtests.test(public_id=public_id):
            page = desk.open(f"/agent/articles/{public_id}/")
            assert page.status == 404
            assert "No such article" in page.text
            assert desk.client.get(f"/agent/articles/{public_id}/text/").status_code == 404


def test_a_draft_is_not_shown(desk: Desk) -> None:
    article = published("Live", "Told.", public_id="live")
    write("Live", "Not told yet.", article=article)
    assert "Not told yet." not in desk.open("/agent/articles/live/").text
