"""The kiosk tells the website's words, and nothing on it leads away."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from channels.delivery.lookup import Found, find
from channels.envelopes.html_links import keep_inside
from channels.operations.outbox import drain
from channels.renderers.html_reading import words_of_html
from tests.building import publish_texts, published, snippet, write_approved
from tests.website.conftest import hrefs, page, words

LEADING_AWAY = """Read [the maker's page](https://maker.example/tide?a=1&b=2), write to
[us](mailto:us@shop.example), call {{ phone.care }}, see [the screen](article:SCREEN) or
[below](#costs).[^1]

## Costs

Nothing.

[^1]: A note with [a link](http://elsewhere.example/).
"""


@pytest.fixture
def guide(tariff: Article) -> Article:
    snippet("phone.care", "phone", "+448081570101")
    body = LEADING_AWAY.replace("SCREEN", tariff.public_id)
    return published("A guide", body, slug="guide", topic=tariff.topic)


def address(article: Article, locale: str = "en") -> str:
    return f"/kiosk/{locale}/articles/{article.public_id}/"


def stored(article: Article) -> Found:
    found = find(public_id=article.public_id, locales=["en"], format="html", rank=0)
    assert isinstance(found, Found)
    return found


def test_an_article_says_the_stored_words_under_the_same_digest(
    client: Client, guide: Article
) -> None:
    response = client.get(address(guide))
    assert response["Knowledge-Digest"] == stored(guide).content_digest
    website = client.get("/en/articles/guide/")
    assert response["Knowledge-Digest"] == website["Knowledge-Digest"]
    assert response["Knowledge-Edition"] == website["Knowledge-Edition"]
    told = re.search(rb"<article.*</article>", response.content, re.DOTALL)
    assert told
    assert words_of_html(told[0]) == words_of_html(stored(guide).body or b"")


def test_where_nothing_leads_away_the_bytes_are_the_stored_ones(
    client: Client, tariff: Article
) -> None:
    assert stored(tariff).body in client.get(address(tariff)).content


def test_nothing_leads_out_of_the_kiosk(
    client: Client, guide: Article, tariff: Article, index: Path
) -> None:
    drain()
    for where in (
        "/kiosk/en/",
        "/kiosk/zh-hans/",
        "/kiosk/en/search/?q=nothing of it",
        "/kiosk/en/search/?q=guide",
        "/kiosk/en/topics/phones/",
        address(guide),
        "/kiosk/en/nowhere/",
    ):
        for href in hrefs(client.get(where)):
            assert href.startswith(("/kiosk/", "#", "?")), (where, href)
    found = hrefs(client.get(address(guide)))
    assert address(tariff) in found
    assert "#kh-costs" in found
    (away,) = page(client.get(address(guide))).xpath("//p//span[contains(@data-address, 'maker')]")
    assert away.get("data-address") == "maker.example/tide?a=1&b=2"


def test_a_link_that_an_author_only_wrote_about_is_left_alone() -> None:
    written = '<p>Type &lt;a href="https://x.example"&gt;x&lt;/a&gt;.</p>\n'
    assert keep_inside(written) == written


def test_it_tells_what_the_public_is_told(client: Client, esim: Article, secret: Article) -> None:
    assert "Ask for the EID" not in words(client.get(address(esim)))
    assert client.get(address(secret)).status_code == 404
    assert "Retention offers" not in words(client.get("/kiosk/en/topics/phones/"))


def test_the_start_page_has_a_search_box_topics_and_every_language(
    client: Client, esim: Article
) -> None:
    home = client.get("/kiosk/zh-hans/")
    found = hrefs(home)
    assert page(home).get("lang") == "zh-Hans"
    assert "/kiosk/zh-hans/topics/phones/" in found
    assert {"/kiosk/en/", "/kiosk/zh-hant/"} <= set(found)
    (form,) = page(home).xpath("//form[@role='search']")
    assert form.get("action") == "/kiosk/zh-hans/search/"
    assert client.get("/kiosk/", headers={"Accept-Language": "zh-TW"}).headers["Location"] == (
        "/kiosk/zh-hant/"
    )


def test_the_language_is_switched_on_the_page_where_one_is(client: Client, esim: Article) -> None:
    assert address(esim, "zh-hans") in hrefs(client.get(address(esim)))
    assert "激活 eSIM" in words(client.get(address(esim, "zh-hans")))
    # The converted text for the one, the text that stands in for the other.
    assert client.get(address(esim, "zh-hant")).status_code == 200
    found = hrefs(client.get("/kiosk/en/search/?q=esim&kind=support"))
    assert "/kiosk/zh-hans/search/?q=esim&kind=support" in found


def test_a_question_finds_articles_of_the_kiosk(client: Client, esim: Article, index: Path) -> None:
    text = "Words.\n\n## On the phone\n\nOpen the charger."
    router = published("Router", text, slug="router")
    drain()
    found = hrefs(client.get("/kiosk/en/search/?q=open the charger"))
    # Between the address and the section stands the search's name in the log.
    assert any(
        href.startswith(address(router)) and href.endswith("#kh-on-the-phone") for href in found
    )


def test_where_nothing_fits_it_says_so_and_whom_to_ask(
    client: Client, esim: Article, index: Path, settings: Any
) -> None:
    settings.HELP_PHONE = "0808 157 0101"
    drain()
    told = words(client.get("/kiosk/en/search/?q=bake bread"))
    assert "Nothing found" in told
    assert "Our staff will gladly help you." in told
    assert "0808 157 0101" in told


def test_it_keeps_no_cookie_and_asks_for_none(client: Client, guide: Article, index: Path) -> None:
    drain()
    for where in (
        "/kiosk/",
        "/kiosk/en/",
        "/kiosk/en/search/?q=guide",
        address(guide),
        "/kiosk/x/",
    ):
        response = client.get(where)
        assert not response.cookies, where
        assert "csrf" not in response.content.decode(), where


def test_without_scripts_it_goes_back_to_the_start_by_itself(
    client: Client, guide: Article
) -> None:
    refresh = '<noscript><meta http-equiv="refresh" content="180;url=/kiosk/en/"></noscript>'
    assert refresh in client.get(address(guide)).content.decode()
    assert "refresh" not in client.get("/kiosk/en/").content.decode()


WHAT_CANNOT_BE = (
    "/kiosk/xx/",
    "/kiosk/%00/",
    "/kiosk/%FF%FE/",
    "/kiosk/en/articles/missing/",
    "/kiosk/en/articles/..%2F..%2Fetc/",
    f"/kiosk/en/articles/{'x' * 3000}/",
    "/kiosk/en/topics/missing/",
    "/kiosk/en/topics/phones/?page=2",
    "/kiosk/en/search/?q=x&page=99999999",
    "/kiosk/en/search/?q=x&topic=missing",
    "/kiosk/en/nowhere/",
    "/kiosk/en/a/b/c/",
)


def test_what_cannot_be_is_missing_with_a_way_back(client: Client, esim: Article) -> None:
    for where in WHAT_CANNOT_BE:
        response = client.get(where)
        assert response.status_code == 404, where
        assert "/kiosk/en/" in hrefs(response), where
    for method in ("post", "put", "delete"):
        assert getattr(client, method)("/kiosk/en/").status_code == 405


def test_while_the_search_is_down_reading_goes_on(
    client: Client, esim: Article, index: Path
) -> None:
    told = words(client.get("/kiosk/en/search/?q=esim"))
    assert "not available right now" in told
    assert client.get(address(esim)).status_code == 200


def test_a_page_takes_as_many_statements_however_much_there_is(
    client: Client, guide: Article, index: Path, django_assert_max_num_queries: Any
) -> None:
    publish_texts(*(write_approved(f"Guide {n}", "A.", topic=guide.topic) for n in range(8)))
    drain()
    for where, most in (
        ("/kiosk/en/", 3),
        ("/kiosk/en/topics/phones/", 4),
        (address(guide), 5),
        ("/kiosk/en/search/?q=guide", 4),
    ):
        with django_assert_max_num_queries(most):
            client.get(where)
