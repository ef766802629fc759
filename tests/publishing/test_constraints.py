"""What must never be written: the database refuses it, whoever writes it and however."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models, transaction

from articles.immutability import immutable_models, remove
from articles.models import (
    Article,
    ArticleTag,
    ArticleText,
    AttachmentUse,
    FormerAddress,
    Remark,
    Reminder,
    ReviewRule,
    ReviewStep,
    Revision,
    SavedView,
    Snippet,
    SnippetRevision,
    SnippetStep,
    SnippetUse,
    TopicName,
    WorkingCopy,
)
from articles.operations.audit import system_user
from articles.operations.saying import retag
from articles.operations.snippets import save_snippet
from articles.operations.topics import save_topic
from channels.models import (
    ApiKey,
    BestBet,
    BestBetArticle,
    Call,
    CallEvent,
    CallTick,
    Entry,
    EntryLink,
    EntrySnippet,
    FrequentQuery,
    GoldenQuery,
    IdempotentAnswer,
    OutboxRow,
    Pin,
    Pointer,
    Release,
    ReleaseItem,
    Rendering,
    SearchOutcome,
    SnippetEntry,
    TopicEntry,
    UpdateRequest,
    Vote,
)
from channels.operations.api_keys import create_api_key
from channels.operations.releases import publish_together
from tests.building import publish_texts, published, snippet, write, write_approved
from tests.requests.asking import asked

pytestmark = pytest.mark.django_db

# By constraint: the model, and what makes a second row of a stored one break it and no other.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
PICTURE = f"![A card](media:{'0' * 64}.png)"
BROKEN: dict[str, tuple[type[models.Model], dict[str, Any]]] = {
    "a_use_is_somebodys": (AttachmentUse, {"snippet_revision": None}),
    "article_audience_is_known": (Article, {"public_id": "other", "audience": "nobody"}),
    "article_kind_is_known": (Article, {"public_id": "other", "kind": "gossip"}),
    "article_pinned_once_per_bet": (BestBetArticle, {"place": 9}),
    "call_ends_after_it_begins": (Call, {"reference": "other", "ended_at": LONG_AGO}),
    "call_event_kind_is_known": (CallEvent, {"kind": "sung"}),
    "call_event_names_its_article": (CallEvent, {"kind": "opened", "public_id": ""}),
    "entry_ends_after_it_begins": (
        Entry,
        {"public_id": "other", "slug": "other", "from_edition_id": 1, "until_edition_id": 1},
    ),
    "golden_audience_is_known": (GoldenQuery, {"query": "other", "audience": "nobody"}),
    "golden_within_1_to_20": (GoldenQuery, {"query": "other", "within": 0}),
    "key_audience_is_known": (ApiKey, {"prefix": "other", "audience": "nobody"}),
    "one_answer_per_key": (IdempotentAnswer, {}),
    "one_article_per_place_of_bet": (BestBetArticle, {"article": "another"}),
    "one_call_per_agent_and_reference": (Call, {"reference": "77"}),
    "one_first_view_each": (SavedView, {"name": "Another"}),
    "one_frequent_query_of_each": (FrequentQuery, {}),
    "one_golden_query_of_each": (GoldenQuery, {}),
    "one_link_per_target": (EntryLink, {}),
    "one_live_entry_per_slug": (Entry, {"public_id": "other"}),
    "one_live_entry_per_text": (Entry, {"slug": "other"}),
    "one_live_snippet_value": (SnippetEntry, {}),
    "one_live_topic_per_slug": (TopicEntry, {}),
    "one_open_call_without_reference": (Call, {}),
    "one_open_request_per_sentence": (UpdateRequest, {}),
    "one_outbox_row_per_kind": (OutboxRow, {}),
    "one_outcome_of_each_kind": (SearchOutcome, {}),
    "one_pin_per_article": (Pin, {}),
    "one_pointer": (Pointer, {"id": 2}),
    "one_reminder_a_day": (Reminder, {}),
    "one_rendering_per_audience": (Rendering, {}),
    "one_revision_per_number": (Revision, {}),
    "one_snippet_revision_per_number": (SnippetRevision, {}),
    "one_tag_once": (ArticleTag, {}),
    "one_text_per_locale": (ArticleText, {"slug": "other"}),
    "one_text_per_old_address": (FormerAddress, {}),
    "one_text_per_slug": (ArticleText, {"article": "another"}),
    "one_tick_per_step": (CallTick, {}),
    "one_topic_name_per_locale": (TopicName, {}),
    "one_use_by_a_revision": (
        AttachmentUse,
        {"snippet_revision": None, "revision": lambda: Revision.objects.get(body=f"{PICTURE}\n")},
    ),
    "one_use_by_a_snippet_revision": (AttachmentUse, {}),
    "one_use_per_call": (CallEvent, {}),
    "one_use_per_entry": (EntrySnippet, {}),
    "one_use_per_text": (SnippetUse, {}),
    "one_view_per_name": (SavedView, {"first": False}),
    "one_vote_per_person": (Vote, {}),
    "one_working_copy_per_person": (WorkingCopy, {}),
    "only_a_flag_has_a_request": (CallEvent, {"kind": "wrong"}),
    "only_published_request_names_an_edition": (
        UpdateRequest,
        {"fingerprint": "other", "published_in_id": 1},
    ),
    "only_what_was_done_is_answered_again": (IdempotentAnswer, {"key": "other", "status": 409}),
    "published_release_has_its_edition": (Release, {"edition_id": None}),
    "release_item_is_one_thing": (ReleaseItem, {"retired": "another"}),
    "release_state_is_known": (Release, {"edition_id": None, "state": "lost"}),
    "remark_is_settled_by_somebody": (Remark, {"settled_by_id": 1}),
    "request_in_work_names_its_article": (
        UpdateRequest,
        {"fingerprint": "other", "state": "in_work"},
    ),
    "request_state_is_known": (UpdateRequest, {"fingerprint": "other", "state": "lost"}),
    "review_rule_asks_for_some": (ReviewRule, {"kind": "support", "approvals": 0}),
    "review_rule_kind_is_known": (ReviewRule, {"kind": "gossip"}),
    "review_step_is_known": (ReviewStep, {"action": "publish"}),
    "revision_significance_is_known": (Revision, {"number": 9, "significance": "huge"}),
    "scheduled_release_has_its_time": (Release, {"edition_id": None, "state": "scheduled"}),
    "sending_a_snippet_back_has_a_reason": (SnippetStep, {"action": "reject", "reason": ""}),
    "sending_back_has_a_reason": (ReviewStep, {"action": "reject", "reason": ""}),
    "snippet_kind_is_known": (Snippet, {"key": "other", "kind": "song"}),
    "snippet_state_is_known": (Snippet, {"key": "other", "state": "published"}),
    "snippet_step_is_known": (SnippetStep, {"action": "publish"}),
    "text_state_is_known": (
        ArticleText,
        {"locale": "zh-hant", "slug": "other", "state": "forgotten"},
    ),
}


@pytest.fixture
def stored() -> Article:
    """A row of each model that has a constraint; returns an article without a text."""
    actor = system_user()
    snippet("name", "text", "Tidewave")
    topic = save_topic(actor=actor, slug="travel", names={"en": "Travel"})
    target = published("Target", topic=topic)
    roaming = write_approved("Roaming", "{{ name }}, [more](article:" + target.public_id + ").")
    publish_texts(roaming)
    write("Roaming", "Newer {{ name }}.", article=roaming.text.article, slug="abroad")
    publish_together(actor=actor, name="May", items=[write_approved("Trains")])
    create_api_key(actor=actor, name="Shop", audience="partner")
    asked()
    ReviewRule.objects.create(kind="sales")
    retag(actor=actor, article=target, add=["esim"], based_on=target.version)
    write("A picture", PICTURE)
    save_snippet(actor=actor, key="picture", kind="text", value=PICTURE, based_on=0)
    about = {"person": actor, "article": target}
    WorkingCopy.objects.create(**about, locale="en", seen_at=roaming.created_at)
    Reminder.objects.create(person=actor, day=roaming.created_at.date(), articles=1)
    SavedView.objects.create(person=actor, name="Mine", first=True)
    IdempotentAnswer.objects.create(person=actor, key="mine", begun_at=roaming.created_at)
    Remark.objects.create(revision=roaming, author=actor, created_at=roaming.created_at)
    kept_for_the_search(actor, target)
    a_call(actor, target)
    return Article.objects.create(public_id="without-a-text", kind="support")


def kept_for_the_search(actor: User, article: Article) -> None:
    now = article.created_at
    kept = {"locale": "en", "changed_by": actor, "changed_at": now}
    bet = BestBet.objects.create(**kept, questions="roaming")
    BestBetArticle.objects.create(bet=bet, article=article, place=1)
    GoldenQuery.objects.create(**kept, query="roaming", audience="public", article=article)
    SearchOutcome.objects.create(search_id="s", public_id="roaming", what="opened", at=now)
    FrequentQuery.objects.create(locale="en", folded="roaming", query="Roaming", rank=0, times=3)


def a_call(agent: User, article: Article) -> None:
    """A call by its reference, in which the article was used, and one without."""
    now = article.created_at
    call = Call.objects.create(agent=agent, reference="77", begun_at=now, last_at=now)
    told = {"call": call, "public_id": article.public_id, "locale": "en"}
    CallEvent.objects.create(**told, kind="used", at=now, edition=1)
    CallTick.objects.create(**told, number=1, words="Ask")
    Pin.objects.create(agent=agent, article=article, pinned_at=now)
    Call.objects.create(agent=agent, begun_at=now, last_at=now)


def models_with_constraints() -> dict[str, type[models.Model]]:
    return {
        constraint.name: model
        for app in ("articles", "channels")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def columns(name: str) -> str:
    """How SQLite names a unique constraint."""
    model = BROKEN[name][0]
    (constraint,) = (c for c in model._meta.constraints if c.name == name)
    fields = getattr(constraint, "fields", ())
    table = model._meta.db_table
    names = ", ".join(f"{table}.{model._meta.get_field(field).column}" for field in fields)
    return f"UNIQUE constraint failed: {names}" if names else name


def test_every_constraint_is_broken_here() -> None:
    assert {name: model for name, (model, _) in BROKEN.items()} == models_with_constraints()


@pytest.mark.parametrize("name", BROKEN)
def test_a_row_that_breaks_a_constraint_is_refused(name: str, stored: Article) -> None:
    model, changes = BROKEN[name]
    if model in immutable_models():
        remove(connection, model)  # Else its triggers might refuse the row, for another reason.
    row = model._default_manager.order_by("pk").last()
    assert row is not None
    row.pk = None
    for field, value in changes.items():
        found = value() if callable(value) else value
        setattr(row, field, stored if found == "another" else found)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model._default_manager.bulk_create([row])
    assert any(sign in str(refusal.value) for sign in (name, columns(name))), refusal.value
