"""Back to edition N: a new edition that tells what N told."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import ArticleText
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from articles.workflow import State
from channels.exceptions import NothingToPublish, PublishRefused, UnknownEdition
from channels.models import Blob, Edition, Entry
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from channels.queries import topics_at
from tests.building import publish_texts, published, snippet, write_approved

pytestmark = pytest.mark.django_db


def body(client: Client, public_id: str) -> bytes:
    return client.get(f"/api/v1/articles/{public_id}/?format=html").content


def test_going_back_tells_the_same_bytes_in_a_new_edition(client: Client) -> None:
    article = published("Roaming", "Old words.")
    old = body(client, article.public_id)
    publish_texts(write_approved("Roaming", "New words.", article=article))
    blobs = Blob.objects.count()
    edition = go_back(number=1, actor=system_user())
    assert (edition.number, edition.cause, edition.changed) == (3, "rollback", 1)
    assert body(client, article.public_id) == old
    assert Blob.objects.count() == blobs, "bytes are shared, not copied"
    assert b"New words." in client.get(f"/api/v1/articles/{article.public_id}/?edition=2").content


def test_going_back_brings_back_what_was_retired_and_takes_what_came_later() -> None:
    first = published("First")
    second = published("Second")
    publish(items=[Retirement(first)], actor=system_user())
    edition = go_back(number=1, actor=system_user())
    assert (edition.added, edition.removed) == (1, 1)
    assert [entry.article for entry in Entry.objects.live()] == [first]
    states = dict(ArticleText.objects.values_list("article", "state"))
    assert states == {first.pk: State.PUBLISHED, second.pk: State.RETIRED}


def test_going_back_takes_prices_and_topics_along(client: Client) -> None:
    actor = system_user()
    save_topic(actor=actor, slug="plans", names={"en": "Plans"})
    snippet("price.s", "money", {"amount": "10.00", "currency": "GBP"})
    article = published("One", "It costs {{ price.s }}.")
    new = snippet("price.s", "money", {"amount": "12.50", "currency": "GBP"})
    save_topic(actor=actor, slug="plans", names={"en": "Tariffs"})
    publish(items=[new], actor=actor)
    go_back(number=1, actor=actor)
    assert "£10".encode() in body(client, article.public_id)
    assert topics_at(None)[0].name("en") == "Plans"
    # The old price is the live one again for whatever is published next.
    two = published("Two", "Also {{ price.s }}.")
    assert "£10".encode() in body(client, two.public_id)


def test_going_back_to_what_is_told_already_changes_nothing() -> None:
    published()
    with pytest.raises(NothingToPublish):
        go_back(number=1, actor=system_user())
    with pytest.raises(UnknownEdition):
        go_back(number=9, actor=system_user())
    assert Edition.objects.count() == 1


def test_what_comes_back_still_uses_its_snippets_and_holds_its_links() -> None:
    price = {"amount": "5.00", "currency": "GBP"}
    snippet("fee", "money", price)
    target = published("Target")
    article = published("Offer", "{{ fee }}, and [more](article:" + target.public_id + ").")
    publish(items=[Retirement(article)], actor=system_user())
    go_back(number=2, actor=system_user())

    newer = snippet("fee", "money", price | {"amount": "7.00"})
    edition = publish(items=[newer], actor=system_user())
    assert edition.changed == 1
    with pytest.raises(PublishRefused, match=target.public_id):
        publish(items=[Retirement(target)], actor=system_user())


def test_a_topic_that_there_was_not_yet_goes_again() -> None:
    published("Roaming")
    topic = save_topic(actor=system_user(), slug="travel", names={"en": "Travel"})
    published("Trains", topic=topic)
    assert [node.slug for node in topics_at(None)] == ["travel"]
    go_back(number=1, actor=system_user())
    assert topics_at(None) == []
    assert [node.slug for node in topics_at(2)] == ["travel"]
