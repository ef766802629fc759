"""Many articles at once: a preview, then each by itself, and never over somebody's change."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from articles.admin.bulk_saying import Tagging
from articles.models import Article, ArticleTag, AuditRecord
from articles.operations.audit import system_user
from articles.operations.reviewing import submit
from articles.operations.saying import assign, retag
from channels.admin import bulk_retiring
from channels.models import Release
from channels.operations.releases import publish_together
from tests.admin.desk import Desk, state, words
from tests.building import published, snippet, write


def choose(desk: Desk, action: str, *articles: Article, query: str = "", **data: Any) -> Any:
    """Tick rows of the list and choose an action; returns its page."""
    ticked = {"_selected_action": [article.pk for article in articles]}
    return desk.send("articles_article_changelist", query=query, action=action, **ticked, **data)


def show(desk: Desk, action: str, *articles: Article, **typed: Any) -> HttpResponse:
    chosen = " ".join(str(article.pk) for article in articles)
    return desk.send("articles_bulk", action, chosen=chosen, show="1", **typed)


def carried(page: HttpResponse, name: str) -> str:
    """What the page's button would send in the hidden field."""
    return re.findall(rf'name="{name}" value="([^"]*)"', words(page))[-1]


def do(desk: Desk, action: str, page: HttpResponse, **typed: Any) -> HttpResponse:
    """Press the button of a page that shows what will happen."""
    sent = {name: carried(page, name) for name in ("chosen", "list", "seen")}
    return desk.send("articles_bulk", action, do="1", **sent, **typed)


def rows(action: str) -> list[str]:
    found = AuditRecord.objects.filter(action=action).order_by("pk")
    return list(found.values_list("subject", flat=True))


def subjects(*articles: Article) -> list[str]:
    return [f"article {article.public_id}" for article in articles]


@pytest.fixture
def three(db: None) -> list[Article]:
    return [write(title).text.article for title in ("One", "Two", "Three")]


def test_an_action_shows_what_will_happen_before_anything_does(
    author_desk: Desk, reviewer: User, three: list[Article]
) -> None:
    reviewer.is_staff = True
    reviewer.save()
    one, two, _ = three
    assign(actor=system_user(), article=two, owner=reviewer, based_on=1)

    first = words(choose(author_desk, "assign", one, two))
    page = show(author_desk, "assign", one, two, owner=reviewer.pk)

    assert "2 articles were chosen." in first
    assert f'<option value="{author_desk.user.pk}" selected>ada</option>' in first
    assert 'name="do"' not in first
    assert "1 of the 2 lines below will be done" in words(page)
    assert "owner: rosa" in words(page)
    assert "Is theirs already." in words(page)
    assert not Article.objects.filter(owner=reviewer).exclude(pk=two.pk).exists()


def test_articles_are_assigned_with_one_audit_row_each_and_the_others_are_left(
    author_desk: Desk, three: list[Article]
) -> None:
    one, two, _ = three
    owner = author_desk.user.pk
    page = show(author_desk, "assign", one, two, owner=owner)

    answer = do(author_desk, "assign", page, owner=owner)

    assert "2 were done." in words(answer)
    assert set(Article.objects.filter(owner=owner)) == {one, two}
    assert rows("update-article") == subjects(one, two)


def test_articles_are_given_to_nobody(author_desk: Desk, three: list[Article]) -> None:
    assign(actor=system_user(), article=three[0], owner=author_desk.user, based_on=1)

    do(author_desk, "assign", show(author_desk, "assign", three[0], owner=""), owner="")

    assert Article.objects.get(pk=three[0].pk).owner is None


def test_what_somebody_changed_after_the_preview_is_left_and_named(
    author_desk: Desk, three: list[Article]
) -> None:
    one, two, _ = three
    page = show(author_desk, "tags", one, two, add="esim")
    retag(actor=system_user(), article=two, add=["theirs"], based_on=1)

    answer = words(do(author_desk, "tags", page, add="esim"))

    assert "1 was done." in answer
    assert "1 was left as it is." in answer
    assert "Somebody changed it since you looked." in answer
    assert [Article.objects.get(pk=article.pk).tags for article in (one, two)] == [
        ["esim"],
        ["theirs"],
    ]


def test_tags_are_added_and_removed_and_what_has_them_so_is_left(
    author_desk: Desk, three: list[Article]
) -> None:
    one, two, full = three
    retag(actor=system_user(), article=one, add=["Old", "kept"], based_on=1)
    retag(actor=system_user(), article=two, add=["new"], based_on=1)
    many = [f"tag {number}" for number in range(30)]
    retag(actor=system_user(), article=full, add=many, based_on=1)
    before = len(rows("update-article"))

    page = show(author_desk, "tags", one, two, full, add="New", remove="old")
    answer = words(do(author_desk, "tags", page, add="New", remove="old"))

    assert "with “new”, without “Old”" in words(page)
    assert "Its tags are so already." in words(page)
    assert "At most 30 tags of 60 characters." in words(page)
    assert "1 was done." in answer
    assert Article.objects.get(pk=one.pk).tags == ["kept", "new"]
    assert rows("update-article")[before:] == subjects(one)
    assert ArticleTag.objects.filter(folded="new").count() == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Say which tags."),
        ({"add": "a", "remove": "A"}, "A tag is either added or removed."),
        ({"add": "x" * 61}, "At most 30 tags of 60 characters."),
    ],
)
def test_tags_that_make_no_sense_are_told_and_nothing_is_offered(
    author_desk: Desk, three: list[Article], typed: dict[str, str], told: str
) -> None:
    answer = show(author_desk, "tags", three[0], **typed)

    assert answer.status_code == 409
    assert told in words(answer)
    assert 'name="do"' not in words(answer)


def test_drafts_are_submitted_each_by_itself_and_the_page_says_why_the_others_are_not(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    good, bad = write("Good").text.article, write("Bad", "{{ no.such }}").text.article
    write("好", article=good, locale="zh-hans")
    told, waiting = published("Told"), write("Waiting").text.article
    submit(actor=system_user(), text=waiting.texts.get(), revision=1)

    page = choose(author_desk, "submit", good, bad, told, waiting)
    before = len(rows("submit"))
    answer = words(do(author_desk, "submit", page, locales=["en", "zh-hans"]))

    assert "2 of the 5 lines below will be done" in words(page)
    assert "no.such" in words(page)
    assert "Is published as it is." in words(page)
    assert "Is in review already." in words(page)
    assert "2 were done." in answer
    assert (state(good), state(good, "zh-hans"), state(bad)) == ("in_review", "in_review", "draft")
    assert rows("submit")[before:] == subjects(good, good)
    assert (state(told), state(waiting)) == ("published", "in_review")


def test_only_the_chosen_languages_are_submitted(author_desk: Desk) -> None:
    article = write("Good").text.article
    write("好", article=article, locale="zh-hans")

    page = show(author_desk, "submit", article, locales=["zh-hans"])
    do(author_desk, "submit", page, locales=["zh-hans"])

    assert (state(article), state(article, "zh-hans")) == ("draft", "in_review")


def test_a_text_that_was_written_on_or_sent_back_after_the_preview_is_not_submitted(
    author_desk: Desk, reviewer_desk: Desk, three: list[Article]
) -> None:
    one, two, _ = three
    page = show(author_desk, "submit", one, two, locales=["en"])
    write("One", "Newer.", article=one)
    submit(actor=system_user(), text=two.texts.get(), revision=1)
    reviewer_desk.move(two, "reject", revision=1, reason="No.")

    answer = words(do(author_desk, "submit", page, locales=["en"]))

    assert "0 were done." in answer
    assert "Somebody changed it since you looked." in answer
    assert "Was sent back and not changed since." in answer
    assert (state(one), state(two)) == ("draft", "rejected")


def test_a_draft_that_lost_what_it_needs_after_the_preview_is_refused_by_name(
    author_desk: Desk, three: list[Article]
) -> None:
    page = show(author_desk, "submit", three[0], locales=["en"])
    sent = {name: carried(page, name) for name in ("chosen", "seen")}
    write("Bad", "{{ no.such }}", article=three[0])
    forged = sent | {"seen": sent["seen"].replace(":1", ":2")}

    answer = author_desk.send("articles_bulk", "submit", do="1", locales=["en"], **forged)

    assert "0 were done." in words(answer)
    assert "no.such" in words(answer)


def test_chosen_articles_are_retired_in_one_edition_with_an_audit_row_each(
    publisher_desk: Desk,
) -> None:
    one, two = published("One"), published("Two")
    draft = write("Draft").text.article

    page = choose(publisher_desk, "retire", one, two, draft)
    answer = words(do(publisher_desk, "retire", page))

    assert "2 of the 3 lines below will be done" in words(page)
    assert "Is not live." in words(page)
    assert "2 were done." in answer
    assert "retired in edition 3" in answer
    assert (state(one), state(two), state(draft)) == ("retired", "retired", "draft")
    assert sorted(rows("retire")) == sorted(subjects(one, two))


def test_an_article_that_others_link_to_stops_all_until_they_go_along(publisher_desk: Desk) -> None:
    target, other = published("Target", public_id="the-target"), published("Other")
    linking = published("Linking", "See [it](article:the-target).")

    page = choose(publisher_desk, "retire", target, other)
    forged = publisher_desk.send(
        "articles_bulk",
        "retire",
        chosen=f"{target.pk} {other.pk}",
        seen=" ".join(f"{a.pk}:{a.entries.get().pk}" for a in (target, other)),
        do="1",
    )

    assert f'name="also" value="{linking.pk}"' in words(page)
    assert 'name="do"' not in words(page)
    assert forged.status_code == 409
    assert "the link to article the-target is dead" in words(forged)
    assert (state(target), state(other)) == ("published", "published")

    page = show(publisher_desk, "retire", target, other, also=linking.pk)
    assert "3 were done." in words(do(publisher_desk, "retire", page))
    assert state(linking) == "retired"


def test_what_was_published_after_the_preview_stops_retiring_as_a_whole(
    publisher_desk: Desk,
) -> None:
    one, two = published("One"), published("Two")
    page = choose(publisher_desk, "retire", one, two)
    published("One", "Newer.", article=one)

    answer = do(publisher_desk, "retire", page)

    assert answer.status_code == 409
    assert "What is live of these changed since you looked: One" in words(answer)
    assert (state(one), state(two)) == ("published", "published")
    assert "2 were done." in words(do(publisher_desk, "retire", answer))


def test_what_is_published_in_the_very_moment_is_not_retired_unseen(
    publisher_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = published("One")
    page = choose(publisher_desk, "retire", article)

    def after_another(**chosen: Any) -> Any:
        published("One", "Newer.", article=article)
        return publish_together(**chosen)

    monkeypatch.setattr(bulk_retiring, "publish_together", after_another)
    answer = do(publisher_desk, "retire", page)

    assert answer.status_code == 409
    assert "What is live of these changed since you looked: One" in words(answer)
    assert state(article) == "published"
    assert not Release.objects.exists()


def test_who_may_not_retire_is_not_offered_it_and_cannot(author_desk: Desk) -> None:
    article = published("One")

    page = words(author_desk.open("articles_article_changelist"))
    answer = show(author_desk, "retire", article)

    assert '<option value="submit">Submit for review…</option>' in page
    assert 'value="retire"' not in page
    assert answer.status_code == 403
    assert state(article) == "published"


def test_who_lost_their_role_after_the_preview_does_nothing(
    author_desk: Desk, three: list[Article]
) -> None:
    page = show(author_desk, "tags", three[0], add="esim")
    author_desk.user.groups.clear()

    assert do(author_desk, "tags", page, add="esim").status_code == 403
    assert Article.objects.get(pk=three[0].pk).tags == []


def test_all_that_match_the_filters_are_chosen_and_the_list_is_come_back_to(
    author_desk: Desk, three: list[Article]
) -> None:
    write("Sales", kind="sales")
    page = choose(author_desk, "tags", three[0], query="?kind=support&q=", select_across="1")

    assert carried(page, "chosen").split() == [str(a.pk) for a in reversed(three)]
    assert "?kind=support&q=" in words(page)


def test_more_than_an_action_takes_are_told_and_nothing_is_begun(
    author_desk: Desk, three: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tagging, "most", 2)

    answer = choose(author_desk, "tags", *three)

    assert "One action takes at most 2 articles. Narrow the list first." in words(answer)
    assert show(author_desk, "tags", *three, add="esim").status_code == 400


HOSTILE = ["x", "-1", "0", "1:1", "9" * 30, "１", "\x00", "'; DROP TABLE", "1.5"]


@pytest.mark.parametrize("number", HOSTILE)
def test_rows_that_are_none_are_no_error_of_ours(author_desk: Desk, number: str) -> None:
    write("One")
    ticked = {"_selected_action": [number]}
    show_page = partial(author_desk.send, "articles_bulk")
    answers = [
        author_desk.send("articles_article_changelist", action="tags", **ticked),
        show_page("assign", chosen=number, show="1", owner=number),
        show_page("tags", chosen=number, seen=number, do="1", add="x"),
        show_page("submit", chosen="1", seen=f"1:{number}", do="1", locales=number),
        show_page("submit", chosen="1", list=number * 90),
    ]
    assert all(answer.status_code in (200, 400, 409) for answer in answers)
    assert not AuditRecord.objects.filter(action__in=("update-article", "submit")).exists()


def test_the_page_itself_leads_to_the_list(author_desk: Desk) -> None:
    assert author_desk.open("articles_bulk", "tags").status_code == 302
    assert author_desk.open("articles_bulk", "nothing").status_code == 404


def _drafts(numbers: range) -> list[Article]:
    made = [write(f"Draft {n}", "Ring {{ phone.care }}. {{ no.such }}") for n in numbers]
    return [revision.text.article for revision in made]


def _live(numbers: range) -> list[Article]:
    return [published(f"Live {number}") for number in numbers]


@pytest.mark.parametrize(
    ("action", "typed", "make"),
    [
        ("assign", {"owner": ""}, _drafts),
        ("tags", {"add": "esim"}, _drafts),
        ("submit", {"locales": ["en"]}, _drafts),
        ("retire", {}, _live),
    ],
)
def test_a_preview_of_nine_costs_as_many_statements_as_one_of_two(
    publisher_desk: Desk,
    action: str,
    typed: dict[str, Any],
    make: Callable[[range], list[Article]],
) -> None:
    snippet("phone.care", "phone", "+448081570101")
    articles = make(range(2))

    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            assert show(publisher_desk, action, *articles, **typed).status_code == 200
        return len(context)

    few = statements()
    articles += make(range(2, 9))
    assert statements() == few
    assert few <= 12
