"""Publishing more than one statement can take, and while others publish."""

from __future__ import annotations

from typing import Any

import pytest

from articles.exceptions import Stale
from articles.models import ArticleText
from articles.operations.audit import system_user
from articles.workflow import State
from channels.models import Entry, Rendering
from channels.operations import chunks, publishing
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from channels.queries import current_number
from channels.registry import FORMATS
from tests.building import publish_texts, write_approved

pytestmark = pytest.mark.django_db


def test_more_than_one_statement_can_take_go_live_go_and_come_back_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chunks, "SIZE", 2)
    revisions = [write_approved(f"Article {number}") for number in range(5)]
    assert publish_texts(*revisions).live == 5
    retired = [Retirement(revision.text.article) for revision in revisions]
    assert publish(items=retired, actor=system_user()).removed == 5
    assert go_back(number=1, actor=system_user()).live == 5
    assert Entry.objects.live().count() == 5
    assert Rendering.objects.filter(entry__in=Entry.objects.live()).count() == 5 * len(FORMATS)
    assert set(ArticleText.objects.values_list("state", flat=True)) == {State.PUBLISHED}


class TestMeetings:
    """Others publish while we prepare."""

    @pytest.fixture
    def plans(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """The bases that were planned on; after each of the first three another edition comes."""
        real, bases = publishing.plan, []
        others = [write_approved(f"Other {number}") for number in range(3)]

        def plan(wanted: Any, *, base: int) -> Any:
            candidate = real(wanted, base=base)
            bases.append(base)
            if others:
                other = others.pop()
                with monkeypatch.context() as unpatched:
                    unpatched.setattr(publishing, "plan", real)
                    publish_texts(other)
            return candidate

        monkeypatch.setattr(publishing, "plan", plan)
        return bases

    def test_after_three_meetings_it_is_our_turn(self, plans: list[int]) -> None:
        mine = write_approved("Mine")
        assert publish_texts(mine).number == 4
        assert plans == [0, 1, 2, 3]
        assert Entry.objects.live().filter(revision=mine).exists()

    def test_what_never_holds_still_is_refused_and_nothing_is_told(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(publishing, "hold_items", lambda *_: False)
        with pytest.raises(Stale):
            publish_texts(write_approved("Mine"))
        assert current_number() == 0
