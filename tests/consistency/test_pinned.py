"""One request, one edition: a publish between a page's first statement and its others is not told.

The moment is played: what a face reads first says edition 1, though edition 2 is there by then.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.models import Edition
from channels.operations.api_keys import create_api_key
from tests.building import publish_texts, write_approved

pytestmark = pytest.mark.django_db


def first_number() -> int:
    return 1


def first_edition() -> Edition:
    return Edition.objects.get(number=1)


# What each page reads first, and where.
PAGES: list[tuple[str, Callable[[], object], str]] = [
    ("channels.website.reading.current_edition", first_edition, "/en/"),
    ("channels.website.reading.current_edition", first_edition, "/en/articles/"),
    ("channels.website.reading.current_edition", first_edition, "/en/topics/travel/"),
    ("channels.website.reading.current_edition", first_edition, "/en/articles/roaming/"),
    ("channels.website.reading.current_edition", first_edition, "/sitemap.xml"),
    ("channels.ivr.views.current_number", first_number, "/ivr/en/"),
    ("channels.ivr.views.current_number", first_number, "/ivr/en/topics/travel/"),
    ("channels.agent.page.current_number", first_number, "/agent/"),
    ("channels.agent.page.current_number", first_number, "/agent/articles/roaming/?locale=en"),
    ("channels.feeds.reading.current_edition", first_edition, "/feeds/en/atom.xml"),
    ("channels.feeds.reading.current_edition", first_edition, "/feeds/en/feed.json"),
    ("channels.api.pins.current_number", first_number, "/api/v1/articles/"),
    ("channels.api.pins.current_number", first_number, "/api/v1/topics/"),
]


@pytest.fixture
def reader(client: Client, agent: User) -> Client:
    """An agent with a partner's key; the website tells them what it tells everybody."""
    client.force_login(agent)
    _, secret = create_api_key(actor=system_user(), name="Shop", audience="partner")
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return client


@pytest.mark.parametrize(("name", "first", "address"), PAGES)
def test_a_page_tells_the_edition_that_it_read_first(
    monkeypatch: pytest.MonkeyPatch,
    reader: Client,
    name: str,
    first: Callable[[], object],
    address: str,
) -> None:
    topic = save_topic(actor=system_user(), slug="travel", names={"en": "Oldtopic"})
    old = write_approved("Oldtitle", "Oldword.", public_id="roaming", slug="roaming", topic=topic)
    publish_texts(old)
    save_topic(actor=system_user(), slug="travel", names={"en": "Newtopic"})
    article = old.text.article
    publish_texts(
        write_approved("Newtitle", "Newword.", article=article, slug="abroad"),
        write_approved("Newcomer", "Newword.", topic=topic),
    )
    monkeypatch.setattr(name, first)
    answer = reader.get(address)
    assert answer.status_code == 200
    assert answer["Knowledge-Edition"] == "1"
    said = answer.content.decode()
    assert any(sign in said for sign in ("Oldtitle", "Oldtopic", "/articles/roaming/")), said
    for sign in ("Newtitle", "Newtopic", "Newcomer", "Newword", "newcomer", "abroad"):
        assert sign not in said
