"""The search box: hits of the edition, help where there are none, and where the index is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.safestring import mark_safe

from articles.models import Article
from channels.operations.outbox import drain
from channels.search.hits import Hit
from channels.search.queries import Results, SearchUnavailable
from channels.website import finding
from tests.building import published
from tests.website.conftest import hrefs, page, words


@pytest.fixture(autouse=True)
def unlogged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an id of the log's, addresses say no more than what was asked."""
    monkeypatch.setattr(finding, "noted", lambda *_args, **_kwargs: "")


def answer_with(
    monkeypatch: pytest.MonkeyPatch, *hits: Hit, total: int | None = None, **more: Any
) -> None:
    def search(q: str, **kwargs: object) -> Results:
        count = len(hits) if total is None else total
        return Results(list(hits), count, 1, **({"sureness": 9.0} | more))

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


def test_a_hit_leads_to_the_section_that_answers(
    client: Client, esim: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, hit(esim, anchor="on-the-phone", heading="On the phone"))
    response = client.get("/en/search/?q=settings")
    links = {link.text: link.get("href") for link in page(response).iter("a")}
    assert links["On the phone"] == "/en/articles/activate-esim/#kh-on-the-phone"


def test_what_was_meant_is_a_link(
    client: Client, esim: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, hit(esim), did_you_mean="the settings & more")
    assert "?q=the+settings+%26+more" in hrefs(client.get("/en/search/?q=the setings & more"))


def test_where_nothing_fits_the_page_says_so_and_what_to_do(
    client: Client, esim: Article, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.HELP_PHONE = "0808 157 0101"
    answer_with(monkeypatch, *[hit(esim)] * 9, total=45, sureness=-9.0)
    response = client.get("/en/search/?q=bake bread")
    assert "Nothing fits well." in words(response)
    assert len(page(response).xpath("//ul[contains(@class, 'hits')]/li")) == 5
    assert "?q=bake+bread&page=2" not in hrefs(response)
    assert "tel:08081570101" in hrefs(response)
    (form,) = page(response).find_class("ask")
    assert dict(form.form_values())["sentence"] == "bake bread"


@pytest.fixture
def shop(tariff: Article, index: Path) -> None:
    """Four articles that say the same word, in two topics and three kinds, and one for agents."""
    published("Charge your phone", "A word of settings.", slug="charge", kind="product")
    published("Secret settings", "For agents.", audience="agent", slug="secret")
    published("Settings of the router", "Settings.", slug="router")
    drain()


def test_hits_are_narrowed_by_links_that_say_how_many_are_left(client: Client, shop: None) -> None:
    response = client.get("/en/search/?q=settings")
    (kinds,) = page(response).xpath("//nav[@aria-label='Kind']")
    choices = {" ".join(a.text_content().split()): a.get("href") for a in kinds.iter("a")}
    assert choices == {
        "Support 2": "?q=settings&kind=support",
        "Product 1": "?q=settings&kind=product",
    }
    narrowed = client.get("/en/search/?q=settings&kind=product")
    assert "1 article found" in words(narrowed)
    assert "/en/articles/charge/" in hrefs(narrowed)
    assert "/en/articles/router/" not in hrefs(narrowed)
    assert "?q=settings" in hrefs(narrowed)  # the way back


def test_a_topic_or_kind_that_there_is_not_is_missing(client: Client, shop: None) -> None:
    for address in ("topic=nope", "topic=%00", "kind=rumour", "topic=" + "x" * 3000):
        assert client.get(f"/en/search/?q=settings&{address}").status_code == 404


def test_a_narrowed_search_that_finds_nothing_leads_back(client: Client, shop: None) -> None:
    response = client.get("/en/search/?q=settings&kind=sales")
    assert "?q=settings" in hrefs(response)
    assert not page(response).find_class("ask")


def test_what_fits_in_another_language_is_offered(client: Client, shop: None) -> None:
    published("充电", "怎么充电。", locale="zh-hans")
    drain()
    found = hrefs(client.get("/en/search/?q=充电"))
    assert "/zh-hans/search/?q=%E5%85%85%E7%94%B5" in found


def test_what_stands_in_is_said_to_be_of_another_language(client: Client, shop: None) -> None:
    assert "以下是English的结果" in words(client.get("/zh-hans/search/?q=router"))


def test_without_a_question_the_topics_lead_on(client: Client, shop: None) -> None:
    assert "/en/topics/phones/" in hrefs(client.get("/en/search/"))


def test_a_search_takes_as_many_statements_however_much_it_finds(
    client: Client, shop: None, django_assert_max_num_queries: Any
) -> None:
    for question in ("settings", "nothingofit", "充电"):
        with django_assert_max_num_queries(6):
            client.get(f"/en/search/?q={question}")
    for number in range(6):
        published(f"Settings {number}", slug=f"settings-{number}")
    drain()
    with django_assert_max_num_queries(6):
        client.get("/en/search/?q=settings")
    with django_assert_max_num_queries(10):
        client.get("/zh-hant/search/?q=nothingofit")


def test_the_box_asks_for_suggestions_in_the_pages_language(client: Client, shop: None) -> None:
    for address in ("/zh-hans/", "/zh-hans/search/"):
        (box,) = page(client.get(address)).xpath("//input[@data-suggest]")
        assert box.get("data-suggest") == "/api/v1/search/suggest/?locale=zh-hans"
        assert client.get(f"{box.get('data-suggest')}&q=x").status_code == 200
