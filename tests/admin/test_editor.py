"""The editor on an article's page: what its scripts are answered, and what the page tells."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, ArticleText, Attachment, Revision, Significance
from articles.operations.audit import system_user
from articles.operations.reviewing import reject, submit
from articles.operations.topics import save_topic
from articles.operations.working_copies import keep_working_copy, working_copies_of
from articles.operations.writing import update_article
from channels.admin import speaking
from tests.admin.desk import Desk, words
from tests.admin.test_requests import wish
from tests.building import publish_texts, published, snippet, write, write_approved
from tests.services import missing

AT_MOST = 22  # statements an article's page takes; 25 are promised


def ask(desk: Desk, page: str, article: Article, locale: str = "en", **typed: Any) -> HttpResponse:
    return desk.client.post(reverse(f"admin:{page}", args=[article.pk, locale]), typed)


def preview(desk: Desk, article: Article, body: str, **typed: Any) -> dict[str, Any]:
    typed = {"title": "Activate an eSIM", "view": "website", "audience": "public", **typed}
    answer = ask(desk, "channels_typed_preview", article, body=body, **typed)
    assert answer.status_code == 200, answer.content
    return answer.json()


# The preview


def test_the_preview_shows_the_typed_text_to_each_kind_of_reader_and_stores_nothing(
    author_desk: Desk,
) -> None:
    snippet("price.sim", "money", {"amount": "5.00", "currency": "GBP"})
    article = author_desk.write_article(body="Saved.")
    typed = "A SIM costs {{ price.sim }}.\n\n::: agent\nWaive it.\n:::"

    website = preview(author_desk, article, typed)
    assert "costs <span" in website["html"]
    assert "£5" in website["html"]
    assert "Waive it" not in website["html"]
    assert "Waive it" in preview(author_desk, article, typed, audience="agent")["html"]
    assert "Waive it" in preview(author_desk, article, typed, view="agent")["html"]
    phone = preview(author_desk, article, typed, view="phone")
    assert "5 British pounds" in phone["script"]
    assert 3 <= phone["seconds"] <= 8
    assert Revision.objects.filter(text__article=article).count() == 1


def test_a_feeds_links_lead_to_this_site_from_everywhere(author_desk: Desk) -> None:
    other = write("Other").text.article
    article = author_desk.write_article()

    feed = preview(author_desk, article, f"See [it](article:{other.public_id}).", view="feed")

    assert f'href="http://testserver/en/a/{other.public_id}/"' in feed["html"]


def test_the_preview_says_that_all_formats_say_the_same_words(author_desk: Desk) -> None:
    shown = preview(author_desk, author_desk.write_article(), "One two three.")

    assert shown["same"] is True
    assert shown["verdict"] == "All formats say the same 6 words."
    assert shown["problems"] == []


def test_problems_are_told_by_line_and_the_rest_is_shown(author_desk: Desk) -> None:
    article = author_desk.write_article()

    shown = preview(
        author_desk,
        article,
        "Fine.\n\n[No](javascript:1)\n\nCosts {{ price.nowhere }}.\n\nSee [it](article:nowhere99).",
    )

    assert {problem["line"] for problem in shown["problems"]} == {3, 5, 7}
    assert "Fine." in shown["html"]
    assert "⟨price.nowhere⟩" in shown["html"]
    assert "javascript" not in shown["html"]


def test_what_can_not_be_shown_at_all_says_why(author_desk: Desk) -> None:
    snippet("a.block", "text", {"en": "One.\n\nTwo."})
    article = author_desk.write_article()

    shown = preview(author_desk, article, "It is {{ a.block }} here.")

    assert shown["html"] == ""
    assert shown["same"] is False
    assert [problem["line"] for problem in shown["problems"]] == [1]


def test_who_may_not_read_the_article_is_not_shown_it(author_desk: Desk) -> None:
    article = author_desk.write_article(audience="partner")

    assert preview(author_desk, article, "Prices.", audience="public")["audience"] == "partner"


def test_an_article_that_is_not_made_yet_is_shown_in_the_language_that_is_chosen_for_it(
    author_desk: Desk,
) -> None:
    snippet("price.sim", "money", {"amount": "5.00", "currency": "GBP"})
    page = words(author_desk.open("articles_article_add"))
    address = reverse("admin:channels_typed_preview", args=["new", "en"])
    assert f'data-preview="{address}"' in page

    typed = {"title": "Karte", "body": "{{ price.sim }}", "locale": "zh-hans", "view": "phone"}
    shown = author_desk.client.post(address, typed).json()

    assert "5英镑" in shown["script"]
    assert shown["same"]
    assert author_desk.client.post(address, typed | {"locale": "xx"}).status_code == 404
    assert not Article.objects.exists()


def test_markup_in_a_text_stays_text(author_desk: Desk) -> None:
    shown = preview(author_desk, author_desk.write_article(), "<script>alert(1)</script>")

    assert "<script" not in shown["html"]


def test_bad_questions_to_the_preview_get_an_answer(author_desk: Desk) -> None:
    article = author_desk.write_article()

    assert ask(author_desk, "channels_typed_preview", article, "xx").status_code == 404
    too_long = ask(author_desk, "channels_typed_preview", article, body="x" * 200_001)
    assert too_long.status_code == 400
    assert "too long" in too_long.json()["refused"]
    odd = preview(author_desk, article, "Fine.", view="nowhere", audience="nobody", title="")
    assert odd["problems"][0]["said"] == "A text needs a title."
    url = reverse("admin:channels_typed_preview", args=[article.pk, "en"])
    assert author_desk.client.get(url).status_code == 405
    for nothing in ("0", "9" * 40, "x"):
        url = reverse("admin:channels_typed_preview", args=[nothing, "en"])
        assert author_desk.client.post(url).status_code == 404


def test_a_preview_takes_as_many_statements_for_many_snippets_as_for_one(
    author_desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    keys = [f"price.number-{n}" for n in range(12)]
    for key in keys:
        snippet(key, "money", {"amount": "5.00", "currency": "GBP"})
    article = author_desk.write_article()

    with django_assert_max_num_queries(8):
        shown = preview(author_desk, article, " ".join(f"{{{{ {key} }}}}" for key in keys))

    assert shown["html"].count("£5") == 12


def test_the_phones_script_can_be_heard_where_there_is_a_voice(
    author_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not speaking.program():
        missing("espeak-ng")
    article = author_desk.write_article()

    answer = ask(author_desk, "channels_typed_speech", article, title="Hello", body="World.")

    assert answer["Content-Type"] == "audio/wav"
    assert answer.content[:4] == b"RIFF"
    assert int.from_bytes(answer.content[40:44], "little") == len(answer.content) - 44
    assert len(answer.content) < 200_000

    monkeypatch.setattr(speaking, "PATIENCE", 0.000001)
    late = ask(author_desk, "channels_typed_speech", article, title="Hello", body="World. " * 99)
    assert late.status_code == 503
    assert "too long" in late.json()["refused"]


def test_without_a_voice_there_is_no_play_button(
    author_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = author_desk.write_article()
    monkeypatch.setattr(speaking, "program", lambda: "")
    monkeypatch.setattr("channels.admin.knowledge.program", lambda: "")

    assert "speech/" not in words(author_desk.open("articles_article_change", article.pk))
    answer = ask(author_desk, "channels_typed_speech", article, title="Hello", body="World.")
    assert answer.status_code == 503


# What is kept


def test_what_is_typed_is_kept_offered_taken_and_gone_once_saved(author_desk: Desk) -> None:
    article = author_desk.write_article()
    kept = ask(
        author_desk,
        "articles_working_copy",
        article,
        act="keep",
        based_on=1,
        title="Half a ti",
        body="Half a te",
    )
    assert kept.json()["saved"]
    assert kept.json()["head"] == 1

    page = words(author_desk.open("articles_article_change", article.pk))
    assert "on revision 1." in page
    assert "You have unsaved text of" in page
    assert "Half a te" not in page
    taken = words(author_desk.open("articles_article_change", article.pk, query="?take=en"))
    assert "Half a te</textarea>" in taken
    assert 'value="Half a ti"' in taken
    assert 'name="based_on" value="1" id="id_en_based_on"' in taken
    assert "data-unsaved" in taken

    author_desk.save_text(article, based_on=1, title="A title", body="A text.")
    page = words(author_desk.open("articles_article_change", article.pk))
    assert "on revision 1." not in page


def test_what_is_kept_can_be_dropped_without_a_script(author_desk: Desk) -> None:
    article = author_desk.write_article()
    ask(author_desk, "articles_working_copy", article, act="keep", based_on=1, body="Half")

    answer = author_desk.send("articles_working_copy", article.pk, "en", act="drop", then="page")

    assert answer.status_code == 200
    assert "on revision 1." not in words(answer)
    assert working_copies_of(author_desk.user, article) == {}


def test_what_was_typed_on_an_older_revision_meets_the_newer_one_as_a_conflict(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article(body="One.\n\nTwo.")
    ask(
        author_desk,
        "articles_working_copy",
        article,
        act="keep",
        based_on=1,
        title="Activate an eSIM",
        body="One, mine.\n\nTwo.",
    )
    reviewer_desk.save_text(article, based_on=1, body="One.\n\nTwo, theirs.")

    taken = words(author_desk.open("articles_article_change", article.pk, query="?take=en"))
    assert 'name="based_on" value="1" id="id_en_based_on"' in taken
    answer = author_desk.save_text(article, based_on=1, body="One, mine.\n\nTwo.")
    assert answer.status_code == 409


def test_two_editors_see_each_other(author_desk: Desk, reviewer_desk: Desk) -> None:
    article = author_desk.write_article()
    ask(author_desk, "articles_working_copy", article, act="seen")

    seen = ask(reviewer_desk, "articles_working_copy", article, "zh-hans", act="seen").json()

    assert seen["others"] == [{"name": "ada", "language": "English"}]
    page = words(reviewer_desk.open("articles_article_change", article.pk))
    assert "Also here now: ada (en)" in " ".join(page.split())


def test_whoever_is_there_learns_that_somebody_saved(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article()
    reviewer_desk.save_text(article, based_on=1, body="Newer.")

    told = ask(author_desk, "articles_working_copy", article, act="seen").json()

    assert (told["head"], told["author"]) == (2, "rosa")


def test_bad_working_copies_get_an_answer(author_desk: Desk) -> None:
    article = author_desk.write_article()
    for locale, typed, status in (
        ("xx", {"act": "seen"}, 404),
        ("en", {"act": "keep", "title": "x" * 9_999}, 400),
        ("en", {"act": "keep", "based_on": "x" * 50, "body": "\x00"}, 200),
        ("en", {}, 200),
    ):
        answer = ask(author_desk, "articles_working_copy", article, locale, **typed)
        assert answer.status_code == status, typed
    url = reverse("admin:articles_working_copy", args=[article.pk, "en"])
    assert author_desk.client.get(url).status_code == 405
    huge = author_desk.client.post(url, {"act": "keep", "body": "x" * 5_000_000})
    assert huge.status_code in (400, 413)


# Signed out


@pytest.mark.parametrize(
    "page", ["articles_working_copy", "channels_typed_preview", "channels_typed_speech"]
)
def test_who_is_signed_out_is_told_so_and_not_led_away(
    author_desk: Desk, agent: User, page: str
) -> None:
    article = author_desk.write_article()
    url = reverse(f"admin:{page}", args=[article.pk, "en"])

    signed_out = Client().post(url, {"body": "Typed."})
    assert signed_out.status_code == 401
    assert "signed out" in signed_out.json()["refused"]
    stranger = Client()
    stranger.force_login(agent)
    assert stranger.post(url, {"body": "Typed."}).status_code == 403


def test_a_form_that_is_sent_after_the_session_ended_leads_back_to_the_text(
    author_desk: Desk,
) -> None:
    article = author_desk.write_article()
    url = reverse("admin:articles_text", args=[article.pk, "en"])
    keep_working_copy(
        actor=author_desk.user,
        article=article,
        locale="en",
        based_on=1,
        content={"title": "Typed", "body": "Typed."},
    )

    sent = Client().post(url, {"title": "Typed", "body": "Typed.", "based_on": 1})
    assert sent.status_code == 302
    assert sent["Location"].endswith(f"?next={url}")
    back = author_desk.client.get(url, follow=True)

    assert "on revision 1." in words(back)


# Completion and pictures


def complete(desk: Desk, **asked: str) -> list[dict[str, Any]]:
    answer = desk.client.get(reverse("admin:articles_complete"), asked)
    assert answer.status_code == 200
    return answer.json()["results"]


def test_a_snippet_is_found_by_its_key_those_that_begin_with_it_first(author_desk: Desk) -> None:
    snippet("old.price.sim", "text", {"en": "free"})
    snippet("price.sim", "money", {"amount": "5.00", "currency": "GBP"})

    found = complete(author_desk, kind="snippet", q="price")

    assert [one["key"] for one in found] == ["price.sim", "old.price.sim"]
    assert found[0]["value"] == "5.00 GBP"


def test_an_article_is_found_by_a_title_in_any_language_and_named_once(author_desk: Desk) -> None:
    article = write("Activate an eSIM").text.article
    write("激活 eSIM", article=article, locale="zh-hans")
    write("Something else")

    english = complete(author_desk, kind="article", q="esim", locale="en")
    chinese = complete(author_desk, kind="article", q="激活", locale="zh-hans")

    assert [(one["id"], one["title"]) for one in english] == [
        (article.public_id, "Activate an eSIM")
    ]
    assert [one["title"] for one in chinese] == ["激活 eSIM"]
    assert complete(author_desk, kind="article", q=article.public_id[:6])


def test_completion_is_short_and_takes_few_statements(
    author_desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(15):
        snippet(f"price.number-{number}", "money", {"amount": "5.00", "currency": "GBP"})

    with django_assert_max_num_queries(5):
        assert len(complete(author_desk, kind="snippet", q="")) == 12
    assert complete(author_desk, kind="snippet", q="\x00%_") == []
    url = reverse("admin:articles_complete")
    assert author_desk.client.get(url, {"kind": "person"}).status_code == 400
    assert author_desk.client.post(url).status_code == 405


def test_a_dropped_picture_is_kept_and_its_address_told(author_desk: Desk) -> None:
    file = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(file, "PNG")
    upload = SimpleUploadedFile("red.png", file.getvalue(), "image/png")

    answer = author_desk.client.post(reverse("admin:articles_picture"), {"file": upload})

    attachment = Attachment.objects.get()
    assert answer.json()["source"] == f"media:{attachment.name}"
    shown = author_desk.client.get(answer.json()["url"])
    assert b"".join(shown.streaming_content) == file.getvalue()


def test_what_is_no_picture_is_refused_in_words(author_desk: Desk) -> None:
    url = reverse("admin:articles_picture")
    upload = SimpleUploadedFile("page.png", b"<html>", "image/png")

    answer = author_desk.client.post(url, {"file": upload})

    assert answer.status_code == 400
    assert "page.png is a web page" in answer.json()["refused"]
    assert author_desk.client.post(url).status_code == 400


# Merging


def test_a_second_save_can_be_merged_where_different_lines_changed(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article(body="One.\n\nTwo.\n\nThree.")
    reviewer_desk.save_text(article, based_on=1, body="One.\n\nTwo.\n\nThree, theirs.")
    typed = {"title": "A better title", "body": "One, mine.\n\nTwo.\n\nThree."}
    refused = words(author_desk.save_text(article, based_on=1, **typed))
    assert '<button type="submit" class="button" name="merge" value="1">' in refused

    answer = author_desk.save_text(article, based_on=2, merge="1", **typed)

    page = words(answer).replace("\r\n", "\n")
    assert answer.status_code == 200
    assert "Merged, not saved yet" in page
    assert "Nobody changed the same lines" in page
    assert "One, mine.\n\nTwo.\n\nThree, theirs.\n</textarea>" in page
    assert 'value="A better title"' in page
    assert ArticleText.objects.get(article=article).head.number == 2


def test_what_both_changed_is_marked_and_can_not_be_saved_before_somebody_chose(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article(title="Title", body="Costs £5.")
    reviewer_desk.save_text(article, based_on=1, title="Their title", body="Costs £6.")

    merged = words(
        author_desk.save_text(article, based_on=2, merge="1", title="My title", body="Costs £7.")
    ).replace("\r\n", "\n")

    marked = "<<<<<<< yours\nCosts £7.\n=======\nCosts £6.\n>>>>>>> theirs"
    assert f"{marked}\n</textarea>" in merged
    assert "In 1 place both of you changed the same lines." in merged
    assert "Title: both of you changed it." in merged
    assert "Their title" in merged
    assert 'value="My title"' in merged
    unchosen = author_desk.save_text(article, based_on=2, title="My title", body=marked)
    assert unchosen.status_code == 409
    assert "Two versions still stand here" in words(unchosen)
    assert ArticleText.objects.get(article=article).head.number == 2
    author_desk.save_text(article, based_on=2, title="My title", body="Costs £7.")
    assert ArticleText.objects.get(article=article).head.number == 3


# What the page tells, and the fields of a revision


def test_the_page_tells_what_is_live_since_when_and_how_far_the_draft_is_from_it(
    author_desk: Desk,
) -> None:
    article = published("Activate an eSIM", "Open the old settings.")
    write("Activate an eSIM", "Open all the settings.", article=article)

    page = " ".join(words(author_desk.open("articles_article_change", article.pk)).split())

    assert "Live since edition 1" in page
    assert "live is revision 1: since then +1 −1 words" in page
    assert "owned by nobody" in page


def test_the_open_page_of_a_translation_has_its_source_beside_it(author_desk: Desk) -> None:
    article = author_desk.write_article()
    author_desk.save_text(article, based_on=0, locale="zh-hans", title="激活", body="打开设置。")

    page = words(author_desk.open("articles_article_change", article.pk, query="?locale=zh-hans"))

    opened = re.findall(r'<details class="desk-section desk-locale" id="text-(\S+)" open>', page)
    assert opened == ["en", "zh-hans"]


def test_a_revision_says_what_it_changed_and_which_source_it_translates(author_desk: Desk) -> None:
    article = author_desk.write_article()
    author_desk.save_text(article, based_on=1, body="A letter less.", significance="typo")
    page = words(author_desk.open("articles_article_change", article.pk))
    assert 'name="translation_of"' in page
    assert "id_en_translation_of" not in page

    author_desk.save_text(
        article, based_on=0, locale="zh-hans", title="激活", body="打开。", translation_of="2"
    )

    source, translation = Revision.objects.order_by("pk")[1:]
    assert source.significance == Significance.TYPO
    assert translation.translation_of == source
    page = words(author_desk.open("articles_article_change", article.pk))
    assert re.search(r'<option value="2" selected>revision 2 of', page)


def test_a_source_revision_that_never_was_is_an_error_at_its_field(author_desk: Desk) -> None:
    article = author_desk.write_article()
    answer = author_desk.save_text(
        article, based_on=0, locale="zh-hans", title="激活", body="打开。", translation_of="7"
    )

    assert answer.status_code == 409
    assert "打开。" in words(answer)
    assert not ArticleText.objects.filter(locale="zh-hans").exists()


def test_the_page_takes_as_many_statements_however_much_was_written(
    author_desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    topic = save_topic(actor=system_user(), slug="sim-cards", names={"en": "SIM cards"})
    article = published("Activate an eSIM", "One.", topic=topic)
    with django_assert_max_num_queries(AT_MOST):
        author_desk.open("articles_article_change", article.pk)

    for number in range(6):
        latest = write_approved("Activate an eSIM", f"Number {number}.", article=article)
        wish(f"How much is number {number}?", article=article)
    for locale in ("zh-hans", "zh-hant"):
        publish_texts(write_approved("激活", "打开。", article=article, locale=locale))
        sent_back = write("激活", "关闭。", article=article, locale=locale)
        text = sent_back.text
        submit(actor=system_user(), text=text, revision=sent_back.number)
        reject(actor=system_user(), text=text, revision=sent_back.number, reason="Too short.")
        ask(author_desk, "articles_working_copy", article, locale, act="keep", body="Half")
    assert latest.number == 7
    other = save_topic(actor=system_user(), slug="phones", names={"en": "Phones"})
    update_article(
        actor=system_user(),
        article=article,
        kind=article.kind,
        audience=article.audience,
        topic=other,
        based_on=article.version,
    )

    with django_assert_max_num_queries(AT_MOST):
        author_desk.open("articles_article_change", article.pk)
