"""What is told on the telephone in these tests."""

from __future__ import annotations

import pytest

from articles.models import Revision, Topic
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from tests.building import publish_texts, write_approved


def topic(slug: str, parent: Topic | None = None, **names: str) -> Topic:
    locales = {"en": names["en"], "zh-hans": names["zh"]} if "zh" in names else names
    return save_topic(actor=system_user(), slug=slug, names=locales, parent=parent)


def in_english_and_chinese(
    public_id: str, title: str, chinese: str, **where: object
) -> list[Revision]:
    english = write_approved(title, f"{title}, in a few words.", public_id=public_id, **where)
    article = english.text.article
    return [
        english,
        write_approved(chinese, f"{chinese}。", article=article, locale="zh-hans"),
    ]


def company_with(plans: int) -> set[str]:
    """Topics within topics, articles in them, one without a topic; return their public ids."""
    phones = topic("phones", en="Phones", zh="手机")
    tablets = topic("tablets", phones, en="Tablets", zh="平板")
    topic("nothing-yet", en="Nothing yet")
    inside = topic("inside", en="Inside")
    texts = [
        *in_english_and_chinese("esim", "Activate an eSIM", "激活 eSIM", topic=phones),
        *in_english_and_chinese("screen", "Broken screen", "屏幕碎了", topic=tablets),
        *in_english_and_chinese("hello", "Say hello", "打个招呼"),
        write_approved("For colleagues", "Hush.", public_id="hush", topic=inside, audience="agent"),
    ]
    many = [f"plan-{number}" for number in range(1, plans + 1)]
    about_plans = topic("plans", en="Plans")
    for public_id in many:
        texts.append(
            write_approved(f"About {public_id}", "Text.", public_id=public_id, topic=about_plans)
        )
    publish_texts(*texts)
    return {"esim", "screen", "hello", *many}


@pytest.fixture
def company(db: None) -> set[str]:
    return company_with(plans=1)


@pytest.fixture
def large_company(db: None) -> set[str]:
    """A company with a topic of more articles than keys."""
    return company_with(plans=10)
