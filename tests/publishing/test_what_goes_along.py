"""What is told along with what was wanted, and what must not slip through."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Article, ArticleText
from articles.operations.audit import system_user
from articles.operations.reviewing import approve, reject, submit
from articles.workflow import State
from channels.exceptions import NothingToPublish, PublishRefused
from channels.models import Entry, EntrySnippet
from channels.operations import publishing
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from tests.building import narrow, publish_texts, published, snippet, write, write_approved

pytestmark = pytest.mark.django_db


def live_audiences() -> dict[str, str]:
    return dict(Entry.objects.live().values_list("locale", "audience"))


def told(client: Client, article: Article, **query: str) -> bytes:
    return client.get(f"/api/v1/articles/{article.public_id}/", {"format": "text", **query}).content


def test_a_narrower_audience_reaches_every_locale_at_once() -> None:
    english = write_approved("Secret", "Words.")
    article = english.text.article
    publish_texts(english, write_approved("秘密", "字。", article=article, locale="zh-hans"))
    narrow(article)
    edition = publish_texts(english)
    assert live_audiences() == {"en": "agent", "zh-hans": "agent"}
    assert edition.changed == 2


def test_a_text_that_a_price_brings_along_is_told_to_the_readers_it_is_for_now() -> None:
    snippet("price", "money", {"amount": "10.00", "currency": "GBP"})
    article = published("Offer", "{{ price }}")
    narrow(article, "partner")
    publish(
        items=[snippet("price", "money", {"amount": "12.00", "currency": "GBP"})],
        actor=system_user(),
    )
    assert live_audiences() == {"en": "partner"}


def test_a_price_in_one_locale_narrows_the_article_in_all_of_them() -> None:
    snippet("price", "money", {"amount": "10.00", "currency": "GBP"})
    english = write_approved("Offer", "{{ price }}")
    article = english.text.article
    publish_texts(english, write_approved("优惠", "字。", article=article, locale="zh-hans"))
    narrow(article)
    publish(
        items=[snippet("price", "money", {"amount": "12.00", "currency": "GBP"})],
        actor=system_user(),
    )
    assert live_audiences() == {"en": "agent", "zh-hans": "agent"}


def test_an_audience_that_is_narrowed_while_a_publish_is_prepared_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    revision = write_approved("Secret")
    real, meetings = publishing.plan, []

    def plan(wanted: object, *, base: int) -> object:
        candidate = real(wanted, base=base)  # type: ignore[arg-type]
        if not meetings:
            meetings.append(base)
            narrow(revision.text.article)
        return candidate

    monkeypatch.setattr(publishing, "plan", plan)
    publish_texts(revision)
    assert live_audiences() == {"en": "agent"}


def test_an_address_that_is_renamed_while_a_publish_is_prepared_is_the_one_that_goes_live(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    revision = write_approved("Roaming", slug="roaming")
    real, meetings = publishing.plan, []

    def plan(wanted: object, *, base: int) -> object:
        candidate = real(wanted, base=base)  # type: ignore[arg-type]
        if not meetings:
            meetings.append(base)
            ArticleText.objects.filter(pk=revision.text_id).update(slug="found-better")
        return candidate

    monkeypatch.setattr(publishing, "plan", plan)
    publish_texts(revision)
    assert Entry.objects.live().get().slug == "found-better"


def test_going_back_does_not_widen_what_was_narrowed_since() -> None:
    revision = write_approved("Secret")
    publish_texts(revision)
    narrow(revision.text.article)
    publish_texts(revision)
    with pytest.raises(PublishRefused) as refusal:
        go_back(number=1, actor=system_user())
    assert "narrowed" in str(refusal.value)
    assert live_audiences() == {"en": "agent"}
    narrow(revision.text.article, "public")
    go_back(number=1, actor=system_user())
    assert live_audiences() == {"en": "public"}


def test_what_came_back_can_be_published_again() -> None:
    first = write_approved("Alpha", "One.")
    publish_texts(first)
    second = write_approved("Alpha", "Two.", article=first.text.article)
    publish_texts(second)
    publish(items=[Retirement(first.text.article)], actor=system_user())
    go_back(number=1, actor=system_user())
    text = ArticleText.objects.get()
    assert text.state == State.DRAFT, "the newest revision is not what is told"
    go_back(number=2, actor=system_user())
    text = ArticleText.objects.get()
    assert (text.state, text.approved) == (State.PUBLISHED, second)
    narrow(text.article)
    publish_texts(second)
    assert live_audiences() == {"en": "agent"}


def test_what_is_live_can_be_narrowed_though_a_newer_revision_was_sent_back() -> None:
    first = write_approved("Alpha", "One.")
    publish_texts(first)
    second = write("Alpha", "Two.", article=first.text.article)
    actor = system_user()
    submit(actor=actor, text=second.text, revision=2)
    approve(actor=actor, text=second.text, revision=2)
    reject(actor=actor, text=second.text, revision=2, reason="No.")
    narrow(first.text.article)
    publish_texts(first)
    assert live_audiences() == {"en": "agent"}


def test_a_revision_that_reads_alike_is_told_with_the_snippets_it_uses(client: Client) -> None:
    snippet("word", "text", {"en": "five"})
    article = published("Alpha", "It is five.")
    publish_texts(write_approved("Alpha", "It is {{ word }}.", article=article))
    assert EntrySnippet.objects.filter(entry__until_edition=None).count() == 1
    publish(items=[snippet("word", "text", {"en": "six"})], actor=system_user())
    assert b"It is six." in told(client, article)


def test_a_revision_that_only_marks_otherwise_becomes_the_published_one() -> None:
    article = published("Alpha", "*One.*")
    revision = write_approved("Alpha", "_One._", article=article)
    publish_texts(revision)
    assert ArticleText.objects.get().state == State.PUBLISHED
    with pytest.raises(NothingToPublish):
        publish_texts(revision)


def test_an_address_given_on_too_early_is_refused_by_name() -> None:
    snippet("price", "text", {"en": "five"})
    first = write_approved("Alpha", "It is {{ price }}.", slug="alpha")
    publish_texts(first)
    write("Alpha", "It is {{ price }}.", article=first.text.article, slug="alpha-new")
    second = write_approved("Beta", slug="alpha")
    new = snippet("price", "text", {"en": "six"})
    with pytest.raises(PublishRefused) as refusal:
        publish(items=[second, new], actor=system_user())
    assert "alpha" in str(refusal.value)


def test_a_link_that_leads_to_another_language_only_is_dead() -> None:
    chinese = write_approved("中文", "内容。", locale="zh-hans", public_id="only-chinese")
    english = write_approved("English", "See [it](article:only-chinese).")
    with pytest.raises(PublishRefused):
        publish_texts(chinese, english)
    # The other script of Chinese stands in for it.
    traditional = write_approved("繁體", "見[它](article:only-chinese)。", locale="zh-hant")
    publish_texts(chinese, traditional)
