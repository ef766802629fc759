"""A converted text has its origin's address, and gives way to what people wrote."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Article
from channels.models import Entry
from tests.building import publish_texts, published, write_approved
from tests.converting.told import conversion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("converting")]


def address(article: Article) -> str:
    entry = conversion(article)
    assert entry is not None
    return entry.slug


def test_it_has_the_address_of_its_origin() -> None:
    assert address(published("软件", locale="zh-hans", slug="software")) == "software"


def test_where_that_is_taken_it_has_the_id_of_its_article_behind_it() -> None:
    published("軟體", locale="zh-hant", slug="software")
    article = published("软件", locale="zh-hans", slug="software", public_id="first")
    assert address(article) == "software-first"


def test_a_long_address_stays_short_enough() -> None:
    published("軟體", locale="zh-hant", slug="a" * 100)
    article = published("软件", locale="zh-hans", slug="a" * 100, public_id="b" * 40)
    assert address(article) == "a" * 79 + "-" + "b" * 40


def test_it_stays_where_it_is_though_a_better_address_became_free() -> None:
    other = write_approved("軟體", locale="zh-hant", slug="software")
    publish_texts(other)
    article = published("软件", locale="zh-hans", slug="software", public_id="first")
    renamed = write_approved(
        "軟體", "新。", article=other.text.article, locale="zh-hant", slug="new"
    )
    publish_texts(renamed)
    publish_texts(write_approved("软件", "新。", article=article, locale="zh-hans"))
    assert address(article) == "software-first"


def test_people_get_the_address_that_a_conversion_has(client: Client) -> None:
    article = published("软件", locale="zh-hans", slug="software", public_id="first")
    published("軟體", locale="zh-hant", slug="software", public_id="second")
    assert address(article) == "software-first"
    live = Entry.objects.live().filter(locale="zh-hant").values_list("slug", "public_id")
    assert dict(live) == {"software": "second", "software-first": "first"}


def test_both_can_get_theirs_in_one_edition() -> None:
    simplified = write_approved("软件", locale="zh-hans", slug="software", public_id="first")
    other = write_approved("軟體", locale="zh-hant", slug="software", public_id="second")
    publish_texts(simplified, other)
    assert address(simplified.text.article) == "software-first"


def test_the_address_of_a_conversion_leads_to_the_text_that_took_its_place(client: Client) -> None:
    article = published("软件", locale="zh-hans", slug="software")
    publish_texts(write_approved("軟體", article=article, locale="zh-hant", slug="programs"))
    response = client.get("/zh-hant/articles/software/")
    assert (response.status_code, response["Location"]) == (301, "/zh-hant/articles/programs/")
