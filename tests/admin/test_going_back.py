"""Before going back, an editor reads what that would take away, bring back and change."""

from __future__ import annotations

import re

import pytest

from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.models import Edition
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from tests.admin.desk import Desk, words
from tests.building import publish_texts, published, snippet, write_approved

pytestmark = pytest.mark.django_db


def rows(page: str) -> set[tuple[str, ...]]:
    """The cells of each table row, as words."""
    found = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    cells = (re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in found)
    return {tuple(re.sub(r"<[^>]*>", "", cell).strip() for cell in row) for row in cells}


def test_the_page_names_every_text_that_would_change(publisher_desk: Desk) -> None:
    kept, retired = write_approved("Kept"), write_approved("Summer offer")
    roaming = write_approved("Roaming", "Old words.")
    publish_texts(kept, retired, roaming)
    published("Came later")
    publish_texts(write_approved("Roaming abroad", "New words.", article=roaming.text.article))
    publish(items=[Retirement(retired.text.article)], actor=system_user())

    found = rows(words(publisher_desk.open("channels_edition_go_back", 1)))

    texts = {row[:2] for row in found if len(row) == 4}
    assert texts - {("Change", "Title")} == {
        ("removed", "Came later"),
        ("added", "Summer offer"),
        ("changed", "Roaming"),
    }
    assert {("Removed", "1"), ("Added", "1"), ("Changed", "1")} <= found
    assert Edition.objects.count() == 4


def test_the_page_names_prices_and_topics_too(publisher_desk: Desk) -> None:
    actor = system_user()
    save_topic(actor=actor, slug="plans", names={"en": "Plans"})
    snippet("price.s", "money", {"amount": "10.00", "currency": "GBP"})
    published("One", "It costs {{ price.s }}.")
    snippet("name", "text", "Tidewave")
    save_topic(actor=actor, slug="plans", names={"en": "Tariffs"})
    new = snippet("price.s", "money", {"amount": "12.50", "currency": "GBP"})
    publish_texts(new, write_approved("Two", "By {{ name }}."))

    page = words(publisher_desk.open("channels_edition_go_back", 1))

    assert {("price.s", "10.00 GBP"), ("name", "removed")} <= rows(page)
    assert "<code>plans</code>" in page


def test_the_page_says_where_nothing_would_change(publisher_desk: Desk) -> None:
    published()
    assert "Nothing changes" in words(publisher_desk.open("channels_edition_go_back", 1))
