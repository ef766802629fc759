"""Publishing: one edition, all formats, all or nothing."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles.exceptions import InvalidInput, NotAllowed, Stale
from articles.models import ArticleText, AuditRecord
from articles.operations.audit import system_user
from articles.operations.reviewing import reject
from articles.operations.snippets import approve_snippet, save_snippet
from articles.operations.topics import save_topic
from articles.operations.writing import update_article
from articles.workflow import State
from channels.exceptions import NothingToPublish, PublishRefused
from channels.models import Edition, Entry, OutboxRow, Pointer, Rendering, SnippetEntry
from channels.operations import committing, publishing
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.queries import current_number, topics_at
from channels.registry import FORMATS
from tests.building import approved, publish_texts, published, snippet, write, write_approved

pytestmark = pytest.mark.django_db


def told(client: Client, public_id: str, **query: str) -> str:
    answer = client.get(f"/api/v1/articles/{public_id}/", {"format": "text", **query})
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_a_publish_tells_the_article_in_every_format(client: Client) -> None:
    article = published("Roaming", "Switch it **on**.")
    entry = Entry.objects.get()
    formats = Rendering.objects.filter(entry=entry).values_list("format", flat=True)
    assert set(formats) == set(FORMATS)
    for name in ("html", "text", "markdown", "ssml", "json", "voicexml", "twiml"):
        answer = client.get(f"/api/v1/articles/{article.public_id}/", {"format": name})
        assert answer.status_code == 200
        assert answer["Knowledge-Edition"] == "1"
        assert answer["Knowledge-Digest"] == entry.content_digest
        assert b"Switch it" in answer.content


def test_edition_numbers_rise_by_one_and_chain_their_manifests() -> None:
    for number in range(1, 4):
        published(f"Article {number}")
    editions = list(Edition.objects.order_by("number"))
    assert [edition.number for edition in editions] == [1, 2, 3]
    assert [edition.live for edition in editions] == [1, 2, 3]
    assert editions[0].previous_digest == ""
    assert editions[1].previous_digest == editions[0].manifest_digest
    assert editions[2].previous_digest == editions[1].manifest_digest


def test_only_the_approved_value_of_a_snippet_can_be_published() -> None:
    actor = system_user()
    unapproved = save_snippet(actor=actor, key="name", kind="text", value="Draft", based_on=0)
    with pytest.raises(Stale):
        publish(items=[unapproved], actor=actor)
    approve_snippet(actor=actor, snippet=unapproved.snippet, revision=1)
    newer = save_snippet(actor=actor, key="name", kind="text", value="Newer", based_on=1)
    with pytest.raises(Stale):
        publish(items=[newer], actor=actor)
    assert current_number() == 0
    publish(items=[unapproved], actor=actor)
    assert SnippetEntry.objects.get().revision == unapproved


def test_a_publish_is_on_record_with_who_and_why() -> None:
    edition = publish_texts(write_approved("Roaming"), note="Prices of May")
    record = AuditRecord.objects.get(action="publish")
    assert (record.actor, record.subject) == (system_user(), "edition 1")
    assert record.detail == {"note": "Prices of May", "manifest": edition.manifest_digest}


def test_the_bell_is_rung_once_for_what_is_committed_and_never_for_what_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(publishing, "ring", rung.append)
    revision = write_approved("Roaming")
    with django_capture_on_commit_callbacks(execute=True):
        publish_texts(revision)
        assert rung == []
    assert rung == [1]
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(NothingToPublish),
    ):
        publish_texts(revision)
    assert rung == [1]


def test_items_that_contradict_each_other_are_refused() -> None:
    first = write_approved("Roaming", "One.")
    second = write_approved("Roaming", "Two.", article=first.text.article)
    for items in ([first, second], [second, Retirement(first.text.article)]):
        with pytest.raises(InvalidInput):
            publish(items=items, actor=system_user())
    one = snippet("name", "text", "One")
    two = snippet("name", "text", "Two")
    with pytest.raises(InvalidInput):
        publish(items=[one, two], actor=system_user())
    assert current_number() == 0


def test_only_the_approved_revision_can_be_published() -> None:
    with pytest.raises(Stale):
        publish_texts(write())
    revision = write_approved()
    reject(actor=system_user(), text=revision.text, revision=1, reason="Not so.")
    with pytest.raises(Stale):
        publish_texts(revision)
    assert current_number() == 0


def test_only_a_publisher_publishes(reviewer: User) -> None:
    with pytest.raises(NotAllowed):
        publish_texts(write_approved(), actor=reviewer)


def test_a_newer_draft_leaves_the_live_text_alone(client: Client) -> None:
    article = published("Roaming", "Old words.")
    write("Roaming", "New words.", article=article)
    assert "Old words." in told(client, article.public_id)
    assert ArticleText.objects.get().state == State.DRAFT


def test_publishing_what_is_live_already_makes_no_edition() -> None:
    revision = write_approved()
    publish_texts(revision)
    with pytest.raises(NothingToPublish):
        publish_texts(revision)
    assert Edition.objects.count() == 1


def test_many_texts_go_live_in_one_edition_and_one_bad_one_stops_them_all() -> None:
    good = [write_approved(f"Good {n}") for n in range(3)]
    bad = write_approved("Bad", "Read [this](article:nowhere-at-all).")
    with pytest.raises(PublishRefused) as refusal:
        publish_texts(*good, bad)
    [problem] = refusal.value.problems
    assert problem.title == "Bad"
    assert "nowhere-at-all" in problem.message
    assert not Entry.objects.exists()
    assert publish_texts(*good).added == 3


def test_a_link_may_lead_to_an_article_of_the_same_edition() -> None:
    first = write("First", "See [second](article:second-one).")
    second = write_approved(
        "Second",
        f"See [first](article:{first.text.article.public_id}).",
        public_id="second-one",
    )
    assert publish_texts(approved(first), second).added == 2


def test_a_public_text_may_not_link_to_what_only_agents_read() -> None:
    published("Secret", audience="agent", public_id="secret-one")
    with pytest.raises(PublishRefused):
        published("Open", "See [it](article:secret-one).")
    published("Open", "::: agent\nSee [it](article:secret-one).\n:::")


def test_an_article_that_others_link_to_is_not_retired_under_them() -> None:
    target = published("Target", public_id="target-one")
    source = published("Source", "See [it](article:target-one).")
    actor = system_user()
    with pytest.raises(PublishRefused) as refusal:
        publish(items=[Retirement(target)], actor=actor)
    assert refusal.value.problems[0].article == source.public_id
    publish(items=[Retirement(target), Retirement(source)], actor=actor)
    assert not Entry.objects.live().exists()


def test_narrowing_an_audience_under_a_public_link_is_refused() -> None:
    revision = write_approved("Target", public_id="target-one")
    publish_texts(revision)
    published("Source", "See [it](article:target-one).")
    article = revision.text.article
    update_article(
        actor=system_user(),
        article=article,
        kind=article.kind,
        topic=None,
        audience="agent",
        based_on=1,
    )
    with pytest.raises(PublishRefused):
        publish_texts(revision)


def test_a_retired_article_is_told_no_more_but_its_past_stays(client: Client) -> None:
    article = published("Roaming", "Old words.")
    publish(items=[Retirement(article)], actor=system_user())
    assert told(client, article.public_id) == "404"
    assert "Old words." in told(client, article.public_id, edition="1")
    assert ArticleText.objects.get().state == State.RETIRED
    assert Edition.objects.get(number=2).removed == 1


def test_a_new_price_brings_every_article_that_tells_it_into_one_edition(client: Client) -> None:
    snippet("price.s", "money", {"amount": "10.00", "currency": "GBP"})
    snippet("offer", "text", {"en": "only {{ price.s }}"})
    one = published("One", "It costs {{ price.s }}.")
    two = published("Two", "Now {{ offer }}!")
    other = published("Other", "No price.")
    new = snippet("price.s", "money", {"amount": "12.50", "currency": "GBP"})
    assert "£10" in told(client, one.public_id)
    edition = publish(items=[new], actor=system_user())
    assert (edition.changed, edition.added) == (2, 0)
    assert "£12.50" in told(client, one.public_id)
    assert "£12.50" in told(client, two.public_id)
    assert "£10" in told(client, one.public_id, edition="3")
    assert Entry.objects.live().get(article=other).from_edition_id == 3


def test_an_approved_price_that_is_not_published_is_told_by_no_article(client: Client) -> None:
    snippet("price.s", "money", {"amount": "10.00", "currency": "GBP"})
    published("One", "It costs {{ price.s }}.")
    snippet("price.s", "money", {"amount": "12.50", "currency": "GBP"})
    two = published("Two", "It costs {{ price.s }}.")
    assert "£10" in told(client, two.public_id)


def test_two_articles_can_swap_their_addresses_in_one_edition_only() -> None:
    first = write_approved("First", slug="one")
    second = write_approved("Second", slug="two")
    publish_texts(first, second)
    first = write_approved("First", "x", article=first.text.article, slug="three")
    second = write_approved("Second", "x", article=second.text.article, slug="one")
    with pytest.raises(PublishRefused) as refusal:
        publish_texts(second)
    assert "one" in refusal.value.problems[0].message
    publish_texts(first, second)
    assert set(Entry.objects.live().values_list("title", "slug")) == {
        ("First", "three"),
        ("Second", "one"),
    }


def test_a_topic_that_was_renamed_goes_live_with_an_edition() -> None:
    actor = system_user()
    phones = save_topic(actor=actor, slug="phones", names={"en": "Phones"})
    published("One", topic=phones)
    save_topic(actor=actor, slug="phones", names={"en": "Devices"})
    assert topics_at(None)[0].name("en") == "Phones"
    publish(items=[], actor=actor)
    assert topics_at(None)[0].name("en") == "Devices"
    assert topics_at(1)[0].name("en") == "Phones"


def test_agent_only_parts_reach_agents_alone_in_every_format(client: Client) -> None:
    article = published("Roaming", "For all.\n\n::: agent\nCanaryword.\n:::\n")
    for name in ("html", "text", "markdown", "ssml", "json", "voicexml", "twiml"):
        answer = client.get(f"/api/v1/articles/{article.public_id}/", {"format": name})
        assert b"Canaryword" not in answer.content
    texts = Rendering.objects.filter(format="text").order_by("audience_rank")
    assert [row.audience_rank for row in texts] == [0, 3]
    assert b"Canaryword" in bytes(texts[1].blob.body)


def test_a_publish_that_fails_at_any_step_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    published("Before")
    revision = write_approved("After")

    def fail(**kwargs: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(committing, "_flip", fail)
    with pytest.raises(DatabaseError):
        publish_texts(revision)
    assert current_number() == 1
    assert Edition.objects.count() == 1
    assert Entry.objects.count() == 1
    assert OutboxRow.objects.count() == 1


def test_a_publish_that_meets_another_prepares_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    from channels.operations import publishing

    mine, other = write_approved("Mine"), write_approved("Other")
    real = publishing.plan
    meetings = []

    def plan(wanted: object, *, base: int) -> object:
        candidate = real(wanted, base=base)  # type: ignore[arg-type]
        if not meetings:
            meetings.append(base)
            publish_texts(other)
        return candidate

    monkeypatch.setattr(publishing, "plan", plan)
    assert publish_texts(mine).number == 2
    assert Entry.objects.live().count() == 2


def test_each_edition_leaves_one_outbox_row_of_each_kind() -> None:
    published("One")
    published("Two")
    rows = set(OutboxRow.objects.values_list("edition_id", "kind"))
    assert rows == {(1, "index"), (2, "index")}


def test_there_is_one_pointer() -> None:
    assert Pointer.objects.count() == 1
    published()
    assert Pointer.objects.get().edition_id == 1


def test_json_tells_the_document_with_its_digest(client: Client) -> None:
    article = published("Roaming", "Switch it on.", questions=["How?"], summary="In short.")
    answer = json.loads(client.get(f"/api/v1/articles/{article.public_id}/").content)
    assert answer["title"] == "Roaming"
    assert answer["questions"] == ["How?"]
    assert answer["digest"] == Entry.objects.get().content_digest
