"""A release is a plan: made by name, filled one by one, moved, cancelled, published once."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.exceptions import InvalidInput, NotAllowed, Stale, WrongState
from articles.models import ArticleText, AuditRecord
from articles.operations.audit import system_user
from articles.operations.reviewing import reject
from channels.models import Edition, Entry, Release
from channels.operations.items import Retirement
from channels.operations.release_items import name_of
from channels.operations.release_publishing import publish_release
from channels.operations.release_timing import schedule_release, unschedule_release
from channels.operations.releases import (
    add_items,
    cancel_release,
    create_release,
    items_of,
    publish_together,
    remove_items,
    rename_release,
    rows_of,
)
from channels.release_workflow import (
    RELEASE_WORKFLOW,
    ReleaseAction,
    ReleaseState,
    actions_of,
    release_step,
)
from tests.building import approved, publish_texts, published, snippet, write, write_approved
from tests.releases.conftest import NOON
from tests.releases.planning import release_of, scheduled

pytestmark = pytest.mark.django_db

SOON = {"local": "2026-07-01T13:00", "zone": "UTC", "now": NOON}


def test_what_was_collected_goes_live_in_one_edition(publisher: User) -> None:
    old = published("Old")
    texts = [write_approved("One"), write_approved("Two")]
    price = snippet("price.plan-s", "money", {"amount": "9.90", "currency": "EUR"})
    release = release_of(*texts, price, Retirement(old), actor=publisher)

    edition = publish_release(actor=publisher, release=release, version=release.version)

    release.refresh_from_db()
    assert (release.state, release.edition) == ("published", edition)
    assert (edition.added, edition.removed, edition.note) == (2, 1, "Autumn")
    assert {entry.title for entry in Entry.objects.live()} == {"One", "Two"}


def test_items_come_and_go_one_by_one_and_each_is_named_in_the_audit(publisher: User) -> None:
    one, two = write_approved("One"), write_approved("Two")
    release = release_of(actor=publisher)
    release = add_items(actor=publisher, release=release, items=[one])
    release = add_items(actor=publisher, release=release, items=[one, two])
    (row, _), _ = rows_of(release)
    release = remove_items(actor=publisher, release=release, item_ids=[row])

    assert items_of(release) == [two]
    told = AuditRecord.objects.filter(subject=f"release {release.pk}").order_by("number")
    assert [(record.action, record.detail.get("items")) for record in told] == [
        ("create-release", None),
        ("add-to-release", ["One (en, r1)"]),
        ("add-to-release", ["Two (en, r1)"]),
        ("remove-from-release", ["One (en, r1)"]),
    ]


def test_a_newer_approved_revision_takes_the_place_of_the_older() -> None:
    one = write_approved("One")
    release = release_of(one)
    newer = approved(write("One, again", article=one.text.article))

    release = add_items(actor=system_user(), release=release, items=[newer])

    assert [name_of(item) for item in items_of(release)] == ["One, again (en, r2)"]


def test_only_what_is_approved_or_live_can_be_put_in() -> None:
    draft = write("Draft")
    with pytest.raises(Stale, match="Draft"):
        release_of(draft)
    with pytest.raises(InvalidInput, match="not live"):
        release_of(Retirement(draft.text.article))
    assert not Release.objects.exists()


def test_an_article_is_not_published_and_retired_at_once() -> None:
    article = published("One")
    newer = approved(write("One, again", article=article))
    release = release_of(newer)
    with pytest.raises(InvalidInput, match="at once"):
        add_items(actor=system_user(), release=release, items=[Retirement(article)])


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 121, "a\x00b"])
def test_a_release_has_a_name(name: str) -> None:
    with pytest.raises(InvalidInput):
        create_release(actor=system_user(), name=name)


def test_a_releases_name_reads_in_its_own_direction(publisher: User) -> None:
    revision = write_approved()

    publish_together(actor=publisher, name="Autumn \u202egnp.exe", items=[revision])
    planned = create_release(actor=publisher, name="\u2067Winter")

    assert Edition.objects.get().note == "Autumn gnp.exe"
    assert Release.objects.exclude(pk=planned.pk).get().name == "Autumn gnp.exe"
    assert planned.name == "Winter"


def test_a_release_without_items_is_neither_published_nor_scheduled() -> None:
    release = release_of()
    with pytest.raises(InvalidInput):
        publish_release(actor=system_user(), release=release, version=release.version)
    with pytest.raises(InvalidInput):
        schedule_release(actor=system_user(), release=release, version=release.version, **SOON)


class TestStale:
    def test_an_item_that_changed_since_is_refused_and_named(self) -> None:
        one, two = write_approved("One"), write_approved("Two")
        release = release_of(one, two)
        approved(write("One, again", article=one.text.article))

        with pytest.raises(
            Stale, match=r"“One” \(en\) changed since: revision 1 was chosen, and 2"
        ):
            publish_release(actor=system_user(), release=release, version=release.version)

        assert not Edition.objects.exists()
        release.refresh_from_db()
        assert release.state == "open"

    def test_so_is_one_that_was_sent_back(self) -> None:
        one = write_approved("One")
        release = release_of(one, write_approved("Two"))
        reject(actor=system_user(), text=one.text, revision=1, reason="No.")
        with pytest.raises(Stale, match=r"One.*none is approved"):
            publish_release(actor=system_user(), release=release, version=release.version)

    def test_so_is_one_whose_newer_revision_is_live(self) -> None:
        one = write_approved("One")
        release = release_of(one)
        publish_texts(approved(write("One, again", article=one.text.article)))
        with pytest.raises(Stale, match="One"):
            publish_release(actor=system_user(), release=release, version=release.version)

    def test_and_a_value(self) -> None:
        value = snippet("name", "text", "Tidewave")
        release = release_of(value)
        snippet("name", "text", "Highwave")
        with pytest.raises(Stale, match="Snippet name"):
            publish_release(actor=system_user(), release=release, version=release.version)

    def test_a_newer_draft_changes_nothing(self) -> None:
        one = write_approved("One")
        release = release_of(one)
        write("One, a draft", article=one.text.article)
        publish_release(actor=system_user(), release=release, version=release.version)
        assert Entry.objects.live().get().title == "One"

    def test_a_plan_that_changed_after_it_was_read_is_not_published(self) -> None:
        release = release_of(write_approved("One"))
        add_items(actor=system_user(), release=release, items=[write_approved("Two")])
        with pytest.raises(Stale, match="meanwhile"):
            publish_release(actor=system_user(), release=release, version=release.version)
        for act in (cancel_release, unschedule_release):
            with pytest.raises(Stale):
                act(actor=system_user(), release=release, version=release.version)


class TestWorkflow:
    def test_a_scheduled_release_keeps_what_was_decided_on(self) -> None:
        release = scheduled(write_approved("One"))
        with pytest.raises(WrongState):
            add_items(actor=system_user(), release=release, items=[write_approved("Two")])
        with pytest.raises(WrongState):
            remove_items(actor=system_user(), release=release, item_ids=[1])
        release = unschedule_release(actor=system_user(), release=release, version=release.version)
        assert (release.state, release.due_at, release.due_zone) == ("open", None, "")
        rename_release(actor=system_user(), release=release, name="Winter")

    def test_scheduling_again_moves_it(self) -> None:
        release = scheduled(write_approved("One"))
        moved = schedule_release(
            actor=system_user(),
            release=release,
            version=release.version,
            local="2026-12-01T09:00",
            zone="Asia/Shanghai",
            now=NOON,
        )
        assert moved.due_at.isoformat() == "2026-12-01T01:00:00+00:00"
        assert (moved.due_local, moved.due_zone) == ("2026-12-01T09:00", "Asia/Shanghai")

    def test_a_past_time_is_refused(self) -> None:
        release = release_of(write_approved("One"))
        past = SOON | {"local": "2026-07-01T12:00"}
        with pytest.raises(InvalidInput, match="past"):
            schedule_release(actor=system_user(), release=release, version=release.version, **past)

    @pytest.mark.parametrize("state", ["published", "cancelled"])
    def test_what_has_ended_stays_as_it_is(self, state: str) -> None:
        release = release_of(write_approved("One"))
        if state == "published":
            publish_release(actor=system_user(), release=release, version=release.version)
        else:
            cancel_release(actor=system_user(), release=release, version=release.version)
        release.refresh_from_db()
        assert (release.state, actions_of(release.state)) == (state, frozenset())
        with pytest.raises(WrongState):
            schedule_release(actor=system_user(), release=release, version=release.version, **SOON)
        with pytest.raises(WrongState):
            publish_release(actor=system_user(), release=release, version=release.version)

    def test_the_table_leads_nowhere_unknown(self) -> None:
        for (state, action), step in RELEASE_WORKFLOW.items():
            assert release_step(state, action) == step
            assert state not in (ReleaseState.PUBLISHED, ReleaseState.CANCELLED)
        reachable = {step.state for step in RELEASE_WORKFLOW.values()}
        assert reachable == set(ReleaseState)
        with pytest.raises(WrongState):
            release_step(ReleaseState.OPEN, ReleaseAction.FAIL)

    def test_who_writes_may_collect_and_who_publishes_may_decide(
        self, author: User, publisher: User, agent: User
    ) -> None:
        with pytest.raises(NotAllowed):
            release_of(actor=agent)
        release = release_of(write_approved("One"), actor=author)
        seen = {"release": release, "version": release.version}
        for act in (publish_release, cancel_release):
            with pytest.raises(NotAllowed):
                act(actor=author, **seen)
        with pytest.raises(NotAllowed):
            schedule_release(actor=author, **seen, **SOON)
        taken = schedule_release(actor=publisher, **seen, **SOON)
        assert (release.owner, taken.owner_id) == (author, publisher.pk)


def test_what_is_published_together_is_a_published_release() -> None:
    edition = publish_together(actor=system_user(), name="May", items=[write_approved("One")])
    release = Release.objects.get()
    assert (release.state, release.edition, release.owner) == ("published", edition, edition.actor)


def test_a_refused_release_publishes_nothing_and_stays_as_it_is() -> None:
    good, bad = write_approved("Good"), write_approved("Bad", "See [it](article:nowhere99).")
    release = release_of(good, bad)
    with pytest.raises(Exception, match="nowhere99"):
        publish_release(actor=system_user(), release=release, version=release.version)
    assert not Edition.objects.exists()
    assert set(ArticleText.objects.values_list("state", flat=True)) == {"approved"}


def test_the_database_knows_what_a_published_release_is() -> None:
    release = release_of(write_approved("One"))
    for broken in ({"state": "lost"}, {"state": "published"}, {"state": "scheduled"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**broken)
