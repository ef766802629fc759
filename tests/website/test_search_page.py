"""The search box: hits of the edition, help where there are none, and where the index is gone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.safestring import mark_safe

from articles.models import Article
from channels.search.queries import Hit, Results, SearchUnavailable
from channels.website import finding
from tests.website.conftest import hrefs, page, words


def answer_with(monkeypatch: pytest.MonkeyPatch, *hits: Hit, total: int | None = None) -> None:
    def search(q: str, **kwargs: object) -> Results:
        return Results(list(hits), len(hits) if total is None else total, 1)

    monkeypatch.setattr(finding, "search", search)


def hit(article: Article, **changes: object) -> Hit:
    values: dict[str, object] = {
        "public_id": article.public_id,
        "locale": "en",
        "slug": "activate-esim",
        "title": "Activate an eSIM",
        "summary": "",
        "snippet_html": mark_safe("open the <mark>settings</mark>"),
        "kind": "support",
        "topic": "phones",
        "audience": "public",
    }
    return Hit(**(values | changes))  # type: ignore[arg-type]


def test_a_hit_leads_to_its_article_and_shows_the_words_found(
    client: Client, esim: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, hit(esim))
    response = client.get("/en/search/?q=settings")
    assert "/en/articles/activate-esim/" in hrefs(response)
    assert page(response).xpath("string(//mark)") == "settings"
    assert response["Knowledge-Edition"] == "1"


def test_a_hit_in_another_language_is_shown_in_the_readers_own_words(
    client: Client, esim: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, hit(esim))
    assert "激活 eSIM" in words(client.get("/zh-hans/search/?q=settings"))


def test_where_nothing_is_found_the_reader_can_ask_for_it(
    client: Client, esim: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch)
    parsed = page(client.get("/en/search/?q=roaming on ships"))
    form = parsed.find_class("ask")[0]
    fields = dict(form.form_values())
    assert (fields["sentence"], fields["from"]) == ("roaming on ships", "search")


@pytest.mark.parametrize("address", ["/en/search/?q=settings", "/en/articles/settings/"])
def test_without_the_index_the_pages_still_help(
    client: Client, esim: Article, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def search(q: str, **kwargs: object) -> Results:
        raise SearchUnavailable

    monkeypatch.setattr(finding, "search", search)
    response = client.get(address)
    assert response.status_code in (200, 404)
    assert "/en/articles/" in hrefs(response)


def test_many_hits_go_on_on_further_pages(
    client: Client, esim: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, hit(esim), total=45)
    assert "?q=settings&page=3" in hrefs(client.get("/en/search/?q=settings&page=2"))
    assert "?q=settings&page=4" not in hrefs(client.get("/en/search/?q=settings&page=3"))


def test_an_empty_search_shows_the_box_alone(client: Client, db: None) -> None:
    response = client.get("/en/search/?q=%20%00")
    assert response.status_code == 200
    assert page(response).xpath("//input[@name='q']")


def test_a_page_beyond_the_last_hit_is_missing_and_offers_nobody_to_write_what_is_there(
    client: Client, esim: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, total=4)
    assert client.get("/en/search/?q=settings&page=2").status_code == 404
