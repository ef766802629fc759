"""Retiring at the desk: what links to an article is suggested, and can go in the same edition."""

from __future__ import annotations

import pytest

from articles.models import Article
from channels.models import Edition, Entry, Release
from tests.admin.desk import Desk, state, words
from tests.building import publish_texts, published, write_approved


@pytest.fixture
def linked(db: None) -> tuple[Article, Article]:
    """Two live articles, each of which links to the other."""
    one = write_approved("One", "See [two](article:article-two).", public_id="article-one")
    two = write_approved("Two", "See [one](article:article-one).", public_id="article-two")
    publish_texts(one, two)
    return one.text.article, two.text.article


def test_two_articles_that_link_to_each_other_are_retired_together(
    publisher_desk: Desk, linked: tuple[Article, Article]
) -> None:
    one, two = linked
    page = words(publisher_desk.open("channels_retire", one.pk))
    answer = publisher_desk.send("channels_retire", one.pk, also=[two.public_id])

    assert 'name="also" value="article-two"' in page
    assert "Published in edition 2" in words(answer)
    assert (state(one), state(two)) == ("retired", "retired")
    assert Edition.objects.get(number=2).removed == 2
    release = Release.objects.get(edition=2)
    assert {item.retired for item in release.items.all()} == {one, two}
    assert "retire" in words(publisher_desk.open("channels_release_change", release.pk))


def test_a_refused_retirement_suggests_what_stands_in_the_way_and_keeps_what_was_ticked(
    publisher_desk: Desk, linked: tuple[Article, Article]
) -> None:
    one, two = linked
    three = published("Three", "See [two](article:article-two).", public_id="article-three")
    assert "article-three" not in words(publisher_desk.open("channels_retire", one.pk))

    answer = publisher_desk.send("channels_retire", one.pk, also=[two.public_id])

    page = words(answer)
    assert answer.status_code == 409
    assert "Three (article-three, en)" in page
    assert "the link to article article-two is dead" in page
    assert 'value="article-two" id="also-article-two" checked' in page
    assert 'value="article-three" id="also-article-three">' in page
    assert not Release.objects.exists()
    publisher_desk.send("channels_retire", one.pk, also=[two.public_id, three.public_id])
    assert not Entry.objects.live().exists()


def test_what_is_not_ticked_stays(publisher_desk: Desk, linked: tuple[Article, Article]) -> None:
    one, two = linked

    answer = publisher_desk.send("channels_retire", one.pk)

    assert answer.status_code == 409
    assert (state(one), state(two)) == ("published", "published")


def test_a_ticked_article_that_is_not_live_is_refused_in_words(
    publisher_desk: Desk, linked: tuple[Article, Article], subtests: pytest.Subtests
) -> None:
    for also in ("nowhere", "article-one", "a\x00b", "9" * 40, ""):
        with subtests.test(also=also):
            answer = publisher_desk.send("channels_retire", linked[0].pk, also=[also])

            assert answer.status_code == 409
            assert "chosen is not live any more" in words(answer)
            assert not Edition.objects.filter(number=2).exists()


def test_an_article_that_nothing_links_to_suggests_nothing(publisher_desk: Desk) -> None:
    article = published("Alone")

    page = words(publisher_desk.open("channels_retire", article.pk))

    assert 'name="also"' not in page
