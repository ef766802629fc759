"""GET /api/v1/search/: a thin layer over searching."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.safestring import mark_safe

from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.operations.outbox import drain
from channels.search.hits import Hit
from channels.search.queries import Results, SearchUnavailable
from tests.api.asserting import assert_problem, read
from tests.api.conftest import KeyMaker, with_key
from tests.building import publish_texts, published, write_approved

pytestmark = pytest.mark.django_db
HIT = Hit(
    "activate-esim",
    "en",
    "activate-an-esim",
    "Activate an eSIM",
    "In five steps.",
    mark_safe("Open the <mark>settings</mark>."),
    "support",
    "esim",
    "public",
    anchor="on-the-phone",
    heading="On the phone",
)


class Recorder:
    """Answers every question with a hundred hits, and remembers the question."""

    asked: dict[str, Any]

    def search(self, q: str, **asked: Any) -> Results:
        self.asked = {"q": q, **asked}
        return Results([HIT] * asked["limit"], 100, 7, "en", 9.0, did_you_mean="setting")


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr("channels.api.search.search", recorder.search)
    return recorder


def test_hits_say_where_they_lead_and_which_edition_told_them(
    client: Client, recorder: Recorder
) -> None:
    answer = client.get("/api/v1/search/?q=settings&locale=en&limit=1")
    body = read(answer)
    assert body["results"] == [
        {
            "id": "activate-esim",
            "locale": "en",
            "converted_from": None,
            "slug": "activate-an-esim",
            "title": "Activate an eSIM",
            "summary": "In five steps.",
            "kind": "support",
            "topic": "esim",
            "audience": "public",
            "snippet_html": "Open the <mark>settings</mark>.",
            "anchor": "on-the-phone",
            "heading": "On the phone",
            "url": "/api/v1/articles/activate-esim/?locale=en#kh-on-the-phone",
            "website_url": "/en/articles/activate-an-esim/#kh-on-the-phone",
        }
    ]
    assert (body["edition"], body["total"], body["locale"]) == (7, 100, "en")
    assert (body["fits"], body["did_you_mean"], body["facets"]) == (True, "setting", {})
    assert answer["Knowledge-Edition"] == "7"
    assert answer["Content-Language"] == "en"


def test_a_visitor_searches_as_a_visitor_in_their_language(
    client: Client, recorder: Recorder
) -> None:
    client.get("/api/v1/search/?q=esim", headers={"Accept-Language": "zh-HK"})
    asked = {name: recorder.asked[name] for name in ("q", "locale", "rank", "limit", "offset")}
    assert asked == {"q": "esim", "locale": "zh-hant", "rank": 0, "limit": 20, "offset": 0}


def test_pages_lead_on_and_back_and_end(client: Client, recorder: Recorder) -> None:
    first = read(client.get("/api/v1/search/?q=e-SIM%20%26%20co&limit=40&facets=kind, topic"))
    second = read(client.get(first["next"]))
    third = read(client.get(second["next"]))
    assert recorder.asked["q"] == "e-SIM & co"
    assert recorder.asked["offset"] == 80
    assert list(third["facets"]) == ["kind", "topic"]
    assert first["previous"] is None
    assert third["next"] is None
    assert read(client.get(third["previous"]))["previous"] == second["previous"]


def test_all_pages_are_in_the_locale_of_the_first_and_one_search_of_the_log(
    client: Client, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = iter(["first", "second"])

    def noted(found: Results, **asked: Any) -> str:
        return next(ids)

    monkeypatch.setattr("channels.api.search.noted", noted)
    first = read(client.get("/api/v1/search/?q=esim", headers={"Accept-Language": "zh-CN"}))
    assert (recorder.asked["locale"], recorder.asked["stand_ins"]) == ("zh-hans", True)
    second = read(client.get(first["next"]))
    assert (recorder.asked["locale"], recorder.asked["stand_ins"]) == ("en", False)
    assert first["search_id"] == second["search_id"] == "first"


def test_a_cursor_is_of_no_other_question(client: Client, recorder: Recorder) -> None:
    onward = read(client.get("/api/v1/search/?q=esim&kind=support&locale=en"))["next"]
    assert client.get(onward).status_code == 200
    for other in ("q=sim&kind=support", "q=esim&kind=sales", "q=esim", "q=esim&facets=kind"):
        cursor = onward.rpartition("cursor=")[2]
        path = f"/api/v1/search/?{other}&locale=en&cursor={cursor}"
        assert_problem(client.get(path), 400, "bad-cursor")


def test_what_was_published_is_found_with_the_place_that_answers(
    client: Client, index: None
) -> None:
    article = published("Activate an eSIM", "Words.\n\n## On the phone\n\nOpen the settings.")
    published("For agents", "Open the settings, too.", audience="agent")
    drain()
    answer = read(client.get("/api/v1/search/?q=open the settings"))
    (hit,) = answer["results"]
    assert (hit["id"], hit["heading"]) == (article.public_id, "On the phone")
    html = client.get(hit["url"], headers={"Accept": "text/html"}).content.decode()
    assert f'id="kh-{hit["anchor"]}"' in html
    assert client.get(hit["website_url"]).status_code == 200
    assert answer["total"] == 1


@pytest.fixture
def shop(index: None) -> None:
    """Two topics, one in the other; three kinds of readers."""
    actor = system_user()
    names = {"en": "Phones", "zh-hans": "手机"}
    phones = save_topic(actor=actor, slug="phones", names=names)
    esim = save_topic(actor=actor, slug="esim", names={"en": "eSIM"}, parent=phones)
    offers = save_topic(actor=actor, slug="offers", names={"en": "Secret offers"})
    english = write_approved("Use the charger", topic=phones, kind="product")
    chinese = write_approved("使用 charger", article=english.text.article, locale="zh-hans")
    publish_texts(
        english,
        chinese,
        write_approved("Charge with eSIM", "No charger.", topic=esim),
        write_approved("Charger for partners", topic=phones, audience="partner", kind="sales"),
        write_approved("Charger for agents", topic=offers, audience="agent", kind="sales"),
    )
    drain()


def facet(answer: dict[str, Any], name: str) -> dict[str, tuple[str, int]]:
    return {one["value"]: (one["label"], one["count"]) for one in answer["facets"][name]}


def test_facets_count_what_the_caller_may_read_and_no_more(
    client: Client, shop: None, key: KeyMaker
) -> None:
    path = "/api/v1/search/?q=charger&locale=en&facets=kind,topic,audience,locale"
    visitor = read(client.get(path))
    assert facet(visitor, "kind") == {"product": ("product", 1), "support": ("support", 1)}
    assert facet(visitor, "topic") == {"phones": ("Phones", 2), "esim": ("eSIM", 1)}
    assert facet(visitor, "audience") == {"public": ("everybody", 2)}
    assert facet(visitor, "locale") == {"en": ("English", 2), "zh-hans": ("简体中文", 1)}
    partner = read(with_key(key("partner")).get(path))
    assert facet(partner, "audience") == {"public": ("everybody", 2), "partner": ("partners", 1)}
    agent = read(with_key(key("agent")).get(path))
    assert facet(agent, "topic")["offers"] == ("Secret offers", 1)
    as_visitor = read(with_key(key("agent")).get(f"{path}&audience=public"))
    assert as_visitor["facets"] == visitor["facets"]


def test_facets_are_named_in_the_callers_language(client: Client, shop: None) -> None:
    path = "/api/v1/search/?q=charger&locale=zh-hans&facets=topic"
    assert facet(read(client.get(path)), "topic") == {"phones": ("手机", 1)}


def test_hits_are_narrowed_by_kind_and_by_topic_with_those_below(
    client: Client, shop: None, key: KeyMaker
) -> None:
    def titles(narrowed: str, caller: Client = client) -> set[str]:
        answer = read(caller.get(f"/api/v1/search/?q=charger&locale=en&{narrowed}"))
        assert answer["total"] == len(answer["results"])
        return {hit["title"] for hit in answer["results"]}

    assert titles("kind=product") == {"Use the charger"}
    assert titles("topic=phones") == {"Use the charger", "Charge with eSIM"}
    assert titles("topic=esim") == {"Charge with eSIM"}
    assert titles("topic=esim&kind=product") == set()
    assert titles("topic=offers", with_key(key("agent"))) == {"Charger for agents"}
    for unreadable in ("offers", "missing"):
        path = f"/api/v1/search/?q=charger&topic={unreadable}"
        assert_problem(client.get(path), 400, "unknown-topic")


STRANGE = (
    "*",
    "a",
    "是",
    '"charger',
    "audience:agent",
    "/char.*/",
    "\x01\x1f",
    "🔌",
    "شاحن",
    "the",
)


@pytest.mark.parametrize("q", [*STRANGE, "\u202echarger", "?!…", "c OR (NOT d", "x" * 300])
def test_whatever_is_asked_there_is_an_answer(client: Client, shop: None, q: str) -> None:
    answer = client.get("/api/v1/search/", {"q": q, "facets": "kind,topic,audience,locale"})
    assert "agents" not in answer.content.decode()
    read(answer)
    read(client.get("/api/v1/search/suggest/", {"q": q}))


def test_what_is_too_long_is_refused(client: Client, shop: None) -> None:
    for path in ("/api/v1/search/", "/api/v1/search/suggest/"):
        assert_problem(client.get(path, {"q": "x" * 10_000}), 400)


def test_a_search_takes_four_statements_however_much_it_finds(
    client: Client, shop: None, django_assert_num_queries: Any
) -> None:
    for q in ("charger", "esim"):
        with django_assert_num_queries(4):  # the edition, editors' words, the topics, the hits
            client.get(f"/api/v1/search/?q={q}&locale=en&facets=kind,topic")
    with django_assert_num_queries(9):  # two more for each locale where there is a hit
        client.get("/api/v1/search/?q=charger&locale=en&facets=kind,topic,locale")


def test_without_its_index_search_says_so_and_reading_goes_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*args: Any, **kwargs: Any) -> Results:
        raise SearchUnavailable

    monkeypatch.setattr("channels.api.search.search", unavailable)
    monkeypatch.setattr("channels.api.suggest.suggest", unavailable)
    for path in ("/api/v1/search/?q=esim", "/api/v1/search/suggest/?q=esim"):
        assert_problem(client.get(path), 503, "search-unavailable")
    assert client.get("/api/v1/articles/").status_code == 200
