"""No link that once worked is dead: permalinks, former slugs, and addresses of imported sites."""

from __future__ import annotations

from urllib.parse import quote

from django.test import Client

from articles.models import Article, ArticleText
from articles.operations.addresses import remember_address
from articles.operations.audit import system_user
from channels.operations.items import Retirement
from channels.operations.rollback import go_back
from tests.building import publish_texts, write_approved
from tests.website.conftest import hrefs, words


def rename(article: Article, slug: str) -> None:
    publish_texts(write_approved("Activate an eSIM", f"Now at {slug}.", article=article, slug=slug))


def test_a_permalink_leads_to_the_page(client: Client, esim: Article) -> None:
    response = client.get(f"/en/a/{esim.public_id}/")
    assert response.status_code == 302
    assert response["Location"] == "/en/articles/activate-esim/"


def test_a_permalink_leads_an_agent_to_the_agents_page_if_asked(
    client: Client, esim: Article, agent: object
) -> None:
    address = f"/en/a/{esim.public_id}/?for=agent"
    assert client.get(address)["Location"] == "/en/articles/activate-esim/"
    client.force_login(agent)  # type: ignore[arg-type]
    assert client.get(address)["Location"] == f"/agent/articles/{esim.public_id}/?locale=en"


def test_a_former_slug_leads_to_the_present_one_for_good(client: Client, esim: Article) -> None:
    rename(esim, "esim")
    response = client.get("/en/articles/activate-esim/")
    assert response.status_code == 301
    assert response["Location"] == "/en/articles/esim/"


def test_no_browser_runs_in_a_circle_after_a_way_back(client: Client, esim: Article) -> None:
    rename(esim, "esim")
    remember_address(text=ArticleText.objects.get(article=esim, locale="en"), address="/help/esim")
    addresses = ["/en/articles/activate-esim/", "/help/esim", f"/en/a/{esim.public_id}/"]
    addresses.append(f"/en/articles/{quote('激活-esim')}/")  # The Chinese text's, in English.
    for address in addresses:
        response = client.get(address)
        assert response["Location"] == "/en/articles/esim/", address
        assert response["Cache-Control"] == "no-cache", address
        assert response["Knowledge-Edition"] == "2", address
    go_back(number=1, actor=system_user())
    assert client.get("/en/articles/activate-esim/").status_code == 200
    assert client.get("/en/articles/esim/")["Location"] == "/en/articles/activate-esim/"


def test_where_a_permalink_leads_an_agent_is_nobody_elses_to_keep(
    client: Client, esim: Article, agent: object
) -> None:
    client.force_login(agent)  # type: ignore[arg-type]
    response = client.get(f"/en/a/{esim.public_id}/?for=agent")
    assert response["Cache-Control"] == "no-cache, private"


def test_a_slug_is_an_address_only_once_it_is_published(client: Client, esim: Article) -> None:
    renamed = write_approved("Activate an eSIM", "New.", article=esim, slug="esim")
    assert client.get("/en/articles/activate-esim/").status_code == 200
    assert client.get("/en/articles/esim/").status_code == 404
    publish_texts(renamed)
    assert client.get("/en/articles/esim/").status_code == 200


def test_two_renames_lead_to_the_present_in_one_step(client: Client, esim: Article) -> None:
    rename(esim, "esim")
    rename(esim, "your-esim")
    for slug in ("activate-esim", "esim"):
        assert client.get(f"/en/articles/{slug}/")["Location"] == "/en/articles/your-esim/"


def test_a_former_slug_leads_on_until_another_article_is_published_under_it(
    client: Client, esim: Article
) -> None:
    rename(esim, "esim")
    first = write_approved("eSIM on a watch", "On the wrist.", slug="watch-esim")
    newcomer = write_approved(
        "eSIM on a watch", "Worn.", article=first.text.article, slug="activate-esim"
    )
    assert client.get("/en/articles/activate-esim/")["Location"] == "/en/articles/esim/"
    publish_texts(newcomer)
    assert "Worn." in words(client.get("/en/articles/activate-esim/"))


def test_an_imported_sites_address_leads_to_the_article(client: Client, esim: Article) -> None:
    text = ArticleText.objects.get(article=esim, locale="en")
    remember_address(text=text, address="/help/esim.html")
    remember_address(text=text, address="/guides/esim")
    for address in ("/help/esim.html", "/guides/esim", "/guides/esim/"):
        response = client.get(address)
        assert response.status_code == 301, address
        assert response["Location"] == "/en/articles/activate-esim/"


def test_an_old_address_of_two_languages_leads_to_the_readers_text(
    client: Client, esim: Article
) -> None:
    for text in ArticleText.objects.filter(article=esim):
        remember_address(text=text, address="/help/esim")
    chinese = client.get("/help/esim", headers={"Accept-Language": "zh-CN"})
    assert chinese["Location"] == "/zh-hans/articles/%E6%BF%80%E6%B4%BB-esim/"
    english = client.get("/help/esim", headers={"Accept-Language": "en"})
    assert english["Location"] == "/en/articles/activate-esim/"


def test_a_retired_article_is_not_found_under_any_address(client: Client, esim: Article) -> None:
    rename(esim, "esim")
    publish_texts(Retirement(esim))
    for address in ("activate-esim", "esim"):
        assert client.get(f"/en/articles/{address}/").status_code == 404
    assert client.get(f"/en/a/{esim.public_id}/").status_code == 404


def test_a_hidden_article_answers_as_a_missing_one_does(client: Client, secret: Article) -> None:
    text = ArticleText.objects.get(article=secret)
    remember_address(text=text, address="/help/retention")
    pairs = [
        ("/en/articles/retention/", "/en/articles/retentiox/"),
        (f"/en/a/{secret.public_id}/", "/en/a/bcdfghjkmnpq/"),
        ("/help/retention", "/help/retentiox"),
        ("/zh-hans/articles/retention/", "/zh-hans/articles/retentiox/"),
    ]
    for hidden, missing in pairs:
        answers = [client.get(address) for address in (hidden, missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        first, second = (words(answer) for answer in answers)
        assert first == second
        assert "Half price" not in first


def test_the_page_for_what_is_missing_helps_to_find_it(client: Client, esim: Article) -> None:
    response = client.get("/en/articles/esim-activation/")
    assert response.status_code == 404
    assert 'value="esim activation"' in response.content.decode()
    assert {"/en/topics/phones/", "/en/articles/", "/en/requests/ask/"} <= set(hrefs(response))
    assert response["Knowledge-Edition"] == "1"
