"""What publishes leave to do is done, whoever dies on the way."""

from __future__ import annotations

import pytest
from django.utils import timezone

from channels.models import OutboxRow
from channels.operations.outbox import FOLLOWERS, drain
from channels.search.queries import search
from channels.tasks import drain_outbox
from tests.building import published
from tests.search.conftest import Titles


def titles(q: str) -> list[str]:
    return [hit.title for hit in search(q, locale="en", rank=0).hits]


def test_a_row_that_a_dead_worker_left_is_done_by_the_next(found: Titles) -> None:
    published("First", "Wheel.")
    found("")
    published("Second", "Wheel.")
    assert drain_outbox() == 1
    assert sorted(titles("wheel")) == ["First", "Second"]
    assert not OutboxRow.objects.filter(done_at=None).exists()


def test_an_index_that_fell_behind_is_brought_to_the_edition_though_no_row_is_left(
    found: Titles,
) -> None:
    published("First", "Wheel.")
    found("")
    published("Second", "Wheel.")
    # By a worker with another home, or in a backup that came back without the index.
    OutboxRow.objects.update(done_at=timezone.now())
    drain_outbox()
    assert sorted(titles("wheel")) == ["First", "Second"]


def test_a_failure_is_noted_and_tried_again_after_a_pause(
    found: Titles, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("First", "Wheel.")
    now = timezone.now()

    def fail() -> int:
        raise OSError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setitem(FOLLOWERS, OutboxRow.Kind.INDEX, fail)
        assert drain(now=now) == 0
    row = OutboxRow.objects.get()
    assert (row.attempts, row.error) == (1, "OSError: The disk is full.")
    assert drain(now=now) == 0
    assert drain(now=row.due_at) == 1
    row.refresh_from_db()
    assert (row.done_at, row.error) == (row.due_at, "")


def test_what_is_published_while_the_index_follows_is_followed_too(
    found: Titles, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("First", "Wheel.")
    bring = FOLLOWERS[OutboxRow.Kind.INDEX]
    more = iter(["Second", "Third"])

    def slowly() -> int:
        reached = bring()
        if (title := next(more, None)) is not None:
            published(title, "Wheel.")
        return reached

    monkeypatch.setitem(FOLLOWERS, OutboxRow.Kind.INDEX, slowly)
    assert drain() == 3
    assert sorted(titles("wheel")) == ["First", "Second", "Third"]


def test_every_kind_of_row_has_somebody_who_does_it() -> None:
    assert set(FOLLOWERS) == set(OutboxRow.Kind.values)
