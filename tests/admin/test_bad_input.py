"""Addresses and forms that nobody means well with: an answer to read, never a server error."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.admin.desk import ABOUT, TEXT, Desk, words
from tests.building import published, snippet

MODELS = (
    "articles_article",
    "articles_snippet",
    "articles_topic",
    "articles_attachment",
    "articles_auditrecord",
    "channels_edition",
    "channels_release",
    "channels_apikey",
    "channels_updaterequest",
    "channels_synonym",
    "channels_bestbet",
    "channels_goldenquery",
    "channels_searchrecord",
)


@pytest.mark.parametrize("model", MODELS)
def test_an_object_that_never_was_leads_to_a_4xx_or_back_to_the_list(
    administrator_desk: Desk, model: str, subtests: pytest.Subtests
) -> None:
    for object_id in ("999", "9" * 30, "-1", "nobody", "_00"):
        with subtests.test(object_id):
            answer = administrator_desk.client.get(
                reverse(f"admin:{model}_change", args=[object_id]), follow=True
            )

            assert answer.status_code in (200, 404)
            assert answer.status_code == 404 or answer.redirect_chain


def test_a_page_about_nothing_is_missing(publisher_desk: Desk) -> None:
    for address in (
        "/admin/articles/article/1/text/xx/history/",
        "/admin/articles/article/999/text/en/",
        "/admin/channels/release/preview/999/",
        "/admin/channels/release/retire/" + "9" * 30 + "/",
        "/admin/channels/release/preview/" + "9" * 30 + "/",
        "/admin/channels/edition/" + "9" * 30 + "/go-back/",
        "/admin/channels/edition/7/go-back/",
    ):
        assert publisher_desk.client.get(address).status_code == 404, address


@pytest.mark.parametrize(
    "page",
    [
        "articles_article_changelist",
        "articles_snippet_changelist",
        "channels_updaterequest_changelist",
        "channels_synonym_changelist",
        "channels_bestbet_changelist",
        "channels_goldenquery_changelist",
        "channels_searchrecord_changelist",
    ],
)
def test_a_list_asked_for_nonsense_answers(
    publisher_desk: Desk, page: str, subtests: pytest.Subtests
) -> None:
    for asked in (
        "topic=x",
        "state=x",
        "locale=x",
        "p=999999",
        "o=99.x",
        "kind=x",
        "q=" + "x" * 5000,
    ):
        with subtests.test(asked=asked):
            url = reverse(f"admin:{page}") + f"?{asked}"

            assert publisher_desk.client.get(url, follow=True).status_code == 200


def test_a_null_character_in_a_filter_is_refused(author_desk: Desk) -> None:
    for query in ("?q=%00", "?topic=%00", "?state=%00", "?kind__exact=%00"):
        answer = author_desk.open("articles_article_changelist", query=query)
        assert answer.status_code == 400, query


@pytest.mark.parametrize(
    "asked",
    [
        ("articles_snippet_changelist", "?kind__regex=("),
        ("articles_attachment_changelist", "?author__password__startswith=p"),
        ("channels_release_changelist", "?name__regex=("),
        ("channels_updaterequest_changelist", "?sentence__iregex=("),
        ("channels_edition_changelist", "?note__regex=("),
    ],
    ids=lambda asked: asked[0],
)
def test_a_list_compares_its_rows_by_nothing_but_its_filters(
    publisher_desk: Desk, asked: tuple[str, str]
) -> None:
    page, query = asked

    answer = publisher_desk.open(page, query=f"{query}&q=x")

    assert (answer.status_code, answer["Location"]) == (302, reverse(f"admin:{page}") + "?q=x")
    assert publisher_desk.send(page, query=query).status_code == 400


def test_a_list_of_editions_is_narrowed_by_their_day(publisher_desk: Desk) -> None:
    start, end = "2026-01-01 00:00:00%2B00:00", "2027-01-01 00:00:00%2B00:00"
    query = f"?published_at__gte={start}&published_at__lt={end}&cause__exact=publish"

    assert publisher_desk.open("channels_edition_changelist", query=query).status_code == 200


def test_a_null_character_is_an_error_at_its_field(
    author_desk: Desk, subtests: pytest.Subtests
) -> None:
    for field in ("title", "slug", "summary", "questions", "body", "note", "tags"):
        with subtests.test(field):
            typed = {**TEXT, **ABOUT, "locale": "en", field: "a\x00b"}

            answer = author_desk.send("articles_article_add", **typed)

            assert answer.status_code == 200
            assert "Null characters are not allowed" in words(answer)


def test_a_text_of_five_megabytes_is_refused_in_words_and_given_back(author_desk: Desk) -> None:
    article = author_desk.write_article()
    body = "word " * 1_000_000

    for answer in (
        author_desk.save_text(article, based_on=1, body=body),
        author_desk.send("articles_article_add", **{**TEXT, **ABOUT, "locale": "en", "body": body}),
    ):
        html = answer.content.decode()
        assert "Ensure this value has at most 1000000 characters" in html
        assert body in html
    assert article.texts.get().head.number == 1


def test_a_browser_does_not_cut_a_text_that_is_too_long(author_desk: Desk) -> None:
    html = words(author_desk.open("articles_article_add"))

    assert "maxlength" not in re.findall("<textarea[^>]*desk-body[^>]*>", html)[0]


def test_what_is_larger_than_any_form_is_refused_unread_and_says_so(author_desk: Desk) -> None:
    article = author_desk.write_article()
    url = reverse("admin:articles_working_copy", args=[article.pk, "en"])
    huge = {"act": "keep", "body": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}

    page = author_desk.client.post(url, huge)
    script = author_desk.client.post(url, huge, headers={"Accept": "application/json"})

    assert (page.status_code, script.status_code) == (413, 413)
    assert "larger than 8 MB" in words(page)
    assert "nothing was saved" in words(page)
    assert script.json() == {"refused": "This is larger than 8 MB."}


def test_a_page_says_what_a_bad_request_is(author_desk: Desk) -> None:
    answer = author_desk.open("articles_article_changelist", query="?q=%00")

    assert "Nothing was changed. Go back" in words(answer)


def test_markup_in_what_was_typed_is_shown_and_never_run(author_desk: Desk) -> None:
    article = author_desk.write_article(
        title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>", note="<b>x</b>"
    )
    text = article.texts.get()

    for answer in (
        author_desk.open("articles_article_changelist"),
        author_desk.open("articles_article_change", article.pk),
        author_desk.open("articles_text_history", article.pk, "en"),
        author_desk.open("channels_preview", text.pk),
    ):
        html = answer.content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<b>x</b>" not in html


def test_forms_are_not_accepted_from_other_sites(author_desk: Desk) -> None:
    article = author_desk.write_article()
    client = Client(enforce_csrf_checks=True)
    client.force_login(author_desk.user)

    answer = client.post(
        reverse("admin:articles_text_move", args=[article.pk, "en"]),
        {"action": "submit", "revision": 1},
    )

    assert answer.status_code == 403


def test_our_pages_obey_the_content_security_policy(publisher_desk: Desk) -> None:
    fact = snippet("phone.care", "phone", "+448081570101").snippet
    article = published("Live", "Ring {{ phone.care }}.")

    for page, *args in (
        ("index",),
        ("articles_article_changelist",),
        ("articles_article_add",),
        ("articles_article_change", article.pk),
        ("articles_snippet_changelist",),
        ("articles_snippet_change", fact.pk),
        ("articles_topic_changelist",),
        ("articles_attachment_add",),
        ("channels_publish",),
        ("channels_retire", article.pk),
        ("channels_edition_change", 1),
        ("channels_updaterequest_changelist",),
        ("channels_preview", article.texts.get().pk),
    ):
        html = publisher_desk.open(page, *args).content.decode()
        assert "<style" not in html, page
        assert " style=" not in html, page
        assert " onclick=" not in html, page
        assert "<script>" not in html, page


def test_agents_and_visitors_do_not_come_in(agent: object, db: None) -> None:
    client = Client()
    client.force_login(agent)  # type: ignore[arg-type]

    for someone in (client, Client()):
        answer = someone.get(reverse("admin:articles_article_changelist"))
        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]
