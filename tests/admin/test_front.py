"""The front page: who arrives at the desk sees what waits for them, and no more."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.reviewing import approve, reject, set_review_rule, submit
from articles.operations.snippets import (
    approve_snippet,
    reject_snippet,
    save_snippet,
    submit_snippet,
)
from articles.operations.working_copies import keep_working_copy
from articles.operations.writing import update_article
from channels.models import Release
from channels.operations.release_publishing import fail_release
from channels.operations.release_timing import schedule_release
from channels.operations.releases import create_release
from tests.admin.desk import Desk, words
from tests.admin.test_requests import wish
from tests.building import approved, published, write, write_approved

MOST_STATEMENTS = 25


def front(desk: Desk) -> str:
    answer = desk.open("index")
    assert answer.status_code == 200
    return words(answer)


def section(page: str, key: str) -> str:
    """One list of the page; "" where it is not shown."""
    found = re.search(rf'aria-labelledby="work-{key}">(.*?)</section>', page, re.DOTALL)
    return found[1] if found else ""


def owned(article: Article, owner: User, review_by: date | None = None) -> Article:
    article.refresh_from_db()
    return update_article(
        actor=system_user(),
        article=article,
        kind=article.kind,
        topic=None,
        audience=article.audience,
        owner=owner,
        review_by=review_by,
        based_on=article.version,
    )


def in_review(title: str, actor: User, **written: str) -> Article:
    revision = write(title, actor=actor, **written)
    submit(actor=actor, text=revision.text, revision=1)
    return revision.text.article


def test_a_value_waits_for_review_and_comes_back_with_the_reason(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    key, author = "price.roaming", author_desk.user
    value = save_snippet(actor=author, key=key, kind="text", value="£5", based_on=0)
    submit_snippet(actor=author, snippet=value.snippet, revision=1)
    waiting = section(front(reviewer_desk), "snippets-review")
    assert key in waiting
    assert reverse("admin:articles_snippet_review", args=[value.snippet.pk]) in waiting
    assert not section(front(author_desk), "snippets-review"), "authors approve nothing"

    approving = {"snippet": value.snippet, "revision": 1}
    reject_snippet(actor=reviewer_desk.user, **approving, reason="In which currency?")
    assert "In which currency?" in section(front(author_desk), "snippets-sent-back")
    assert not section(front(reviewer_desk), "snippets-review")


def test_who_may_not_approve_a_value_or_has_is_not_asked(reviewer_desk: Desk) -> None:
    reviewer = reviewer_desk.user
    set_review_rule(actor=system_user(), kind="snippet", approvals=2, own=False)
    value = save_snippet(actor=reviewer, key="own", kind="text", value="1", based_on=0)
    submit_snippet(actor=reviewer, snippet=value.snippet, revision=1)
    value = save_snippet(actor=system_user(), key="theirs", kind="text", value="1", based_on=0)
    submit_snippet(actor=system_user(), snippet=value.snippet, revision=1)
    waiting = section(front(reviewer_desk), "snippets-review")
    assert "theirs" in waiting
    assert "own" not in waiting

    approve_snippet(actor=reviewer, snippet=value.snippet, revision=1)
    assert not section(front(reviewer_desk), "snippets-review")


def test_a_text_that_was_sent_back_is_first_of_all_its_authors_with_the_reason(
    author_desk: Desk, publisher_desk: Desk
) -> None:
    revision = write("Roaming", actor=author_desk.user)
    submit(actor=author_desk.user, text=revision.text, revision=1)
    reject(
        actor=publisher_desk.user, text=revision.text, revision=1, reason="The price\nis missing."
    )

    listed = section(front(author_desk), "sent-back")

    assert "Roaming" in listed
    assert "by paul" in listed
    assert "“The price is missing.”" in listed
    assert section(front(publisher_desk), "sent-back") == ""


def test_drafts_are_shown_to_who_wrote_them_last(author_desk: Desk, reviewer_desk: Desk) -> None:
    write("My draft", actor=author_desk.user)
    theirs = write("Theirs now", actor=author_desk.user)
    write("Theirs now", "Other words.", article=theirs.text.article, actor=reviewer_desk.user)

    listed = section(front(author_desk), "drafts")

    assert "My draft" in listed
    assert "Theirs now" not in listed
    assert "Theirs now" in section(front(reviewer_desk), "drafts")


def test_what_was_typed_and_not_saved_is_shown_to_who_typed_it(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = write("Roaming").text.article
    keep_working_copy(
        actor=author_desk.user,
        article=article,
        locale="en",
        based_on=1,
        content={"title": "Roaming in Nor"},
    )

    assert "Roaming in Nor" in section(front(author_desk), "unsaved")
    assert section(front(reviewer_desk), "unsaved") == ""


def test_a_reviewer_sees_what_waits_for_review_the_longest_waiting_first(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    for title in ("First", "Second"):
        in_review(title, author_desk.user)
    write("A draft", actor=author_desk.user)

    listed = section(front(reviewer_desk), "review")

    assert listed.index("First") < listed.index("Second")
    assert "A draft" not in listed
    assert section(front(author_desk), "review") == ""


def test_nobody_is_asked_to_review_what_their_rule_forbids_or_they_approved_already(
    reviewer_desk: Desk, author: User
) -> None:
    administrator = system_user()
    set_review_rule(actor=administrator, kind="support", approvals=2, own=False)
    set_review_rule(actor=administrator, kind="sales", approvals=1, own=True)
    reviewer = reviewer_desk.user
    in_review("My own, forbidden", reviewer)
    in_review("My own, allowed", reviewer, kind="sales")
    once = in_review("Approved once", author).texts.get()
    approve(actor=reviewer, text=once, revision=1)

    listed = section(front(reviewer_desk), "review")

    assert "My own, allowed" in listed
    assert "My own, forbidden" not in listed
    assert "Approved once" not in listed


def test_what_was_approved_before_it_was_submitted_anew_is_to_be_reviewed_again(
    reviewer_desk: Desk, author: User
) -> None:
    set_review_rule(actor=system_user(), kind="support", approvals=2, own=False)
    text = in_review("Roaming", author).texts.get()
    approve(actor=reviewer_desk.user, text=text, revision=1)
    reject(actor=reviewer_desk.user, text=text, revision=1, reason="After all.")
    submit(actor=author, text=text, revision=1)

    assert "Roaming" in section(front(reviewer_desk), "review")


def test_a_publisher_sees_what_is_approved_and_not_published(
    publisher_desk: Desk, reviewer_desk: Desk
) -> None:
    write_approved("Ready")
    published("Live")

    listed = section(front(publisher_desk), "publish")

    assert "Ready" in listed
    assert "Live" not in listed
    assert section(front(reviewer_desk), "publish") == ""


def test_owners_see_what_is_due_the_first_due_first(author_desk: Desk, reviewer: User) -> None:
    today = timezone.localdate()
    for title, owner, days in (
        ("Soon", author_desk.user, 3),
        ("Late", author_desk.user, -400),
        ("Fresh", author_desk.user, 300),
        ("Another's", reviewer, -400),
    ):
        owned(write(title).text.article, owner, today + timedelta(days=days))

    listed = section(front(author_desk), "due")

    assert listed.index("Late") < listed.index("Soon")
    assert "desk-state-overdue" in listed
    assert "Fresh" not in listed
    assert "Another's" not in listed


def test_owners_see_which_of_their_articles_translations_are_behind(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = write_approved("Roaming").text.article
    source = article.texts.get(locale="en").head
    write("漫游", article=article, locale="zh-hans", translation_of=source)
    newer = write("Roaming", "Norway, too.", article=article, significance="translation")
    approved(newer)
    owned(article, author_desk.user)

    listed = section(front(author_desk), "behind")

    assert "Roaming" in listed
    assert "简体中文" in listed
    assert f"/admin/articles/article/{article.pk}/text/zh-hans/translation/" in listed
    assert section(front(reviewer_desk), "behind") == ""


def test_owners_see_what_readers_ask_of_their_articles(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    wish("Add Norway", votes=3, article=owned(published("Roaming"), author_desk.user))

    listed = section(front(author_desk), "requests")

    assert "Add Norway" in listed
    assert "3 votes" in listed
    assert section(front(reviewer_desk), "requests") == ""


def test_it_tells_the_next_releases_those_that_failed_what_readers_want_and_the_last_edition(
    author_desk: Desk, publisher: User
) -> None:
    published("Roaming")
    wish("Explain roaming in Norway", votes=5)
    plan(publisher, "Autumn", "2099-07-01T13:00")
    late = plan(publisher, "Summer", "2099-06-01T13:00")
    fail_release(release=late, version=late.version, reasons="“Roaming” changed.")

    page = front(author_desk)

    assert "2099-07-01 13:00" in page
    assert "Asia/Hong_Kong" in page
    assert "“Roaming” changed." in page
    assert "owned by paul, was due 2099-06-01 13:00 Asia/Hong_Kong" in page
    assert "Explain roaming in Norway" in page
    assert "Edition 1" in page


def plan(actor: User, name: str, local: str) -> Release:
    item = write_approved(name)
    release = create_release(actor=actor, name=name, items=[item])
    return schedule_release(
        actor=actor, release=release, version=release.version, local=local, zone="Asia/Hong_Kong"
    )


def test_texts_are_counted_by_state_and_language_and_each_number_leads_to_its_list(
    author_desk: Desk,
) -> None:
    write("One")
    write("Two")
    write("三", locale="zh-hans")

    page = front(author_desk)

    assert 'aria-label="2 texts, draft, English">2</a>' in page
    assert "/admin/articles/article/?state=draft&locale=zh-hans" in page
    answer = author_desk.open("articles_article_changelist", query="?state=draft&locale=zh-hans")
    assert "三" in words(answer)


def test_more_than_a_few_lead_to_a_list_of_all_paged(author_desk: Desk) -> None:
    for number in range(60):
        write(f"Draft {number:02}", actor=author_desk.user)

    page = front(author_desk)
    whole = words(author_desk.open("articles_my_work", query="?list=drafts"))
    rest = words(author_desk.open("articles_my_work", query="?list=drafts&page=2"))

    assert section(page, "drafts").count("<li>") == 8
    assert "?list=drafts" in page
    assert "All 60" in page
    assert whole.count(">Draft ") == 50
    assert rest.count(">Draft ") == 10
    assert "Page 2 of 2" in rest


@pytest.mark.parametrize("query", ["?list=nonsense", "?list=review", "?list=%00"])
def test_a_list_that_is_not_mine_is_not_found(author_desk: Desk, query: str) -> None:
    assert author_desk.open("articles_my_work", query=query).status_code == 404


def test_who_does_not_write_sees_only_that_there_is_nothing(author_desk: Desk) -> None:
    author_desk.user.groups.clear()

    page = front(author_desk)

    assert "My work" not in page
    assert "Releases" not in page
    assert author_desk.open("articles_my_work").status_code == 403


def test_every_page_is_on_the_front_page_for_those_who_may_open_it(
    administrator_desk: Desk, author_desk: Desk
) -> None:
    all_pages = {
        "/admin/articles/article/my-work/",
        "/admin/articles/article/translations/",
        "/admin/articles/article/freshness/",
        "/admin/articles/reviewrule/",
        "/admin/articles/auditrecord/",
        "/admin/channels/release/publish/",
        "/admin/channels/apikey/",
    }
    for address in all_pages:
        assert f'href="{address}"' in front(administrator_desk)
    mine = front(author_desk)
    assert 'href="/admin/articles/article/translations/"' in mine
    for address in ("articles/reviewrule", "articles/auditrecord", "channels/release/publish"):
        assert address not in mine


@pytest.mark.parametrize("page", ["index", "articles_my_work"])
def test_it_costs_the_same_however_much_there_is(publisher_desk: Desk, page: str) -> None:
    publisher = publisher_desk.user

    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            assert publisher_desk.open(page).status_code == 200
        return len(context)

    def work(numbers: range) -> None:
        for number in numbers:
            write(f"Draft {number}", actor=publisher)
            in_review(f"Review {number}", publisher)
            article = owned(published(f"Due {number}"), publisher, date(2020, 1, 31))
            source = article.texts.get().head
            write("漫游", article=article, locale="zh-hans", translation_of=source)
            more = write("Roaming", f"{number}", article=article, significance="translation")
            approved(more)
            wish(f"Wish number {number}", article=article)
            plan(publisher, f"Plan {number}", "2099-07-01T13:00")
            key, value = f"key.{number}", {"kind": "text", "value": "1"}
            fact = save_snippet(actor=publisher, key=key, **value, based_on=0).snippet
            submit_snippet(actor=publisher, snippet=fact, revision=1)

    work(range(2))
    few = statements()
    work(range(2, 5))

    assert statements() == few
    assert few <= MOST_STATEMENTS
