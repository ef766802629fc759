"""Checking a release says what publishing it would, and what readers would get otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.audiences import AGENT, AUDIENCES, CUSTOMER, PARTNER, PUBLIC
from articles.exceptions import NotAllowed, OperationRefused
from articles.models import Significance
from articles.operations.audit import system_user
from articles.operations.writing import update_article
from channels.exceptions import PublishRefused
from channels.models import Edition, Entry, Release, ReleaseChange, ReleaseCheck
from channels.operations import blast_radius, preparing, release_check
from channels.operations.items import Retirement
from channels.operations.release_check import (
    SILENCE,
    CheckOvertaken,
    check_release,
    is_of_now,
    is_running,
)
from channels.operations.release_publishing import publish_release
from channels.operations.releases import add_items
from channels.queries import current_number
from tests.building import approved, publish_texts, published, snippet, write, write_approved
from tests.releases.planning import release_of

pytestmark = pytest.mark.django_db


def check(release: Release) -> ReleaseCheck:
    return check_release(actor=system_user(), release=release)


def changes(release: Release) -> list[ReleaseChange]:
    checked = check(release)
    assert checked.problems == []
    return list(checked.changes.all())


def refusal_of(release: Release) -> list[str]:
    with pytest.raises(OperationRefused) as refusal:
        publish_release(actor=system_user(), release=release, version=release.version)
    return str(refusal.value).splitlines()


def test_a_check_publishes_nothing_and_what_it_lets_through_is_published() -> None:
    release = release_of(write_approved("One"), write_approved("Two"))
    checked = check(release)
    assert (checked.problems, checked.changes.count()) == ([], 2)
    assert (checked.done, checked.total) == (checked.total, checked.total)
    assert current_number() == 0
    publish_release(actor=system_user(), release=release, version=release.version)
    assert Entry.objects.live().count() == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("See [it](article:nowhere99).", "nowhere99"),
        ("It costs {{ price.nowhere }}.", "price.nowhere"),
        ("{{ only.english }}", "only.english"),
    ],
)
def test_its_verdict_is_that_of_publishing(body: str, said: str) -> None:
    snippet("only.english", "text", {"en": "English"})
    locale = "zh-hans" if "only" in body else "en"
    article = published("Good", locale="zh-hant")
    from channels.operations.items import Wanted
    from channels.operations.planning import plan

    bad = write("Bad", body, article=article, locale=locale)
    bad.text.approved = bad  # As one that was approved before its snippet was lost.
    bad.text.save()
    release = release_of(bad, write_approved("Fine"))

    problems = check(release).problems

    assert any(said in line for line in problems), problems
    assert problems == refusal_of(release)
    with pytest.raises(PublishRefused):
        plan(Wanted.of([bad]), base=current_number())


def test_items_that_changed_since_are_named_beside_all_else() -> None:
    one = write_approved("One")
    release = release_of(one, write_approved("Bad", "See [it](article:nowhere99)."))
    approved(write("One, again", article=one.text.article))
    stale, dead = check(release).problems
    assert "“One” (en) changed since: revision 1" in stale
    assert "nowhere99" in dead


def test_what_was_written_since_it_was_approved_is_said_to_stay_behind() -> None:
    one = write_approved("One")
    release = release_of(one, write_approved("Two"))
    write("One, again", article=one.text.article)
    (line,) = (line for line in check(release).warnings if "written since" in line)
    assert "“One” (en) goes live as revision 1; revision 2 was written since" in line
    assert "Two" not in line


def test_a_release_that_changes_nothing_cannot_be_published() -> None:
    one = write_approved("One")
    release = release_of(one)
    publish_texts(one)
    assert check(release).problems == refusal_of(release)


def test_what_a_release_does_not_change_is_said() -> None:
    one = write_approved("One")
    release = release_of(one, write_approved("Two"))
    publish_texts(one)
    assert any("“one” (en) does not change" in line for line in check(release).warnings)


class TestBlastRadius:
    def test_each_kind_of_reader_has_a_change_of_their_own(self) -> None:
        agents_part = '\n\n::: agent "For agents"\nOffer a {0} card.\n:::\n'
        article = published("eSIM", "Open the settings." + agents_part.format("plastic"))
        newer = write("eSIM", "Open the settings." + agents_part.format("paper"), article=article)
        (change,) = changes(release_of(approved(newer)))
        assert (change.change, change.audiences) == ("changed", [AGENT])
        assert set(change.channels) == {"agents", "feeds", "api"}
        assert change.seconds_before == change.seconds_after > 0

    def test_a_value_brings_all_that_use_it(self) -> None:
        snippet("price", "money", {"amount": "9.90", "currency": "EUR"})
        published("One", "Costs {{ price }}.")
        published("Two", "Costs {{ price }}, too.")
        published("Three", "Is free.")
        value = snippet("price", "money", {"amount": "12.50", "currency": "EUR"})
        found = changes(release_of(value))
        assert [change.title for change in found] == ["One", "Two"]
        assert all(change.audiences == list(AUDIENCES) for change in found)
        assert all(set(change.channels) == set(blast_radius.CHANNELS) for change in found)

    def test_a_retirement_takes_it_from_all_who_read_it(self) -> None:
        article = published("Old", audience=PARTNER)
        (change,) = changes(release_of(Retirement(article)))
        assert (change.change, change.audiences) == ("removed", [PARTNER, AGENT])
        assert (change.seconds_after, change.after) == (0, "")
        assert "website" not in change.channels

    def test_narrowing_takes_it_from_some_and_says_so_to_the_others(self) -> None:
        article = published("Secret")
        update_article(
            actor=system_user(),
            article=article,
            based_on=article.version,
            kind="support",
            topic=None,
            audience=PARTNER,
            tags=[],
            owner=None,
        )
        live = Entry.objects.live().get().revision
        removed, told_otherwise = changes(release_of(live))
        assert (removed.change, removed.audiences) == ("removed", [PUBLIC, CUSTOMER])
        assert (told_otherwise.change, told_otherwise.audiences) == ("changed", [PARTNER, AGENT])
        assert told_otherwise.said == [["audience", PUBLIC, PARTNER]]
        assert set(told_otherwise.channels) == {"feeds", "agents", "api"}

    def test_questions_are_shown_but_not_spoken(self) -> None:
        article = published("One", questions=["How?"])
        newer = approved(write("One", article=article, questions=["How much?"]))
        (change,) = changes(release_of(newer))
        assert change.said == [["questions", "How?", "How much?"]]
        assert "phone" not in change.channels

    def test_longer_words_take_longer_to_say(self) -> None:
        article = published("One", "Short.")
        newer = approved(write("One", "word " * 150, article=article))
        (change,) = changes(release_of(newer))
        assert 55 <= change.seconds_after - change.seconds_before <= 65


class TestTranslations:
    def test_missing_ones_are_named(self) -> None:
        warnings = check(release_of(write_approved("One"))).warnings
        assert warnings == ["“One” has no text in 简体中文, 繁體中文."]

    @pytest.mark.parametrize(
        ("significance", "behind"),
        [(Significance.TRANSLATION, True), (Significance.TYPO, False)],
    )
    def test_those_behind_their_source_are_named(self, significance: str, behind: bool) -> None:
        source = write_approved("One")
        article = source.text.article
        chinese = approved(
            write("一", "打开。", article=article, locale="zh-hans", translation_of=source)
        )
        publish_texts(source, chinese)
        newer = approved(write("One", "Newer.", article=article, significance=significance))
        warnings = check(release_of(newer)).warnings
        assert any("简体中文 is behind" in line for line in warnings) is behind


class TestProgress:
    def test_others_see_how_far_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(release_check, "STEP", 0)
        release = release_of(*[write_approved(f"Text {n}") for n in range(3)])
        seen: list[tuple[int, int, bool]] = []
        real = preparing.prepare_entry

        def prepare(*args: Any) -> Any:
            row = ReleaseCheck.objects.get(release=release)
            seen.append((row.done, row.total, is_running(row)))
            return real(*args)

        monkeypatch.setattr(preparing, "prepare_entry", prepare)
        check(release)
        assert seen == [(0, 6, True), (1, 6, True), (2, 6, True)]

    def test_of_two_checks_the_later_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(release_check, "STEP", 0)
        release = release_of(write_approved("One"))
        real = preparing.prepare_entry

        def prepare(*args: Any) -> Any:
            with monkeypatch.context() as other:
                other.setattr(preparing, "prepare_entry", real)
                check(release)
            return real(*args)

        monkeypatch.setattr(preparing, "prepare_entry", prepare)
        with pytest.raises(CheckOvertaken):
            check(release)
        row = ReleaseCheck.objects.get()
        assert row.finished_at
        assert row.changes.count() == 1

    def test_one_that_broke_off_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        release = release_of(write_approved("One"))

        def break_down(*_: Any) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as broken:
            broken.setattr(release_check, "translation_warnings", break_down)
            with pytest.raises(ZeroDivisionError):
                check(release)
        row = ReleaseCheck.objects.get()
        assert (row.finished_at, is_running(row)) == (None, False)
        assert check(release).finished_at

    def test_one_whose_process_was_ended_does_not_run_for_ever(self) -> None:
        release = release_of(write_approved("One"))
        row = check(release)
        row.finished_at = None
        assert is_running(row)
        assert not is_running(row, now=timezone.now() + SILENCE)

    def test_it_tells_of_its_plan_on_its_edition(self) -> None:
        release = release_of(write_approved("One"))
        row = check(release)
        assert is_of_now(row, release)
        publish_texts(write_approved("Other"))
        assert not is_of_now(row, release)
        row = check(release)
        release = add_items(actor=system_user(), release=release, items=[write_approved("Two")])
        assert not is_of_now(row, release)


def test_readers_and_agents_may_not_check(agent: User) -> None:
    release = release_of(write_approved("One"))
    with pytest.raises(NotAllowed):
        check_release(actor=agent, release=release)
    assert not Edition.objects.exists()


def test_many_texts_are_checked_in_few_statements() -> None:
    """Five times as many texts take no more than the writing of their rows in batches."""
    small = release_of(*[write_approved(f"A {n}") for n in range(2)])
    large = release_of(*[write_approved(f"B {n}") for n in range(10)])
    counts = []
    for release in (small, large):
        with CaptureQueriesContext(connection) as statements:
            check(release)
        counts.append(len(statements))
    assert counts[0] == counts[1]
