"""No reader finds a word that is not told to them."""

from __future__ import annotations

import pytest

from articles.audiences import AGENT, AUDIENCES, PUBLIC, rank
from channels.operations.outbox import drain
from channels.search.engine import Readers, entry_backend
from channels.search.queries import search
from channels.search.question import read_question
from channels.search.thesaurus import Thesaurus
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


def test_no_reader_is_told_how_a_word_of_others_is_spelled(found: Titles) -> None:
    published("Refunds", WITH_NOTE)
    published("Anrufe", "内部电话。", locale="zh-hans", audience=AGENT)
    found("")
    engine = entry_backend()
    for audience in AUDIENCES:
        told = audience == AGENT
        readers = Readers("en", rank(audience))
        chinese = Readers("zh-hans", rank(audience))
        assert engine.spelled_like("canarywrod", readers) == (["canaryword"] if told else [])
        assert engine.spelled_like("典话", chinese) == (["电话"] if told else [])
        results = search("canarywrod", locale="en", rank=rank(audience))
        assert (results.did_you_mean, results.total) == (("canaryword", 1) if told else ("", 0))


def test_no_word_of_others_crowds_out_a_slip_of_the_readers_own(found: Titles) -> None:
    published("Canaries", "Our canary sings.")
    near = " ".join(f"canar{letter}" for letter in "abcdefghijklmnopqrstuvwxz")
    published("Secret", near, audience=AGENT)
    found("")
    assert entry_backend().spelled_like("canarq", Readers("en", rank(PUBLIC))) == ["canary"]


def test_a_title_for_others_is_never_offered(found: Titles) -> None:
    secret = {"Canary offers", "Canary or not?"}
    published("Canary offers", "Ten percent.", audience=AGENT, questions=["Canary or not?"])
    published("Canal trips", "By boat.")
    found("")
    for typed, told in (("c", {"Canal trips"}), ("cana", {"Canal trips"}), ("canary o", set())):
        for audience in AUDIENCES:
            begun = entry_backend().beginning_with(typed, Readers("en", rank(audience)), most=9)
            expected = told | secret if audience == AGENT else told
            assert {phrase for _, phrase in begun} == expected


def test_no_count_tells_of_what_others_read(found: Titles) -> None:
    published("Fax line", "Send a fax.")
    found("")
    before = _everything_counted()
    for number in range(3):
        published(f"Secret fax {number}", "fax " * 50 + "canaryword", audience=AGENT, kind="sales")
    found("")
    assert _everything_counted() == before


def _everything_counted() -> tuple[object, ...]:
    question = read_question("fax canaryword line", Thesaurus())
    readers = Readers("en", rank(PUBLIC))
    engine = entry_backend()
    told = engine.candidates(
        question, readers, chosen={}, counted=("kind", "audience"), without=(), most=9
    )
    return (
        told.total,
        told.facets,
        told.frequencies,
        told.documents,
        told.average_length,
        engine.frequencies(["fax", "canaryword"], readers),
        [record.asked_as for record in told.records],
    )
