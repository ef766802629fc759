"""The main job, at the desk: write, review, publish; what stands in the way is named."""

from __future__ import annotations

from django.urls import reverse

from articles.models import Article, ArticleText, Revision
from channels.models import Edition, Release
from tests.admin.desk import Desk, state, words
from tests.building import published, snippet, write_approved


def test_a_text_goes_from_the_first_draft_to_the_website_by_the_desk_alone(
    author_desk: Desk, reviewer_desk: Desk, publisher_desk: Desk
) -> None:
    article = author_desk.write_article(body="Open the setings.", tags="esim, setup")
    author_desk.move(article, "submit", revision=1)
    reviewer_desk.move(article, "reject", revision=1, reason="A letter is missing.")
    assert state(article) == "rejected"
    page = author_desk.open("articles_article_change", article.pk)
    assert "A letter is missing." in words(page)

    author_desk.save_text(article, based_on=1, body="Open the settings.")
    author_desk.move(article, "submit", revision=2)
    reviewer_desk.move(article, "approve", revision=2)
    text = ArticleText.objects.get(article=article)
    answer = publisher_desk.send("channels_publish_text", text.pk, revision=2)

    assert "Published in edition 1" in words(answer)
    assert article.tags == ["esim", "setup"]
    live = author_desk.client.get(f"/api/v1/articles/{article.public_id}/?format=text")
    assert "Open the settings." in live.content.decode()
    assert live["Knowledge-Edition"] == "1"


def test_an_author_is_not_offered_approval_and_cannot_force_it(author_desk: Desk) -> None:
    article = author_desk.write_article()
    author_desk.move(article, "submit", revision=1)

    page = author_desk.open("articles_article_change", article.pk)
    answer = author_desk.move(article, "approve", revision=1)

    assert 'value="withdraw"' in words(page)
    assert 'value="approve"' not in words(page)
    assert "may not do this" in words(answer)
    assert state(article) == "in_review"


def test_only_the_steps_that_the_workflow_knows_are_offered(reviewer_desk: Desk) -> None:
    article = reviewer_desk.write_article()

    page = words(reviewer_desk.open("articles_article_change", article.pk))

    assert 'value="submit"' in page
    assert 'value="approve"' not in page
    assert 'value="publish"' not in page


def test_a_submit_names_each_line_that_cannot_be_told(author_desk: Desk) -> None:
    article = author_desk.write_article(
        body="Fine.\n\n[Click](javascript:alert(1))\n\nIt costs {{ price.nowhere }}."
    )

    answer = words(author_desk.move(article, "submit", revision=1))

    assert "Line 3:" in answer
    assert "price.nowhere" in answer
    assert state(article) == "draft"


def test_a_decision_is_about_the_revision_that_was_read(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article()
    author_desk.move(article, "submit", revision=1)
    author_desk.save_text(article, based_on=1, body="Something else.")
    author_desk.move(article, "submit", revision=2)

    answer = reviewer_desk.move(article, "approve", revision=1)

    assert "newer revision" in words(answer)
    assert state(article) == "in_review"


def test_a_refused_publish_names_the_article_and_why_and_keeps_the_choice(
    publisher_desk: Desk,
) -> None:
    good = write_approved("Good")
    bad = write_approved("Bad", "See [the other](article:nowhere99).")

    answer = publisher_desk.send("channels_publish", text=[good.pk, bad.pk], name="Both")

    assert answer.status_code == 409
    assert f"Bad ({bad.text.article.public_id}, en)" in words(answer)
    assert "article nowhere99 is dead" in words(answer)
    assert words(answer).count("checked>") == 2
    assert not Edition.objects.exists()


def test_what_is_refused_leaves_no_release_however_often_it_is_tried(publisher_desk: Desk) -> None:
    bad = write_approved("Bad", "See [the other](article:nowhere99).")

    for _ in range(3):
        publisher_desk.send("channels_publish", text=[bad.pk], name="Autumn")
        publisher_desk.send("channels_publish_text", bad.text_id, revision=1)

    assert not Release.objects.exists()
    assert "Autumn" not in words(publisher_desk.open("channels_release_changelist"))


def test_what_is_chosen_goes_live_as_one_release_and_the_rest_waits(publisher_desk: Desk) -> None:
    first, second = write_approved("First"), write_approved("Second")
    third = write_approved("Third")

    publisher_desk.send("channels_publish", text=[first.pk, second.pk], name="Autumn")

    release = Release.objects.get()
    assert (release.name, release.edition_id, release.items.count()) == ("Autumn", 1, 2)
    assert Edition.objects.get().note == "Autumn"
    waiting = words(publisher_desk.open("channels_publish"))
    assert third.title in waiting
    assert first.title not in waiting


def test_nothing_chosen_publishes_nothing(publisher_desk: Desk) -> None:
    write_approved()

    answer = publisher_desk.send("channels_publish")

    assert "Choose what to publish" in words(answer)
    assert not Release.objects.exists()


def test_the_publish_page_shows_which_live_texts_a_snippet_changes(publisher_desk: Desk) -> None:
    snippet("price.plan-s", "money", {"amount": "10.00", "currency": "GBP"})
    article = published("What Plan S costs", "It costs {{ price.plan-s }}.")
    cheaper = snippet("price.plan-s", "money", {"amount": "9.00", "currency": "GBP"})

    page = words(publisher_desk.open("channels_publish"))
    publisher_desk.send("channels_publish", snippet=[cheaper.pk])

    assert "1 live text" in page
    assert "What Plan S costs (en)" in page
    assert "9.00 GBP" in page
    told = publisher_desk.client.get(f"/api/v1/articles/{article.public_id}/?format=text")
    assert "£9" in told.content.decode()


def test_a_changed_audience_waits_for_publishing_too(publisher_desk: Desk) -> None:
    article = published("Only for agents now")
    publisher_desk.send(
        "articles_article_change", article.pk, kind="support", audience="agent", based_on=1
    )

    assert "Only for agents now" in words(publisher_desk.open("channels_publish"))


def test_renamed_topics_can_go_live_alone(publisher_desk: Desk) -> None:
    publisher_desk.send("articles_topic_add", slug="plans", parent="", name_en="Plans")

    assert "<code>plans</code>" in words(publisher_desk.open("channels_publish"))
    publisher_desk.send("channels_publish")

    assert Edition.objects.count() == 1


def test_retiring_asks_first_and_then_tells_the_article_no_more(publisher_desk: Desk) -> None:
    article = published("Old offer")

    asked = publisher_desk.open("channels_retire", article.pk)
    assert "Old offer" in words(asked)
    assert Edition.objects.count() == 1
    publisher_desk.send("channels_retire", article.pk)

    assert state(article) == "retired"
    gone = publisher_desk.client.get(f"/api/v1/articles/{article.public_id}/")
    assert gone.status_code == 404


def test_an_article_with_a_newer_draft_can_still_be_retired(publisher_desk: Desk) -> None:
    article = published("Old offer")
    publisher_desk.save_text(article, based_on=1, body="A draft that came too late.")

    page = words(publisher_desk.open("articles_article_change", article.pk))

    assert reverse("admin:channels_retire", args=[article.pk]) in page


def test_going_back_asks_first_and_makes_a_new_edition(publisher_desk: Desk) -> None:
    published("First")
    article = published("Second")

    page = words(publisher_desk.open("channels_edition_change", 1))
    publisher_desk.open("channels_edition_go_back", 1)
    assert Edition.objects.count() == 2
    publisher_desk.send("channels_edition_go_back", 1, note="The offer was withdrawn")

    assert "Go back to this edition" in page
    assert Edition.objects.get(number=3).note == "The offer was withdrawn"
    assert state(article) == "retired"


def test_going_back_to_what_is_told_already_is_refused_in_words(publisher_desk: Desk) -> None:
    published()

    answer = publisher_desk.send("channels_edition_go_back", 1)

    assert "Nothing changes" in words(answer)


def test_authors_see_editions_but_cannot_publish_retire_or_go_back(author_desk: Desk) -> None:
    article = published()
    text = article.texts.get()

    assert author_desk.open("channels_edition_change", 1).status_code == 200
    assert author_desk.open("channels_publish").status_code == 403
    assert author_desk.send("channels_publish").status_code == 403
    assert author_desk.send("channels_publish_text", text.pk, revision=1).status_code == 403
    assert author_desk.send("channels_retire", article.pk).status_code == 403
    assert author_desk.send("channels_edition_go_back", 1).status_code == 403
    assert Edition.objects.count() == 1


def test_publishing_never_follows_from_opening_a_page(publisher_desk: Desk) -> None:
    revision = write_approved()

    assert publisher_desk.open("channels_publish_text", revision.text_id).status_code == 405
    assert (
        publisher_desk.open("articles_text_move", revision.text.article_id, "en").status_code == 405
    )
    assert not Edition.objects.exists()


def test_who_signed_in_again_where_a_page_only_sends_is_told_that_nothing_was_done(
    publisher_desk: Desk,
) -> None:
    revision = write_approved()
    article = revision.text.article_id

    for page, place, led_to in (
        ("articles_text_move", (article, "en"), f"/admin/articles/article/{article}/change/"),
        ("channels_publish_text", (revision.text_id,), "/admin/channels/release/"),
        ("articles_view_save", (), "/admin/articles/article/"),
    ):
        answer = publisher_desk.open(page, *place)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert "was not done" in words(answer)
        assert f'href="{led_to}">Open the page' in words(answer)
        assert publisher_desk.client.get(led_to).status_code == 200


def test_taking_back_is_offered_to_the_author_and_reviewers_send_back(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    article = author_desk.write_article()
    author_desk.move(article, "submit", revision=1)

    page = words(reviewer_desk.open("articles_article_change", article.pk))

    assert 'value="reject"' in page
    assert 'value="withdraw"' not in page
    assert 'value="withdraw"' in words(author_desk.open("articles_article_change", article.pk))


def test_a_preview_shows_agents_more_than_the_website_and_what_the_phone_says(
    author_desk: Desk,
) -> None:
    snippet("price.sim", "money", {"amount": "5.00", "currency": "GBP"})
    article = author_desk.write_article(
        body="A new SIM costs {{ price.sim }}.\n\n::: agent\nWaive it for Plan L.\n:::"
    )

    page = words(author_desk.open("channels_preview", article.texts.get().pk))
    website, rest = page.split('id="agent"')
    agent, phone = rest.split('id="phone"')

    assert "£5" in website
    assert "Waive it" not in website
    assert "Waive it" in agent
    assert "5 British pounds" in phone
    assert "Waive it" not in phone


def test_a_preview_of_what_cannot_be_told_says_why(author_desk: Desk) -> None:
    article = author_desk.write_article(body="It costs {{ price.nowhere }}.")

    page = author_desk.open("channels_preview", article.texts.get().pk)

    assert page.status_code == 200
    assert "price.nowhere" in words(page)


def test_a_new_article_is_made_whole_or_not_at_all(author_desk: Desk) -> None:
    author_desk.write_article(slug="esim")

    answer = author_desk.send(
        "articles_article_add",
        locale="en",
        title="Another",
        slug="esim",
        body="Kept as typed.",
        kind="support",
        audience="public",
    )

    assert "Another article has the address" in words(answer)
    assert "Kept as typed." in words(answer)
    assert Article.objects.count() == 1
    assert Revision.objects.count() == 1
