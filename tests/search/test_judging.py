"""Which of the documents found answers best, whatever else was found with them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from channels.search.engine import Candidates, Document, Record, Section
from channels.search.indexed import indexed, record_of
from channels.search.judging import judge
from channels.search.question import Question, read_question
from channels.search.thesaurus import shipped

WORDS = (
    "card",
    "sim",
    "e-sim",
    "billing",
    "iphone15",
    "wi-fi",
    "the",
    "充电",
    "充",
    "電子卡",
    "账单",
)

# Empty texts too: parts without a term begin where the next one does.
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
documents = st.builds(
    Document,
    entry=st.integers(1, 9),
    public_id=st.uuids().map(str),
    digest=st.just(""),
    locale=st.just("en"),
    ranks=st.just((0,)),
    title=texts,
    questions=st.lists(texts, max_size=2).map(tuple),
    summary=texts,
    sections=st.lists(st.builds(Section, st.just(""), texts, texts), max_size=3).map(tuple),
)
questions = texts.map(lambda text: read_question(text, shipped("en")))


def found(question: Question, several: list[Record]) -> Candidates:
    options = {option.terms for one in question.wanted for option in one.options}
    return Candidates(several, len(several), {}, dict.fromkeys(options, 3), 20, 7.0, 1)


@given(questions, st.lists(documents, max_size=6, unique_by=lambda one: one.public_id))
def test_a_document_is_judged_alike_alone_and_with_others(
    question: Question, several: list[Document]
) -> None:
    records = [record_of(indexed(one).stored) for one in several]
    together = judge(question, found(question, records), closely=0)
    alone = [judge(question, found(question, [one]), closely=1)[0] for one in records]
    assert together == alone


@given(questions, documents)
def test_what_is_told_of_a_document_is_a_share(question: Question, document: Document) -> None:
    record = record_of(indexed(document).stored)
    (one,) = judge(question, found(question, [record]), closely=1)
    assert all(0 <= share <= 1 + 1e-9 for share in (one.covered, one.together, one.alike))
    assert (one.score > 0) == (one.covered > 0)
    assert -1 <= one.section < len(document.sections)


def test_the_order_does_not_depend_on_the_engine_s() -> None:
    question = read_question("sim card", shipped("en"))
    best = Document(1, "b", "", "en", (0,), "Sim card", (), "", ())
    other = replace(best, public_id="a", title="Card", summary="A sim is not a card.")
    records = [record_of(indexed(one).stored) for one in (best, other)]
    for several in (records, records[::-1]):
        judged = judge(question, found(question, several), closely=2)
        assert [one.record.public_id for one in judged] == ["b", "a"]
