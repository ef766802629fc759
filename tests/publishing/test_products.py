"""Products: what editors say an article is about goes live with it, and is found and counted by."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from articles.exceptions import InvalidInput
from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.writing import create_article, update_article
from channels.admin.waiting import waiting_texts
from channels.models import Entry
from channels.operations.candidate import PreparedEntry, sha256_of
from channels.operations.outbox import drain
from channels.operations.rollback import go_back
from channels.operations.stored import read_back
from channels.operations.verifying import broken_editions
from channels.search.queries import search
from tests.api.asserting import read
from tests.building import publish_texts, write_approved

pytestmark = pytest.mark.django_db


def say(article: Article, *products: str) -> Article:
    return update_article(
        actor=system_user(),
        article=article,
        kind=article.kind,
        topic=article.topic,
        audience=article.audience,
        products=products,
        based_on=article.version,
    )


def about(*products: str, **content: Any) -> Article:
    """Publish an article about these products."""
    revision = write_approved(**content)
    say(revision.text.article, *products)
    publish_texts(revision)
    return Article.objects.get(pk=revision.text.article.pk)


def live() -> list[str]:
    products: list[str] = Entry.objects.live().get().products
    return products


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ([" Tide 5  Pro ", "tide 5 pro", "OL-KT310"], ["Tide 5 Pro", "OL-KT310"]),
        (["", " ", "\u200b", "\0"], []),
        (["水壺\u3000"], ["水壺"]),
        (["x" * 60], ["x" * 60]),
    ],
)
def test_names_are_kept_clean_and_once(named: list[str], kept: list[str]) -> None:
    article = create_article(actor=system_user(), kind="support", products=named)
    assert article.products == kept


@pytest.mark.parametrize("named", [["x" * 61], [f"Tide {n}" for n in range(21)]])
def test_too_many_or_too_long_is_refused(named: list[str]) -> None:
    with pytest.raises(InvalidInput, match="20 products") as refused:
        create_article(actor=system_user(), kind="support", products=named)
    assert refused.value.field == "products"


def test_who_says_nothing_of_products_leaves_them() -> None:
    article = about("Tide 5")
    kept = update_article(
        actor=system_user(),
        article=article,
        kind="sales",
        topic=None,
        audience="public",
        based_on=article.version,
    )
    assert kept.products == ["Tide 5"]


def test_readers_get_them_with_the_next_edition_in_every_language() -> None:
    article = about("Tide 5")
    assert live() == ["Tide 5"]
    say(article, "Tide 5", "Tide 6")
    assert live() == ["Tide 5"]
    chinese = write_approved("激活", article=article, locale="zh-hans")
    publish_texts(chinese)
    # The English text goes along: what is said of an article is said of all its texts.
    found = {entry.locale: entry.products for entry in Entry.objects.live()}
    assert found["en"] == found["zh-hans"] == ["Tide 5", "Tide 6"]


def test_a_change_waits_to_be_published_until_it_is() -> None:
    article = about("Tide 5", "水壺 “5”")
    assert waiting_texts(5) == []
    article = say(article, "水壺 “5”", "Tide 5")
    assert [waiting.text.article_id for waiting in waiting_texts(5)] == [article.pk]
    publish_texts(article.texts.get().approved)
    assert waiting_texts(5) == []


def test_going_back_tells_the_former_ones_again() -> None:
    article = about("Tide 5")
    say(article, "Tide 6")
    publish_texts(write_approved("Another", article=article))
    assert live() == ["Tide 6"]
    go_back(actor=system_user(), number=1)
    assert live() == ["Tide 5"]


def test_an_entry_without_products_has_the_digest_that_it_had_before_there_were_any() -> None:
    about(title="Plain")
    ((_, plain),) = read_back([Entry.objects.get().pk])
    assert plain.products == ()
    columns = [name for name in plain.TOLD if name not in ("converted_from", "products")]
    rows = [astuple(rendering) for rendering in plain.renderings]
    before = sha256_of([*(getattr(plain, name) for name in columns), sorted(map(list, rows))])
    assert plain.digest() == before
    with_one = PreparedEntry(
        **{name: getattr(plain, name) for name in plain.__slots__} | {"products": ("Tide 5",)}
    )
    assert with_one.digest() != plain.digest() == Entry.objects.get().entry_digest
    assert not list(broken_editions())


@pytest.fixture
def shop(index: Path) -> None:
    about("Tide 5", "Tide 6", title="Charge a phone", slug="charge")
    about("Tide 6", title="Use a phone", slug="use")
    agents = write_approved("Repair a phone", slug="repair", audience="agent")
    say(agents.text.article, "Secret 7")
    publish_texts(agents)
    drain()


def test_an_article_is_found_by_its_products_and_narrowed_to(client: Client, shop: None) -> None:
    assert [hit.title for hit in search("tide5", locale="en", rank=0).hits] == ["Charge a phone"]
    answer = read(client.get("/api/v1/search/?q=phone&facets=product"))
    counts = [(one["value"], one["label"], one["count"]) for one in answer["facets"]["product"]]
    assert counts == [("Tide 6", "Tide 6", 2), ("Tide 5", "Tide 5", 1)]
    narrowed = read(client.get("/api/v1/search/?q=phone&product=Tide 5"))
    assert [hit["title"] for hit in narrowed["results"]] == ["Charge a phone"]
    assert read(client.get("/api/v1/search/?q=phone&product=Secret 7"))["total"] == 0


def test_the_website_narrows_by_product(client: Client, shop: None) -> None:
    every = client.get("/en/search/?q=phone").content.decode()
    assert "?q=phone&amp;product=Tide+5" in every
    assert "Secret 7" not in every
    narrowed = client.get("/en/search/?q=phone&product=Tide 5").content.decode()
    assert "Charge a phone" in narrowed
    assert "Use a phone" not in narrowed
    assert client.get("/en/search/?q=phone&product=%00").status_code == 200
    assert client.get(f"/en/search/?q=phone&product={'x' * 61}").status_code == 404


def test_lists_and_changes_say_them(client: Client) -> None:
    about("Tide 5")
    for path in ("/api/v1/articles/", "/api/v1/changes/?since=0"):
        (item,) = read(client.get(path))["results"]
        assert item["products"] == ["Tide 5"]
