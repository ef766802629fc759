"""The desk's lists: what they show, how they narrow, and that they cost the same at any size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Topic
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from tests.admin.desk import Desk, words
from tests.admin.test_requests import wish
from tests.building import publish_texts, published, snippet, write, write_approved


def test_the_list_shows_each_texts_state_and_where_it_is_live(author_desk: Desk) -> None:
    article = published("Activate an eSIM")
    write("激活 eSIM", article=article, locale="zh-hans")

    page = words(author_desk.open("articles_article_changelist"))

    assert "Activate an eSIM</a>" in page
    assert 'desk-state-published"><b>en</b> published · 1<' in page
    assert 'desk-state-draft"><b>zh-hans</b> draft<' in page


SHOWN = {
    "?q=esim": True,
    "?q=router": False,
    "?kind=support": True,
    "?kind=sales": False,
    "?audience=public": True,
    "?audience=agent": False,
    "?state=draft": True,
    "?state=draft&locale=en": False,
    "?state=published&locale=en": True,
    "?locale=zh-hant": False,
    "?topic=devices": True,
    "?topic=phones": True,
    "?topic=plans": False,
}


def test_the_list_narrows_by_title_kind_topic_audience_state_and_language(
    author_desk: Desk, subtests: pytest.Subtests
) -> None:
    author = system_user()
    devices = save_topic(actor=author, slug="devices", names={"en": "Devices"})
    phones = save_topic(actor=author, slug="phones", names={"en": "Phones"}, parent=devices)
    save_topic(actor=author, slug="plans", names={"en": "Plans"})
    article = published("Activate an eSIM", topic=Topic.objects.get(pk=phones.pk))
    write("激活 eSIM", article=article, locale="zh-hans")

    for query, shown in SHOWN.items():
        with subtests.test(query):
            page = words(author_desk.open("articles_article_changelist", query=query))

            assert ("Activate an eSIM</a>" in page) is shown


def _articles(numbers: range) -> None:
    texts = (write_approved(f"Article {number}", "Ring {{ phone.care }}.") for number in numbers)
    publish_texts(*texts)


def _editions(numbers: range) -> None:
    for number in numbers:
        published(f"Article {number}", "Ring {{ phone.care }}.")


def _waiting(numbers: range) -> None:
    for number in numbers:
        write_approved(f"Waiting {number}")
        snippet(f"fact.n{number}", "text", f"Fact {number}")


def _wishes(numbers: range) -> None:
    for number in numbers:
        wish(f"Wish number {number}", article=write(f"Wished for {number}").text.article)


@pytest.mark.parametrize(
    ("page", "make"),
    [
        ("articles_article_changelist", _articles),
        ("articles_snippet_changelist", _waiting),
        ("channels_publish", _waiting),
        ("channels_updaterequest_changelist", _wishes),
        ("channels_edition_changelist", _editions),
    ],
)
def test_a_list_of_ten_costs_as_many_statements_as_a_list_of_two(
    publisher_desk: Desk, page: str, make: Callable[[range], None]
) -> None:
    snippet("phone.care", "phone", "+448081570101")

    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            assert publisher_desk.open(page).status_code == 200
        return len(context)

    make(range(2))
    few = statements()
    make(range(2, 10))

    assert statements() == few
    assert few <= 20


def test_the_list_of_snippets_says_how_often_each_is_used_and_whether_readers_have_its_value(
    author_desk: Desk,
) -> None:
    snippet("phone.care", "phone", "+448081570101")
    published("Call us", "Ring {{ phone.care }}.")
    assert "this value" in words(author_desk.open("articles_snippet_changelist"))

    snippet("phone.care", "phone", "+448081570102")

    page = words(author_desk.open("articles_snippet_changelist"))
    assert "an older value" in page
    assert 'field-used">1<' in page
