"""A due release goes live at its time, once, or not at all, and then its owner is told why."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import OperationalError

from articles.operations.audit import system_user
from channels import tasks
from channels.models import Edition, Entry, Release
from channels.operations import due_releases, release_mail
from channels.operations.due_releases import LONGEST_PAUSE, DueReleases
from channels.operations.planning import draw_up
from channels.operations.release_mail import tell_owners
from channels.operations.release_timing import schedule_release
from channels.operations.releases import cancel_release
from tests.building import approved, publish_texts, snippet, write, write_approved
from tests.releases.conftest import NOON, Clock
from tests.releases.planning import scheduled

pytestmark = pytest.mark.django_db


def test_it_goes_live_at_its_time_and_not_before(clock: Clock) -> None:
    release = scheduled(write_approved("One"), write_approved("Two"))
    worker = DueReleases(clock, clock.sleep)

    clock.forward(minutes=59, seconds=57)
    assert worker.look() == 0
    assert not Entry.objects.exists()
    clock.forward(seconds=3)
    assert worker.look() == 1

    release.refresh_from_db()
    assert (release.state, release.edition_id, Entry.objects.live().count()) == ("published", 1, 2)
    assert worker.look() == 0


def test_it_is_planned_a_moment_ahead_and_committed_at_its_time(clock: Clock) -> None:
    scheduled(write_approved("One"))
    clock.forward(minutes=59, seconds=58.5)
    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        assert not Entry.objects.exists()
        clock.sleep(seconds)

    assert DueReleases(clock, sleep).look() == 1
    assert slept == [1.5]
    assert Entry.objects.live().exists()


def test_one_that_is_cancelled_in_the_last_moment_stays_cancelled(clock: Clock) -> None:
    release = scheduled(write_approved("One"))
    clock.forward(minutes=59, seconds=59)

    def cancel(seconds: float) -> None:
        cancel_release(actor=system_user(), release=release, version=release.version)
        clock.sleep(seconds)

    assert DueReleases(clock, cancel).look() == 0
    release.refresh_from_db()
    assert (release.state, release.failure) == ("cancelled", "")
    assert not Edition.objects.exists()


def test_what_is_mended_in_the_last_moment_goes_live(clock: Clock) -> None:
    scheduled(write_approved("One", "See [it](article:article-two)."))
    clock.forward(minutes=59, seconds=59)

    def mend(seconds: float) -> None:
        publish_texts(write_approved("Two", public_id="article-two"))
        clock.sleep(seconds)

    assert DueReleases(clock, mend).look() == 1


def test_an_owner_who_loses_the_role_in_the_last_moment_publishes_nothing(
    clock: Clock, publisher: User
) -> None:
    release = scheduled(write_approved("One"), actor=publisher)
    clock.forward(minutes=59, seconds=59)

    def dismiss(seconds: float) -> None:
        publisher.groups.clear()
        clock.sleep(seconds)

    assert DueReleases(clock, dismiss).look() == 0
    release.refresh_from_db()
    assert (release.state, Edition.objects.count()) == ("failed", 0)


def test_a_worker_never_sleeps_over_it(clock: Clock) -> None:
    worker = DueReleases(clock, clock.sleep)
    assert worker.pause() == LONGEST_PAUSE < 1
    scheduled(write_approved("One"))
    assert worker.pause() == LONGEST_PAUSE
    clock.forward(minutes=59, seconds=57.8)
    assert worker.pause() == pytest.approx(0.2)
    clock.forward(hours=1)
    assert worker.pause() == 0


def test_of_several_workers_one_publishes_it(clock: Clock) -> None:
    """The second looked before the first had published."""
    release = scheduled(write_approved("One"))
    clock.forward(hours=1)
    first, second = DueReleases(clock, clock.sleep), DueReleases(clock, clock.sleep)
    seen = list(second._scheduled())

    assert first.look() == 1
    assert second._publish(seen[0]) is False

    release.refresh_from_db()
    assert (release.state, release.failure) == ("published", "")
    assert Edition.objects.count() == 1


def test_it_is_rendered_ahead_of_its_time_and_not_again_at_it(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    price = snippet("price", "money", {"amount": "9.90", "currency": "EUR"})
    publish_texts(price)
    scheduled(write_approved("One", "Costs {{ price }}."), write_approved("Two"))
    worker = DueReleases(clock, clock.sleep)
    clock.forward(minutes=55)
    worker.look()
    publish_texts(snippet("price", "money", {"amount": "8.90", "currency": "EUR"}))
    rendered: list[str] = []
    from channels.operations import preparing

    real = preparing.build_document

    def build(subject: Any, *rest: Any, **how: Any) -> Any:
        rendered.append(subject.slug)
        return real(subject, *rest, **how)

    monkeypatch.setattr(preparing, "build_document", build)
    clock.forward(minutes=5)
    assert worker.look() == 1

    assert rendered == ["one"]  # Its price is another one by now.
    texts = Entry.objects.live().filter(renderings__format="text")
    bodies = texts.values_list("renderings__blob__body", flat=True)
    assert any(b"8.90" in bytes(body) for body in bodies)


def test_one_that_is_due_while_another_is_rendered_ahead_does_not_wait(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = scheduled(*[write_approved(f"Text {n}") for n in range(3)], local="2026-07-01T12:09")
    small = scheduled(write_approved("Small"), local="2026-07-01T12:05")
    Release.objects.filter(pk=small.pk).update(due_at=NOON.replace(hour=20))

    def slowly(wanted: Any, *, progress: Any, **rest: Any) -> Any:
        """Rendering takes until the small one, scheduled meanwhile, is due."""

        def note(done: int, total: int) -> None:
            Release.objects.filter(pk=small.pk).update(due_at=small.due_at)
            clock.forward(minutes=2)
            progress(done, total)

        return draw_up(wanted, progress=note, **rest)

    monkeypatch.setattr(due_releases, "draw_up", slowly)
    assert DueReleases(clock, clock.sleep).look() == 1
    assert Entry.objects.live().get().title == "Small"
    large.refresh_from_db()
    assert large.state == "scheduled"


class TestRefused:
    @pytest.fixture
    def owner(self, publisher: User) -> User:
        publisher.email = "paul@example.com"
        publisher.save(update_fields=["email"])
        return publisher

    def _due(self, clock: Clock) -> Release:
        clock.forward(hours=1)
        assert DueReleases(clock, clock.sleep).look() == 0
        return Release.objects.get()

    def test_it_is_not_live_at_all_and_says_why(self, owner: User, clock: Clock) -> None:
        one = write_approved("One")
        scheduled(one, write_approved("Two"), actor=owner)
        approved(write("One, again", article=one.text.article))

        release = self._due(clock)

        assert release.state == "failed"
        assert "“One” (en) changed since" in release.failure
        assert not Edition.objects.exists()
        assert tell_owners(now=clock()) == 1
        (letter,) = mail.outbox
        assert letter.to == ["paul@example.com"]
        assert "Autumn" in letter.subject
        assert "“One” (en) changed since" in letter.body
        assert f"/admin/channels/release/{release.pk}/change/" in letter.body
        assert tell_owners(now=clock()) == 0

    def test_all_that_stands_in_the_way_is_named(self, owner: User, clock: Clock) -> None:
        bad = [write_approved(name, "See [it](article:nowhere99).") for name in ("One", "Two")]
        scheduled(*bad, write_approved("Good"), actor=owner)
        release = self._due(clock)
        assert [line.split(" ")[0] for line in release.failure.splitlines()] == ["One", "Two"]

    def test_its_owner_must_be_allowed_to_publish_then(self, owner: User, clock: Clock) -> None:
        scheduled(write_approved("One"), actor=owner)
        owner.groups.set([Group.objects.get(name="author")])
        release = self._due(clock)
        assert (release.state, Edition.objects.count()) == ("failed", 0)
        assert "may not do this" in release.failure

    def test_and_still_work_here(self, owner: User, clock: Clock) -> None:
        scheduled(write_approved("One"), actor=owner)
        owner.is_active = False
        owner.save(update_fields=["is_active"])
        assert self._due(clock).state == "failed"

    def test_it_can_be_scheduled_again_when_it_is_mended(self, owner: User, clock: Clock) -> None:
        one = write_approved("One", "See [it](article:article-two).")
        scheduled(one, actor=owner)
        release = self._due(clock)
        publish_texts(write_approved("Two", public_id="article-two"))
        release = schedule_release(
            actor=owner,
            release=release,
            version=release.version,
            local="2026-07-01T14:00",
            zone="UTC",
            now=clock(),
        )
        assert (release.state, release.failure) == ("scheduled", "")
        clock.forward(hours=1)
        assert DueReleases(clock, clock.sleep).look() == 1

    def test_an_owner_without_an_address_reads_it_at_the_desk(
        self, publisher: User, clock: Clock
    ) -> None:
        scheduled(write_approved("One", "[x](article:nowhere99)"), actor=publisher)
        self._due(clock)
        assert tell_owners(now=clock()) == 0
        assert Release.objects.get().mail_due_at is None

    def test_a_letter_that_could_not_be_sent_is_sent_later(
        self, owner: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scheduled(write_approved("One", "[x](article:nowhere99)"), actor=owner)
        self._due(clock)

        def refuse(*args: Any) -> None:
            raise ConnectionRefusedError

        with monkeypatch.context() as away:
            away.setattr(release_mail, "send_mail", refuse)
            assert tell_owners(now=clock()) == 0
        assert tell_owners(now=clock()) == 0
        clock.forward(minutes=1)
        assert tell_owners(now=clock()) == 1

    def test_an_unexpected_error_is_told_too(
        self, owner: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scheduled(write_approved("One"), actor=owner)

        def break_down(**_: Any) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(due_releases, "publish_release", break_down)
        assert "unexpected" in self._due(clock).failure

    def test_a_database_that_is_away_is_no_failure(
        self, owner: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scheduled(write_approved("One"), actor=owner)

        def break_down(**_: Any) -> None:
            raise OperationalError

        clock.forward(hours=1)
        with monkeypatch.context() as away:
            away.setattr(due_releases, "publish_release", break_down)
            with pytest.raises(OperationalError):
                DueReleases(clock, clock.sleep).look()
        assert Release.objects.get().state == "scheduled"
        assert DueReleases(clock, clock.sleep).look() == 1


def test_celerys_task_publishes_it_too(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    scheduled(write_approved("One"))
    monkeypatch.setattr(tasks, "_due_releases", DueReleases(clock, clock.sleep))
    assert tasks.publish_due_releases() == 0
    clock.forward(hours=1)
    assert tasks.publish_due_releases() == 1
