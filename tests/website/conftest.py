"""A small published site, and how its pages are taken apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from lxml import html

from articles.models import Article, Topic
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from tests.building import publish_texts, published, write_approved


def page(response: HttpResponse) -> html.HtmlElement:
    """The parsed page."""
    return html.document_fromstring(response.content.decode())


def words(response: HttpResponse) -> str:
    """What the page's body says, with single blanks."""
    return " ".join(page(response).body.text_content().split())


def hrefs(response: HttpResponse) -> list[str]:
    return [link.get("href") for link in page(response).iter("a")]


def structured_data(response: HttpResponse) -> dict[str, Any]:
    (script,) = page(response).xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


@pytest.fixture(autouse=True)
def nobody_has_written_yet() -> Iterator[None]:
    """The throttle counts in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def phones(db: None) -> Topic:
    return save_topic(actor=system_user(), slug="phones", names={"en": "Phones", "zh-hans": "手机"})


@pytest.fixture
def esim(phones: Topic) -> Article:
    """An article told in two locales."""
    english = write_approved(
        "Activate an eSIM",
        "Open the **settings**.\n\n::: agent\nAsk for the EID first.\n:::",
        topic=phones,
        slug="activate-esim",
        summary="It takes five minutes.",
        questions=["How do I activate an eSIM?", "Can I use <script> & co?"],
    )
    chinese = write_approved(
        "激活 eSIM", "打开设置。", article=english.text.article, locale="zh-hans", slug="激活-esim"
    )
    publish_texts(english, chinese)
    return english.text.article


@pytest.fixture
def tariff(esim: Article, phones: Topic) -> Article:
    """A second article of the topic, told in English alone."""
    return published("Our tariffs", "Three of them.", topic=phones, kind="sales", slug="tariffs")


@pytest.fixture
def secret(phones: Topic) -> Article:
    """An article that only agents may read."""
    return published(
        "Retention offers", "Half price.", topic=phones, audience="agent", slug="retention"
    )
