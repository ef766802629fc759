"""Tags at the desk: typed on the article's page, and by which the list narrows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.operations.saying import retag
from tests.admin.desk import Desk, words
from tests.building import write


def tagged(title: str, *tags: str, desk: Desk) -> Article:
    article = write(title).text.article
    return retag(actor=desk.user, article=article, add=tags, based_on=1)


@pytest.mark.parametrize("asked", ["esim", "ESIM", "%EF%BC%A5SIM"])
def test_the_list_narrows_to_a_tag_in_whatever_case_and_width(
    author_desk: Desk, asked: str
) -> None:
    tagged("Activate it", "eSIM", desk=author_desk)
    tagged("Go abroad", "roaming", desk=author_desk)

    page = words(author_desk.open("articles_article_changelist", query=f"?tag={asked}"))

    assert "Activate it</a>" in page
    assert "Go abroad</a>" not in page
    assert '<option value="roaming">roaming</option>' in page


@pytest.mark.parametrize("asked", ["unknown", "%F0%9F%92%A5", "x" * 900, "%E2%80%AE", "'"])
def test_a_tag_that_no_article_has_finds_nothing(author_desk: Desk, asked: str) -> None:
    tagged("Activate it", "eSIM", desk=author_desk)

    answer = author_desk.open("articles_article_changelist", query=f"?tag={asked}")

    assert answer.status_code == 200
    assert "Activate it</a>" not in words(answer)


def test_many_tags_cost_the_list_no_more_statements(author_desk: Desk) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            assert author_desk.open("articles_article_changelist").status_code == 200
        return len(context)

    tagged("One", "one", desk=author_desk)
    few = statements()
    tagged("Two", *(f"tag {number}" for number in range(30)), desk=author_desk)
    assert statements() == few


def test_too_many_tags_are_told_where_they_were_typed(author_desk: Desk) -> None:
    article = write("Activate it").text.article
    about = {"kind": "support", "audience": "public", "based_on": 1}
    tags = ", ".join(f"tag {number}" for number in range(31))

    answer = author_desk.send("articles_article_change", article.pk, **about, tags=tags)

    assert answer.status_code == 409
    assert "At most 30 tags of 60 characters." in words(answer)
    assert "tag 30" in words(answer)
