"""Releases at the desk: filled, checked, scheduled, published and cancelled by their pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.audiences import AGENT
from articles.comparing.pieces import Piece
from articles.operations.audit import system_user
from channels.admin import release_page
from channels.admin.release_page import differing
from channels.models import Edition, Entry, Release, ReleaseCheck
from channels.operations.due_releases import DueReleases
from channels.operations.items import Retirement
from channels.operations.release_check import check_release
from channels.operations.releases import add_items, cancel_release
from tests.admin.desk import Desk, words
from tests.building import approved, published, snippet, write, write_approved
from tests.releases.planning import release_of, scheduled

pytestmark = pytest.mark.django_db


def act(desk: Desk, release: Release, what: str, **data: Any) -> HttpResponse:
    release.refresh_from_db()
    form = {"version": release.version} | data
    return desk.send("channels_release_act", release.pk, act=what, **form)


def schedule(desk: Desk, release: Release, **data: Any) -> HttpResponse:
    release.refresh_from_db()
    form = {"version": release.version, "zone": "UTC"} | data
    return desk.send("channels_release_schedule", release.pk, **form)


def page_of(desk: Desk, release: Release, query: str = "") -> str:
    answer = desk.open("channels_release_change", release.pk, query=query)
    assert answer.status_code == 200
    return words(answer)


def test_a_release_is_made_filled_checked_and_published(publisher_desk: Desk) -> None:
    one, two = write_approved("One"), write_approved("Two")
    publisher_desk.send("channels_release_add", name="Autumn prices")
    release = Release.objects.get()

    answer = publisher_desk.send(
        "channels_publish", put="1", text=[one.pk, two.pk], release=release.pk
    )
    assert "Put into “Autumn prices”" in words(answer)
    (row, _) = release.items.order_by("pk")
    act(publisher_desk, release, "remove", only=row.pk)
    answer = publisher_desk.send("channels_release_check", release.pk)
    assert "It can be published" in words(answer)
    assert "<ins>Two" in words(answer)
    answer = act(publisher_desk, release, "publish")

    assert "Published in edition 1" in words(answer)
    assert Entry.objects.live().get().title == "Two"


@pytest.mark.parametrize(("texts", "shown"), [(2, True), (6, False)])
def test_a_few_things_to_know_are_read_without_a_click(
    publisher_desk: Desk, texts: int, shown: bool
) -> None:
    release = release_of(*(write_approved(f"Text {number}") for number in range(texts)))
    answer = publisher_desk.send("channels_release_check", release.pk)
    assert f"{texts} things to know" in words(answer)
    assert bool(re.search(r"<details[^>]* open>\s*<summary>\d things", words(answer))) is shown


def test_what_waits_can_go_into_a_new_release_instead_of_live(publisher_desk: Desk) -> None:
    one = write_approved("One")
    publisher_desk.send("channels_publish", put="1", text=[one.pk], name="Winter")
    release = Release.objects.get()
    assert (release.name, release.state, Edition.objects.count()) == ("Winter", "open", 0)
    # What is in it is not offered for it again, and still waits for all others.
    assert "One" not in words(
        publisher_desk.open("channels_publish", query=f"?release={release.pk}")
    )
    assert "One" in words(publisher_desk.open("channels_publish"))


def test_an_article_its_retirement_and_a_value_are_put_in_by_their_addresses(
    author_desk: Desk,
) -> None:
    one, old = write_approved("One"), published("Old")
    value = snippet("name", "text", "Tidewave")
    query = f"?text={one.text_id}&retire={old.pk}&snippet={value.snippet_id}"

    page = words(author_desk.open("channels_release_put", query=query))
    assert "One (en, r1)" in page
    author_desk.send(
        "channels_release_put",
        text=one.text_id,
        retire=old.pk,
        snippet=value.snippet_id,
        name="Autumn",
    )

    page = page_of(author_desk, Release.objects.get())
    assert all(name in page for name in ("One (en)", "Old", "name", "Tidewave"))
    assert "Publish now" not in page


@pytest.mark.parametrize("query", ["?text=1", "", "?text=x", "?text=" + "9" * 40, "?retire=%00"])
def test_what_is_not_approved_is_refused_in_words(author_desk: Desk, query: str) -> None:
    draft = write("Draft")
    answer = author_desk.open(
        "channels_release_put", query=query.replace("text=1", f"text={draft.text_id}")
    )
    assert answer.status_code == 409
    assert "only what is approved" in words(answer)


def test_a_name_is_asked_for_and_what_was_typed_is_kept(publisher_desk: Desk) -> None:
    answer = publisher_desk.send("channels_release_add", name=" " * 3)
    assert answer.status_code == 409
    one = write_approved("One")
    answer = publisher_desk.send("channels_release_put", text=one.text_id, name="")
    assert answer.status_code == 409
    assert "name a new one" in words(answer)
    assert not Release.objects.exists()


class TestScheduling:
    def test_a_time_in_a_zone_is_kept_and_shown(self, publisher_desk: Desk) -> None:
        release = release_of(write_approved("One"))
        year = timezone.now().year + 1
        answer = schedule(
            publisher_desk, release, local=f"{year}-07-01T09:00", zone="Asia/Shanghai"
        )
        assert f"<b>{year}-07-01 09:00</b> (Asia/Shanghai)" in words(answer)
        assert f"{year}-07-01 01:00:00 UTC" in words(answer)
        assert "Asia/Shanghai" in words(publisher_desk.open("channels_release_changelist"))
        act(publisher_desk, release, "unschedule")
        release.refresh_from_db()
        assert release.state == "open"

    def test_a_time_that_does_not_exist_is_asked_about(self, publisher_desk: Desk) -> None:
        release = release_of(write_approved("One"))
        local = {"local": "2040-03-25T02:30", "zone": "Europe/Berlin"}
        answer = schedule(publisher_desk, release, **local)
        assert answer.status_code == 409
        assert "does not exist in Europe/Berlin" in words(answer)
        offered = re.search(r'name="local" value="([^"]*)">Take', words(answer))
        assert offered
        schedule(publisher_desk, release, local=[local["local"], offered[1]], zone="Europe/Berlin")
        release.refresh_from_db()
        assert release.due_at
        assert release.due_at.isoformat() == "2040-03-25T01:00:00+00:00"

    def test_a_time_that_exists_twice_is_asked_about(self, publisher_desk: Desk) -> None:
        release = release_of(write_approved("One"))
        local = {"local": "2040-10-28T02:30", "zone": "Europe/Berlin"}
        answer = schedule(publisher_desk, release, **local)
        assert answer.status_code == 409
        assert "exists twice" in words(answer)
        assert "CEST, UTC+02:00" in words(answer)
        assert "CET, UTC+01:00" in words(answer)
        assert 'value="2040-10-28T02:30"' in words(answer)
        schedule(publisher_desk, release, fold="1", **local)
        release.refresh_from_db()
        assert release.due_at
        assert release.due_at.isoformat() == "2040-10-28T01:30:00+00:00"

    @pytest.mark.parametrize(
        "typed",
        [
            {"local": "2001-01-01T00:00"},
            {"local": ""},
            {"local": "soon"},
            {"local": "2040-01-01T00:00", "zone": "Mars"},
            {"local": "2040-01-01T00:00", "fold": "7"},
            {"local": "2040-01-01T00:00", "version": "99"},
            {"local": "2040-01-01T00:00", "version": "x"},
        ],
    )
    def test_what_cannot_be_is_refused_in_words(
        self, publisher_desk: Desk, typed: dict[str, str]
    ) -> None:
        release = release_of(write_approved("One"))
        answer = schedule(publisher_desk, release, **typed)
        assert answer.status_code == 409
        assert "errorlist" in words(answer)
        release.refresh_from_db()
        assert release.state == "open"


def test_a_time_that_never_came_is_not_told_of_what_was_published_by_hand(
    publisher_desk: Desk,
) -> None:
    release = release_of(write_approved("One"))
    schedule(publisher_desk, release, local="2040-01-01T00:00")
    assert "2040-01-01 00:00 UTC" in words(publisher_desk.open("channels_release_changelist"))
    act(publisher_desk, release, "publish")
    page = words(publisher_desk.open("channels_release_changelist"))
    assert "published" in page
    assert "2040-01-01" not in page


def test_a_release_that_could_not_go_live_says_why_at_the_desk(publisher_desk: Desk) -> None:
    now = timezone.now()
    one = write_approved("One")
    release = scheduled(
        one,
        actor=publisher_desk.user,
        now=now,
        local=(now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
    )
    approved(write("One, again", article=one.text.article))
    DueReleases(lambda: now + timedelta(hours=2)).look()

    assert "“One” (en) changed since" in page_of(publisher_desk, release)
    for query in ("", "?state__exact=failed", "?mine=1"):
        listed = words(publisher_desk.open("channels_release_changelist", query=query))
        assert "“One” (en) changed since" in listed
    assert "changed since" in words(publisher_desk.open("channels_publish"))
    assert "Autumn" not in words(
        publisher_desk.open("channels_release_changelist", query="?state__exact=open")
    )


def test_a_cancelled_release_can_only_be_read(publisher_desk: Desk) -> None:
    release = release_of(write_approved("One"))
    act(publisher_desk, release, "cancel")
    page = page_of(publisher_desk, release)
    assert "cancelled" in page
    assert not any(step in page for step in ("Publish now", "Schedule", "Remove", "Check without"))


def test_steps_on_a_page_that_is_old_are_refused(publisher_desk: Desk) -> None:
    release = release_of(write_approved("One"))
    seen = release.version
    add_items(actor=system_user(), release=release, items=[write_approved("Two")])
    for step in ("publish", "cancel", "rename"):
        answer = act(publisher_desk, release, step, version=seen, name="Other")
        assert "changed meanwhile" in words(answer)
    release.refresh_from_db()
    assert (release.state, release.name) == ("open", "Autumn")


@pytest.mark.parametrize(
    "sent",
    [{"act": "explode"}, {"act": "remove"}, {"act": "remove", "item": "x"}, {"act": "publish"}, {}],
)
def test_steps_that_no_page_offers_are_refused(publisher_desk: Desk, sent: dict[str, str]) -> None:
    release = release_of(write_approved("One"))
    answer = publisher_desk.send("channels_release_act", release.pk, **sent)
    assert answer.status_code == 200
    assert "errornote" in words(answer) or 'class="error"' in words(answer)
    release.refresh_from_db()
    assert (release.state, release.items.count()) == ("open", 1)


def test_authors_fill_and_check_but_do_not_decide(author_desk: Desk) -> None:
    release = release_of(write_approved("One"))
    assert "It can be published" in words(author_desk.send("channels_release_check", release.pk))
    for step in ("publish", "cancel", "unschedule"):
        act(author_desk, release, step)
    schedule(author_desk, release, local="2040-01-01T00:00")
    release.refresh_from_db()
    assert release.state == "open"


def test_the_page_follows_a_check(publisher_desk: Desk) -> None:
    release = release_of(write_approved("One"))
    progress = publisher_desk.open("channels_release_progress", release.pk)
    assert progress.json() == {"running": False, "done": 0, "total": 0}
    now = timezone.now()
    ReleaseCheck.objects.create(
        release=release,
        version=1,
        base=0,
        started_by=publisher_desk.user,
        started_at=now,
        moved_at=now,
        done=50,
        total=200,
    )
    progress = publisher_desk.open("channels_release_progress", release.pk)
    assert progress.json() == {"running": True, "done": 50, "total": 200}
    page = page_of(publisher_desk, release)
    assert 'max="200" value="50"' in page
    assert "data-running" in page
    ReleaseCheck.objects.update(moved_at=now - timedelta(hours=1))
    assert "interrupted" in page_of(publisher_desk, release)


def test_what_readers_get_otherwise_is_narrowed_to_some_of_them(publisher_desk: Desk) -> None:
    release = release_of(
        write_approved("For all", "Body."),
        write_approved("For agents", "Body.", audience=AGENT),
        write_approved("給所有人", "內文。", locale="zh-hant"),
    )
    check_release(actor=system_user(), release=release)
    for query, shown in (
        ("", {"For all", "For agents", "給所有人"}),
        ("?channel=phone", {"For all", "給所有人"}),
        ("?audience=public&locale=en", {"For all"}),
        ("?audience=agent&channel=agents&locale=en", {"For all", "For agents"}),
        ("?locale=zh-hant&audience=partner&channel=feeds", {"給所有人"}),
        ("?channel=x&audience=%00&locale=xx", {"For all", "For agents", "給所有人"}),
    ):
        said = page_of(publisher_desk, release, query).split("What readers get otherwise")[1]
        told = said.split("</table>")[0]
        assert {name for name in ("For all", "For agents", "給所有人") if name in told} == shown
    assert "No change is one of these" in page_of(publisher_desk, release, "?locale=zh-hans")


def test_the_pages_of_what_was_narrowed_stay_narrow(
    publisher_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_page, "CHANGES_ON_A_PAGE", 1)
    release = release_of(write_approved("One", "Body."), write_approved("Two", "Body."))
    check_release(actor=system_user(), release=release)
    page = page_of(publisher_desk, release, "?channel=phone&locale=en")
    assert "channel=phone&locale=en&changes=2#changes" in page


def test_markup_in_a_title_is_told_as_text(publisher_desk: Desk) -> None:
    release = release_of(write_approved("<script>alert(1)</script>", "Body."), name="<b>bold</b>")
    publisher_desk.send("channels_release_check", release.pk)
    page = publisher_desk.open("channels_release_change", release.pk).content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page


class TestStatements:
    """However much a release holds, its page takes as many statements, 25 at most."""

    def statements(self, desk: Desk, page: str, *args: Any) -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.open(page, *args).status_code == 200
        return len(found)

    def test_the_page(self, publisher_desk: Desk) -> None:
        counts = []
        for size in (1, 8):
            old = [Retirement(published(f"Old {size} {n}")) for n in range(size)]
            new = [write_approved(f"New {size} {n}") for n in range(size)]
            values = [snippet(f"name.{size}.n{n}", "text", "Tide") for n in range(size)]
            release = release_of(*old, *new, *values)
            check_release(actor=system_user(), release=release)
            counts.append(self.statements(publisher_desk, "channels_release_change", release.pk))
        assert counts[0] == counts[1] <= 25

    def test_the_list(self, publisher_desk: Desk) -> None:
        counts = []
        for size in (1, 8):
            for n in range(size):
                cancel_release(
                    actor=system_user(), release=release_of(name=f"R {size} {n}"), version=1
                )
            counts.append(self.statements(publisher_desk, "channels_release_changelist"))
        assert counts[0] == counts[1] <= 25


def test_a_published_release_says_what_it_changed_and_no_more_what_it_would(
    publisher_desk: Desk,
) -> None:
    release = release_of(write_approved("One"))
    assert "What it would do" in page_of(publisher_desk, release)
    act(publisher_desk, release, "publish")
    page = page_of(publisher_desk, release)
    assert "What it changed" in page
    assert "What it would do" not in page
    assert "Not checked yet" not in page


def test_what_stands_around_a_change_is_cut_between_words_and_in_chinese_anywhere() -> None:
    said = " ".join(f"word{number}" for number in range(100))
    between = [Piece("added", "new"), Piece("same", said), Piece("removed", "old")]
    _, shown, _ = differing(between)
    assert len(shown.text) < 200
    assert set(shown.text.split()) - {"…"} <= set(said.split())

    chinese = "打开设置选择移动网络" * 40
    _, shown, _ = differing([Piece("added", "new"), Piece("same", chinese), Piece("added", "x")])
    start, end = shown.text.split(" … ")
    assert (len(start), len(end)) == (release_page.AROUND, release_page.AROUND)
