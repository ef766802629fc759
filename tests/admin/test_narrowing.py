"""Who may read an article was changed: editors are told that readers still get it as before, and
can publish just that, whatever the state of its texts."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.reviewing import approve, reject, submit
from articles.operations.writing import update_article
from channels.models import Edition, Entry
from tests.admin.desk import Desk, state, words
from tests.building import publish_texts, published, write, write_approved


@pytest.fixture
def sent_back(db: None) -> Article:
    """Revision 1 is live; revision 2 was approved, and then sent back."""
    article = published("Secret", "Live words.")
    revision = write("Secret", "Newer words.", article=article)
    actor = system_user()
    submit(actor=actor, text=revision.text, revision=2)
    approve(actor=actor, text=revision.text, revision=2)
    reject(actor=actor, text=revision.text, revision=2, reason="Not yet.")
    return article


def say(desk: Desk, article: Article, **said: str) -> str:
    """Save "About the article"; return the page that answers."""
    article.refresh_from_db()
    typed = {"kind": article.kind, "audience": article.audience, "based_on": article.version}
    return words(desk.send("articles_article_change", article.pk, **{**typed, **said}))


def may_read(article: Article) -> set[str]:
    return set(Entry.objects.live().filter(article=article).values_list("audience", flat=True))


def test_a_narrowed_text_waits_although_none_of_its_revisions_is_approved(
    publisher_desk: Desk, sent_back: Article
) -> None:
    assert "Secret" not in words(publisher_desk.open("channels_publish"))
    say(publisher_desk, sent_back, audience="agent")

    waiting = words(publisher_desk.open("channels_publish"))
    live = Entry.objects.live().get().revision
    publisher_desk.send("channels_publish", text=[live.pk])

    assert f'name="text" value="{live.pk}"' in waiting
    assert may_read(sent_back) == {"agent"}
    told = Client().get(f"/api/v1/articles/{sent_back.public_id}/?format=text")
    assert told.status_code == 404
    assert Entry.objects.live().get().revision == live
    assert state(sent_back) == "rejected"
    assert "Secret" not in words(publisher_desk.open("channels_publish"))


def test_whoever_narrows_sees_at_once_that_readers_still_get_it_and_can_publish_that(
    publisher_desk: Desk, sent_back: Article
) -> None:
    page = say(publisher_desk, sent_back, audience="agent")

    assert "Still told to everybody" in page
    assert reverse("admin:channels_publish_article", args=[sent_back.pk]) in page
    sent_back.refresh_from_db()
    answer = publisher_desk.send(
        "channels_publish_article", sent_back.pk, based_on=sent_back.version
    )

    assert "Published in edition 2" in words(answer)
    assert "Still told to" not in words(answer)
    assert may_read(sent_back) == {"agent"}
    assert state(sent_back) == "rejected"


def test_narrowing_in_a_hurry_publishes_no_newer_words(publisher_desk: Desk) -> None:
    article = published("Secret", "Live words.")
    write_approved("Secret", "Approved words.", article=article)
    publish_texts(write_approved("秘密", "字。", article=article, locale="zh-hans"))
    say(publisher_desk, article, audience="agent")

    article.refresh_from_db()
    publisher_desk.send("channels_publish_article", article.pk, based_on=article.version)

    live = Entry.objects.live()
    assert set(live.values_list("locale", "audience")) == {("en", "agent"), ("zh-hans", "agent")}
    assert live.get(locale="en").revision.number == 1
    assert state(article) == "approved"


def test_an_author_is_told_and_asks_a_publisher(author_desk: Desk, sent_back: Article) -> None:
    page = say(author_desk, sent_back, audience="agent")

    assert "Still told to everybody" in page
    assert "Ask a publisher" in page
    assert reverse("admin:channels_publish_article", args=[sent_back.pk]) not in page
    assert author_desk.send("channels_publish_article", sent_back.pk).status_code == 403


def test_what_is_published_is_what_was_read_on_the_page(publisher_desk: Desk) -> None:
    article = published("Secret", audience="agent")
    say(publisher_desk, article, audience="partner")
    article.refresh_from_db()
    read = article.version
    say(publisher_desk, article, audience="public")

    answer = publisher_desk.send("channels_publish_article", article.pk, based_on=read)

    assert "Look again" in words(answer)
    assert may_read(article) == {"agent"}
    assert publisher_desk.send("channels_publish_article", article.pk).status_code == 200
    assert may_read(article) == {"agent"}


def test_a_wider_audience_and_a_new_kind_are_shown_beside_what_readers_get(
    publisher_desk: Desk,
) -> None:
    article = published("Offer", audience="agent")

    page = say(publisher_desk, article, audience="public", kind="sales")

    assert "Still told to" not in page
    assert "Not published yet" in page
    for told, said in (("agents", "everybody"), ("support", "sales")):
        assert f"<td>{told}</td><td>{said}</td>" in page


def test_an_article_that_readers_get_as_editors_say_it_waits_for_nothing(
    publisher_desk: Desk,
) -> None:
    article = published("Offer", audience="agent")
    page = words(publisher_desk.open("articles_article_change", article.pk))

    answer = publisher_desk.send("channels_publish_article", article.pk, based_on=1)

    assert "Not published yet" not in page
    assert "Nothing changes" in words(answer)
    assert Edition.objects.count() == 1


def test_a_new_address_waits_too(publisher_desk: Desk, sent_back: Article) -> None:
    text = sent_back.texts.get()
    write("Secret", "Newer words.", article=sent_back, slug="hidden")

    page = words(publisher_desk.open("articles_article_change", sent_back.pk))
    waiting = words(publisher_desk.open("channels_publish"))

    assert f"<td>{text.slug}</td><td>hidden</td>" in page
    assert "Secret" in waiting


def test_tags_and_owners_are_for_editors_alone_and_wait_for_nothing(publisher_desk: Desk) -> None:
    article = published("Offer")
    update_article(
        actor=system_user(),
        article=article,
        kind=article.kind,
        topic=None,
        audience="public",
        tags=["spring"],
        based_on=article.version,
    )

    assert "Not published yet" not in words(
        publisher_desk.open("articles_article_change", article.pk)
    )
    assert "All that is approved is live" in words(publisher_desk.open("channels_publish"))
