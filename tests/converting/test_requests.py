"""A converted text answers a wish as any does, and a text of people's own answers it too."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from articles.models import Article
from channels.models import UpdateRequest
from channels.operations.requests import ask, assign_article, start_work
from tests.building import approved, publish_texts, published, write, write_approved
from tests.requests.asking import ANN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("converting")]


def wish_in_work(article: Article, by: User) -> UpdateRequest:
    wish = ask(
        voter=ANN,
        locale="zh-hant",
        sentence="請補充價格。",
        origin="website",
        audience_rank=0,
        article=article,
    )
    assign_article(actor=by, request=wish, article=article)
    return start_work(actor=by, request=wish)


def state(wish: UpdateRequest) -> str:
    wish.refresh_from_db()
    return wish.state


def test_what_readers_had_converted_is_no_answer_and_what_is_newer_is(author: User) -> None:
    revision = write_approved("软件", locale="zh-hans")
    publish_texts(revision)
    wish = wish_in_work(revision.text.article, author)
    publish_texts(write_approved("Software", article=revision.text.article))
    assert state(wish) == "in_work"
    new = write_approved("软件", "价格。", article=revision.text.article, locale="zh-hans")
    publish_texts(new)
    assert state(wish) == "published"


def test_a_text_of_its_own_is_an_answer_though_it_was_begun_earlier(author: User) -> None:
    article = published("Software")
    own = write("軟體", "價格。", article=article, locale="zh-hant")
    publish_texts(write_approved("软件", article=article, locale="zh-hans"))
    wish = wish_in_work(article, author)
    publish_texts(approved(own))
    assert state(wish) == "published"
