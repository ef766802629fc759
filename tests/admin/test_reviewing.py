"""Reviewing at the desk: remarks beside the lines, decisions, and the rules that they follow."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ArticleText, Remark, ReviewRule
from articles.operations.remarks import add_remark
from articles.operations.reviewing import approve, reject, set_review_rule, submit
from tests.admin.conftest import _desk
from tests.admin.desk import Desk, state, words
from tests.building import published, write
from tests.conftest import person


@pytest.fixture
def second_desk(db: None) -> Desk:
    return _desk(person("rita", "reviewer"))


@pytest.fixture
def submitted(author: User) -> Article:
    revision = write("Refunds", "First.\n\nThird, 30 €.", kind="sales", actor=author)
    submit(actor=author, text=revision.text, revision=1)
    return revision.text.article


def review(desk: Desk, article: Article, query: str = "") -> str:
    answer = desk.open("articles_review", article.pk, "en", query=query)
    assert answer.status_code == 200
    return words(answer)


def act(desk: Desk, article: Article, what: str, **data: object) -> HttpResponse:
    return desk.send("articles_review", article.pk, "en", act=what, **{"revision": 1, **data})


def test_a_remark_stands_below_its_line(reviewer_desk: Desk, submitted: Article) -> None:
    form = review(reviewer_desk, submitted, "?line=3")
    assert "Remark on line 3</label>" in form

    answer = act(reviewer_desk, submitted, "remark", line="3", words="Which <b>price</b>?")

    page = answer.content.decode()
    assert "1 remark is open." in page
    row = page.index('id="line-3"')
    assert row < page.index("Which &lt;b&gt;price&lt;/b&gt;?")
    assert "<b>price" not in page


def test_a_remark_on_the_whole_text_is_settled_and_opened_again(
    reviewer_desk: Desk, author_desk: Desk, submitted: Article
) -> None:
    act(reviewer_desk, submitted, "remark", words="Too long.")
    pk = Remark.objects.get().pk

    assert "settled by ada" in words(act(author_desk, submitted, "settle", remark=pk))
    assert "1 remark is open." in words(act(reviewer_desk, submitted, "reopen", remark=pk))


@pytest.mark.parametrize("line", ["4", "0", "x", "-1", "9" * 30])
def test_a_refused_remark_is_not_lost(reviewer_desk: Desk, submitted: Article, line: str) -> None:
    answer = act(reviewer_desk, submitted, "remark", line=line, words="Long thought over.")

    assert answer.status_code == 409
    assert "has no line" in words(answer)
    assert "Long thought over.</textarea>" in words(answer)


def test_a_remark_of_another_text_is_not_found(
    reviewer_desk: Desk, reviewer: User, submitted: Article
) -> None:
    other = add_remark(actor=reviewer, revision=write("Other"), words="Here.")

    for said in (other.pk, "x", "0", "9" * 40):
        assert act(reviewer_desk, submitted, "settle", remark=said).status_code == 404
    assert act(reviewer_desk, submitted, "remark", words="x", revision=9).status_code == 404
    assert act(reviewer_desk, submitted, "dance").status_code == 409
    assert reviewer_desk.open("articles_review", submitted.pk, "%00").status_code == 404
    assert review(reviewer_desk, submitted, "?line=%00&p=%00")  # a null character


def test_open_remarks_on_earlier_revisions_stay_in_sight(
    reviewer_desk: Desk, author: User, reviewer: User, submitted: Article
) -> None:
    act(reviewer_desk, submitted, "remark", line="3", words="Which price?")
    write("Refunds", "First.\n\nThird, 35 €.", article=submitted, actor=author)

    page = review(reviewer_desk, submitted)

    assert 'Revision 1, line 3: <q lang="en">Third, 30 €.</q>' in page
    assert "Which price?" in page
    assert (
        "from=1&amp;to=2"
        in reviewer_desk.open("articles_review", submitted.pk, "en").content.decode()
    )


def test_the_text_stands_beside_what_is_live_word_by_word(reviewer_desk: Desk) -> None:
    article = published("Refunds", "It costs 30 € a month.", summary="Old")
    write("Refunds", "It costs 35 € a month.", article=article, summary="New")

    page = re.sub(r'<span class="visually-hidden">\w+: </span>', "", review(reviewer_desk, article))

    assert "The body beside what is live (Revision 1)" in page
    assert "It costs <del>30</del> € a month." in page
    assert "It costs <ins>35</ins> € a month." in page
    assert "<ins>New</ins>" in page


def test_approving_says_how_many_more_must(
    reviewer_desk: Desk, second_desk: Desk, administrator: User, submitted: Article
) -> None:
    set_review_rule(actor=administrator, kind="sales", approvals=2, own=True)
    assert "2 approvals are still needed." in review(reviewer_desk, submitted)

    first = words(act(reviewer_desk, submitted, "approve"))

    assert "1 more approval is needed before it can be published." in first
    assert "Approved by rosa. 1 approval is still needed." in first
    assert "You have approved this revision. Others must, too." in first
    assert 'value="approve"' not in first
    assert state(submitted) == "in_review"
    assert "It can be published now." in words(act(second_desk, submitted, "approve"))
    assert state(submitted) == "approved"


def test_the_articles_page_says_how_many_more_must(
    reviewer_desk: Desk, administrator: User, submitted: Article
) -> None:
    set_review_rule(actor=administrator, kind="sales", approvals=3, own=True)

    page = words(reviewer_desk.move(submitted, "approve", revision=1))

    assert "2 more approvals are needed before it can be published." in page
    assert "Approved by rosa. 2 approvals are still needed." in page
    assert f"/admin/articles/article/{submitted.pk}/text/en/review/" in page


def test_who_wrote_it_is_told_that_somebody_else_must_approve(
    reviewer_desk: Desk, reviewer: User, administrator: User
) -> None:
    set_review_rule(actor=administrator, kind="sales", approvals=1, own=False)
    revision = write("Refunds", kind="sales", actor=reviewer)
    submit(actor=reviewer, text=revision.text, revision=1)
    article = revision.text.article

    page = review(reviewer_desk, article)
    assert "You wrote this revision. Somebody else must approve it." in page
    assert 'value="approve"' not in page
    answer = act(reviewer_desk, article, "approve")

    assert answer.status_code == 409
    assert "Somebody else must approve what you wrote." in words(answer)
    assert state(article) == "in_review"


def test_an_author_sees_the_review_and_decides_nothing(
    author_desk: Desk, submitted: Article
) -> None:
    page = review(author_desk, submitted)
    assert "Reviewers approve texts." in page
    assert 'value="approve"' not in page
    assert 'value="reject"' not in page

    for what in ("approve", "reject"):
        answer = act(author_desk, submitted, what, reason="No.")
        assert answer.status_code == 409
    assert state(submitted) == "in_review"


def test_a_text_is_sent_back_with_a_reason_that_stays(
    reviewer_desk: Desk, submitted: Article
) -> None:
    page = words(act(reviewer_desk, submitted, "reject", reason="The price is missing."))

    assert state(submitted) == "rejected"
    assert "Sent back to its author." in page
    assert re.search(r"<td>send back</td><td>rosa</td><td[^>]*>The price is missing\.", page)


def test_a_reason_is_not_lost_where_a_newer_revision_came_first(
    reviewer_desk: Desk, author: User, submitted: Article
) -> None:
    newer = write("Refunds", "Newer.", article=submitted, actor=author)
    submit(actor=author, text=newer.text, revision=2)

    answer = act(reviewer_desk, submitted, "reject", reason="The price is missing.")

    assert answer.status_code == 409
    assert "A newer revision of this text was saved meanwhile." in words(answer)
    assert 'value="The price is missing."' in words(answer)
    assert state(submitted) == "in_review"


def test_a_text_that_nobody_wrote_has_no_review(author_desk: Desk, submitted: Article) -> None:
    for locale in ("zh-hans", "xx", "x" * 40):
        assert author_desk.open("articles_review", submitted.pk, locale).status_code == 404


def test_the_review_costs_as_many_statements_whatever_was_remarked(
    reviewer_desk: Desk, author: User, reviewer: User, submitted: Article
) -> None:
    text = ArticleText.objects.get(article=submitted)

    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            review(reviewer_desk, submitted, "?line=1")
        return len(context)

    def one_round(number: int) -> None:
        assert text.head is not None
        add_remark(actor=reviewer, revision=text.head, words="Here.", line=1)
        reject(actor=reviewer, text=text, revision=number, reason="Again.")
        text.head = write("Refunds", f"Round {number}.", article=submitted, actor=author)
        submit(actor=author, text=text, revision=number + 1)
        add_remark(actor=reviewer, revision=text.head, words="Here.", line=1)

    one_round(1)
    few = statements()
    for number in range(2, 8):
        one_round(number)

    assert statements() == few <= 25


def test_an_administrator_sets_the_rules_of_each_kind(administrator_desk: Desk) -> None:
    page = words(administrator_desk.open("articles_reviewrule_changelist"))
    assert page.count('value="1"') >= 3

    answer = administrator_desk.send(
        "articles_reviewrule_changelist",
        **{"product-approvals": 1, "product-own": "on", "sales-approvals": 2},
        **{"support-approvals": 1, "support-own": "on"},
        **{"snippet-approvals": 3, "snippet-own": "on"},
    )

    assert "The rules hold from now on." in words(answer)
    assert list(ReviewRule.objects.order_by("kind").values_list("kind", "approvals", "own")) == [
        ("sales", 2, False),
        ("snippet", 3, True),
    ]


@pytest.mark.parametrize("approvals", ["0", "6", "", "many"])
def test_a_rule_that_cannot_be_is_told_at_its_field(
    administrator_desk: Desk, approvals: str
) -> None:
    answer = administrator_desk.send(
        "articles_reviewrule_changelist",
        **{"product-approvals": 2, "sales-approvals": approvals, "support-approvals": 1},
        **{"snippet-approvals": 1},
    )

    assert answer.status_code == 409
    assert "errorlist" in words(answer)
    assert not ReviewRule.objects.exists()


def test_only_administrators_open_the_rules(publisher_desk: Desk) -> None:
    assert publisher_desk.open("articles_reviewrule_changelist").status_code == 403
    answer = publisher_desk.send("articles_reviewrule_changelist", **{"sales-approvals": 2})
    assert answer.status_code == 403


def test_who_approved_before_it_was_sent_back_must_approve_anew(
    reviewer_desk: Desk, reviewer: User, author: User, administrator: User, submitted: Article
) -> None:
    set_review_rule(actor=administrator, kind="sales", approvals=2, own=True)
    text = submitted.texts.get()
    approve(actor=reviewer, text=text, revision=1)
    reject(actor=reviewer, text=text, revision=1, reason="On second thoughts.")
    submit(actor=author, text=text, revision=1)

    page = review(reviewer_desk, submitted)

    assert "2 approvals are still needed." in page
    assert 'value="approve"' in page
