"""An article's page tells the stored words, whole, and says which edition they are of."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertNotContains

from articles.models import Article
from channels.delivery.lookup import Found, find
from tests.building import publish_texts, published, write_approved
from tests.website.conftest import hrefs, page, structured_data, words

ADDRESS = "/en/articles/activate-esim/"


def stored_as(format: str, article: Article) -> Any:
    found = find(public_id=article.public_id, locales=["en"], format=format, rank=0)
    assert isinstance(found, Found)
    return found


def test_the_page_holds_the_stored_bytes_unchanged(client: Client, esim: Article) -> None:
    stored = stored_as("html", esim)
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert stored.body in response.content


def test_the_headers_name_the_edition_and_the_digest(client: Client, esim: Article) -> None:
    stored = stored_as("html", esim)
    response = client.get(ADDRESS)
    assert response["Knowledge-Edition"] == "1"
    assert response["Knowledge-Digest"] == stored.content_digest
    assert "no-cache" in response["Cache-Control"]


def test_the_title_is_the_only_heading_of_its_rank(client: Client, esim: Article) -> None:
    assert [h1.text for h1 in page(client.get(ADDRESS)).iter("h1")] == ["Activate an eSIM"]


def test_what_agents_are_told_is_not_on_the_page(client: Client, esim: Article) -> None:
    assertNotContains(client.get(ADDRESS), "Ask for the EID")


def test_a_signed_in_agent_sees_what_everybody_sees(
    client: Client, esim: Article, agent: object
) -> None:
    client.force_login(agent)  # type: ignore[arg-type]
    assertNotContains(client.get(ADDRESS), "Ask for the EID")


def test_the_page_says_when_its_words_were_published(
    client: Client, esim: Article, tariff: Article
) -> None:
    told = page(client.get(ADDRESS)).find_class("told")[0].text_content()
    assert "Edition 1," in told


def test_the_page_leads_to_its_topic_and_to_other_articles_of_it(
    client: Client, esim: Article, tariff: Article
) -> None:
    found = hrefs(client.get(ADDRESS))
    assert "/en/topics/phones/" in found
    assert "/en/articles/tariffs/" in found


def test_a_page_costs_at_most_eight_statements_however_many_articles_there_are(
    client: Client, tariff: Article, django_assert_max_num_queries: Any
) -> None:
    publish_texts(*(write_approved(f"More {n}", "Words.", topic=tariff.topic) for n in range(10)))
    with django_assert_max_num_queries(8):
        client.get(ADDRESS)


def test_reading_sets_no_session_and_no_voter(client: Client, esim: Article) -> None:
    client.get("/en/")
    client.get(ADDRESS)
    assert set(client.cookies) <= {"csrftoken"}


def test_the_structured_data_answers_the_questions_with_the_stored_text(
    client: Client, esim: Article
) -> None:
    stored = stored_as("text", esim)
    data = structured_data(client.get(ADDRESS))
    assert data["@type"] == "FAQPage"
    assert [question["name"] for question in data["mainEntity"]] == [
        "How do I activate an eSIM?",
        "Can I use <script> & co?",
    ]
    answers = {question["acceptedAnswer"]["text"] for question in data["mainEntity"]}
    assert answers == {stored.body.decode()}
    assert data["identifier"] == f"sha256:{stored.content_digest}"
    assert data["version"] == "1"
    assert data["inLanguage"] == "en"


def test_no_content_can_end_the_structured_data(client: Client, esim: Article) -> None:
    published("</script><b>Out", "<!-- x -->", slug="out", questions=["</script><script>x"])
    response = client.get("/en/articles/out/")
    body = response.content.decode()
    data = body.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert "<" not in data
    assert ">" not in data
    assert structured_data(response)["mainEntity"][0]["name"] == "</script><script>x"


def test_an_article_without_questions_is_asked_for_by_its_title(
    client: Client, tariff: Article
) -> None:
    data = structured_data(client.get("/en/articles/tariffs/"))
    assert [question["name"] for question in data["mainEntity"]] == ["Our tariffs"]


def test_the_head_describes_the_page_to_machines(client: Client, esim: Article) -> None:
    head = page(client.get(ADDRESS)).head
    assert head.xpath("string(meta[@name='description']/@content)") == "It takes five minutes."
    assert head.xpath("string(link[@rel='canonical']/@href)") == f"http://testserver{ADDRESS}"
    assert head.xpath("string(meta[@property='og:title']/@content)") == "Activate an eSIM"
    assert head.xpath("string(meta[@property='og:type']/@content)") == "article"


def test_a_later_edition_shows_the_new_words_at_once(client: Client, esim: Article) -> None:
    publish_texts(
        write_approved("Activate an eSIM", "Scan the code.", article=esim, slug="activate-esim")
    )
    response = client.get(ADDRESS)
    assert "Scan the code." in words(response)
    assert response["Knowledge-Edition"] == "2"


def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(
    client: Client, esim: Article, subtests: pytest.Subtests
) -> None:
    for address in ("/en/", ADDRESS, "/en/topics/phones/", "/en/requests/"):
        with subtests.test(address):
            parsed = page(client.get(address))
            loaded = parsed.xpath(
                "//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href"
            )
            assert all(source.startswith("/") and not source.startswith("//") for source in loaded)
            assert not parsed.xpath(
                "//style | //*[@style] | //script[not(@src)][not(contains(@type, 'json'))]"
            )
            assert not parsed.xpath("//@*[starts-with(name(), 'on')]")
