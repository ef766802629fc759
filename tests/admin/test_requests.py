"""Readers' requests at the desk: the most wanted first, and a way from each to its draft."""

from __future__ import annotations

import re

import pytest

from articles.models import Article
from channels.models import UpdateRequest
from channels.operations.requests import ask, vote
from channels.voters import Voter
from tests.admin.desk import ABOUT, TEXT, Desk, words
from tests.building import publish_texts, published, write_approved


def wish(sentence: str, *, votes: int = 1, article: Article | None = None) -> UpdateRequest:
    request = ask(
        voter=Voter.of("browser", 0),
        locale="en",
        sentence=sentence,
        origin="website",
        audience_rank=0,
        article=article,
    )
    for number in range(1, votes):
        vote(voter=Voter.of("browser", number), request=request)
    return request


def test_the_most_wanted_comes_first(author_desk: Desk) -> None:
    wish("Say how long a refund takes", votes=2)
    wish("Explain roaming in Norway", votes=5)
    wish("Fix the typo", votes=1)

    page = words(author_desk.open("channels_updaterequest_changelist"))

    assert page.index("Explain roaming") < page.index("Say how long") < page.index("Fix the typo")


def test_requests_are_narrowed_by_state_language_and_origin(author_desk: Desk) -> None:
    wish("Explain roaming in Norway")

    for query, shown in (
        ("?state__exact=open&locale=en&origin__exact=website", True),
        ("?state__exact=declined", False),
        ("?locale=zh-hans", False),
        ("?origin__exact=agent", False),
    ):
        page = words(author_desk.open("channels_updaterequest_changelist", query=query))
        assert ("Explain roaming" in page) is shown


def test_the_list_says_language_as_all_lists_do(author_desk: Desk) -> None:
    wish("Explain roaming in Norway")

    page = words(author_desk.open("channels_updaterequest_changelist", query="?o=5"))

    assert re.search(r"column-language.*?>Language</a>", page, re.DOTALL)
    assert "Locale" not in page


def test_a_draft_starts_at_the_articles_text_and_publishing_it_answers_the_request(
    author_desk: Desk,
) -> None:
    article = published("Roaming")
    asked = wish("Add Norway", article=article)

    answer = author_desk.send("channels_updaterequest_act", asked.pk, act="draft")

    assert f"/admin/articles/article/{article.pk}/change/?locale=en" in answer.redirect_chain[0][0]
    asked.refresh_from_db()
    assert asked.state == "in_work"
    publish_texts(write_approved("Roaming", "Norway too.", article=article))
    asked.refresh_from_db()
    assert (asked.state, asked.published_in_id) == ("published", 2)


def test_a_request_for_what_is_not_written_starts_with_its_sentence_as_the_title(
    author_desk: Desk,
) -> None:
    asked = wish("Explain roaming in Norway")

    form = words(author_desk.open("channels_updaterequest_draft", asked.pk))
    assert 'value="Explain roaming in Norway"' in form
    assert not Article.objects.exists()
    typed = {**TEXT, **ABOUT, "locale": "en", "title": "Roaming in Norway"}
    author_desk.send("channels_updaterequest_draft", asked.pk, **typed)

    asked.refresh_from_db()
    assert asked.state == "in_work"
    assert asked.answered_by is not None
    assert str(asked.answered_by.texts.get()) == "Roaming in Norway"
    assert "Roaming in Norway" in words(author_desk.open("channels_updaterequest_change", asked.pk))


def test_a_draft_that_cannot_be_saved_leaves_the_request_open(author_desk: Desk) -> None:
    asked = wish("Explain roaming in Norway")

    answer = author_desk.send("channels_updaterequest_draft", asked.pk, title="", locale="en")

    assert "This field is required" in words(answer)
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == ("open", None)


def test_the_page_of_a_request_offers_what_the_workflow_knows(author_desk: Desk) -> None:
    asked = wish("Add Norway", article=published("Roaming"))

    def offered() -> set[str]:
        page = words(author_desk.open("channels_updaterequest_change", asked.pk))
        return set(re.findall(r'name="act" value="(\w+)"', page)) - {"hide"}

    assert offered() == {"draft", "plan", "decline", "assign"}
    author_desk.send("channels_updaterequest_act", asked.pk, act="draft")
    assert offered() == {"plan", "reopen", "decline", "assign"}
    author_desk.send("channels_updaterequest_act", asked.pk, act="decline", reason="No.")
    assert offered() == {"reopen"}


def test_declining_needs_a_reason_and_can_be_taken_back(author_desk: Desk) -> None:
    asked = wish("Free phones for all")

    without = author_desk.send("channels_updaterequest_act", asked.pk, act="decline", reason="")
    assert "Say why the request is declined" in words(without)
    author_desk.send("channels_updaterequest_act", asked.pk, act="decline", reason="We sell them.")
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("declined", "We sell them.")

    author_desk.send("channels_updaterequest_act", asked.pk, act="reopen")
    asked.refresh_from_db()
    assert asked.state == "open"


def test_a_request_is_planned_hidden_shown_and_given_an_article(author_desk: Desk) -> None:
    article = published("Roaming")
    asked = wish("Explain roaming in Norway")

    author_desk.send("channels_updaterequest_act", asked.pk, act="plan")
    author_desk.send("channels_updaterequest_act", asked.pk, act="hide")
    author_desk.send(
        "channels_updaterequest_act", asked.pk, act="assign", article=article.public_id
    )
    asked.refresh_from_db()
    assert (asked.state, asked.hidden, asked.answered_by) == ("planned", True, article)

    author_desk.send("channels_updaterequest_act", asked.pk, act="show")
    asked.refresh_from_db()
    assert not asked.hidden


def test_an_unknown_act_or_article_is_told_and_changes_nothing(author_desk: Desk) -> None:
    asked = wish("Explain roaming in Norway")

    for data in (
        {"act": "delete"},
        {"act": "assign", "article": "nowhere"},
        {"act": "assign", "article": "\x00"},
    ):
        answer = author_desk.send("channels_updaterequest_act", asked.pk, **data)
        assert answer.status_code == 409
        assert "errorlist" in words(answer) or 'class="error"' in words(answer)
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == ("open", None)


@pytest.mark.parametrize(
    "typed", ["roaming", "/en/articles/roaming/", "https://hub.example/en/articles/roaming"]
)
def test_the_article_that_answers_is_named_by_its_address_as_well(
    author_desk: Desk, typed: str
) -> None:
    article = published("Roaming", slug="roaming")
    published("Other", slug="other")
    asked = wish("Explain roaming in Norway")

    author_desk.send("channels_updaterequest_act", asked.pk, act="assign", article=typed)

    asked.refresh_from_db()
    assert asked.answered_by == article


def test_what_was_typed_for_a_request_stays_when_it_is_refused(author_desk: Desk) -> None:
    asked = wish("Explain roaming in Norway")
    page = words(
        author_desk.send("channels_updaterequest_act", asked.pk, act="assign", article="norway-1")
    )
    assert "There is no article with this id or address." in page
    assert 'value="norway-1"' in page
