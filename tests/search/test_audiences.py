"""No reader finds a word that is not told to them."""

from __future__ import annotations

import pytest

from articles.audiences import AGENT, AUDIENCES, PUBLIC, rank
from channels.operations.outbox import drain
from channels.search.queries import search
from tests.building import published
from tests.search.conftest import Titles

WITH_NOTE = """Everyone may read this about refunds.

::: agent "For agents"
Offer the canaryword refund.
:::
"""


@pytest.mark.parametrize(
    "question", ["canaryword", "canarywords", "CANARYWORD?", "text:canaryword"]
)
def test_an_agents_note_is_found_by_agents_alone(found: Titles, question: str) -> None:
    published("Refunds", WITH_NOTE)
    for audience in AUDIENCES:
        expected = ["Refunds"] if audience == AGENT else []
        assert found(question, audience=audience) == expected


def test_a_snippet_tells_a_reader_only_what_is_theirs(found: Titles) -> None:
    published("Refunds", WITH_NOTE)
    found("")
    for audience in AUDIENCES:
        (hit,) = search("offer refund", locale="en", rank=rank(audience)).hits
        assert ("canaryword" in hit.snippet_html) == (audience == AGENT)


def test_every_reader_finds_an_article_once(found: Titles) -> None:
    published("Refunds", WITH_NOTE)
    for audience in AUDIENCES:
        assert found("refund", audience=audience) == ["Refunds"]


def test_an_article_for_agents_is_hidden_from_all_others(found: Titles) -> None:
    published("Retention offers", "Give ten percent.", audience=AGENT)
    assert [a for a in AUDIENCES if found("retention percent", audience=a)] == [AGENT]


def test_the_order_of_hits_tells_nothing_about_what_others_read(found: Titles) -> None:
    published("Alpha", "zinc zinc plan and more words here")
    published("Beta", "plan plan zinc and more words here")
    before = found("zinc plan")
    for number in range(5):
        published(f"Secret {number}", "zinc only", audience=AGENT)
    drain()
    assert found("zinc plan") == before
    assert len(found("zinc plan", audience=AGENT)) == 7
    assert search("zinc", locale="en", rank=rank(PUBLIC)).total == 2
