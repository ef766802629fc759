"""Where an article would stand if some entries ended and others began: asked before they do.

How rare a word is counts as the index has it, with the new texts added; so a place is that of the
published state but for what the ended texts said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from channels.search.editors_words import editors_words
from channels.search.engine import Candidates, Document, Readers, Record, entry_backend
from channels.search.indexed import Indexed, indexed, record_of
from channels.search.judging import MOST_JUDGED, judge
from channels.search.question import Question, read_question
from channels.search.slips import mend


@dataclass(frozen=True, slots=True)
class Asked:
    question: Question
    readers: Readers
    pinned: Sequence[str]  # public ids that editors put first for it, published or not


@dataclass
class Added:
    """A text that begins."""

    document: Document
    kept: Indexed

    @cached_property
    def record(self) -> Record:
        return record_of(self.kept.stored)

    def says(self, terms: Iterable[str]) -> bool:
        return all(term in self.kept.counts for term in terms)

    def says_some_of(self, question: Question) -> bool:
        return any(map(self.says, _options(question)))


class Trial:
    """A state that is not published yet; without changes it is the published one.

    What editors keep for the search is that of the moment in which it is made.
    """

    def __init__(self, *, ended: Collection[int] = (), added: Iterable[Document] = ()) -> None:
        self._editors = editors_words()
        self._ended = ended
        self._added = [Added(document, indexed(document)) for document in added]

    def asked(self, text: str, readers: Readers) -> Asked:
        """Return a question as the published words make it read. Raises SearchUnavailable."""
        question = read_question(text, self._editors.thesaurus(readers.locale))
        mended, _ = mend(question, readers)
        return Asked(mended, readers, self._editors.best_bets(text, readers.locale))

    def touches(self, asked: Asked) -> bool:
        """Return whether a text that begins says any of what is asked, or is pinned for it."""
        return any(
            one.document.public_id in asked.pinned or one.says_some_of(asked.question)
            for one in self._added_for(asked.readers)
        )

    def place(self, asked: Asked, wanted: str) -> int:
        """Return where the article of this public id would stand by its words, 1 for the first, 0
        where it would not be found among those that are judged. Raises SearchUnavailable."""
        found = entry_backend().candidates(
            asked.question,
            asked.readers,
            chosen={},
            counted=(),
            without=self._ended,
            most=MOST_JUDGED,
        )
        found = self._with_added(found, asked)
        judged = judge(asked.question, found, closely=len(found.records))
        ranked = [one.record.public_id for one in judged if one.score > 0]
        listed = list(dict.fromkeys([*self._pinned(asked), *ranked]))
        return listed.index(wanted) + 1 if wanted in listed else 0

    def _added_for(self, readers: Readers) -> list[Added]:
        return [one for one in self._added if one.document.is_for(readers)]

    def _with_added(self, found: Candidates, asked: Asked) -> Candidates:
        """Return the candidates with the texts that begin, and count these."""
        added = self._added_for(asked.readers)
        frequencies = dict(found.frequencies)
        for terms in _options(asked.question):
            frequencies[terms] = frequencies.get(terms, 0) + sum(one.says(terms) for one in added)
        records = [one.record for one in added if one.says_some_of(asked.question)]
        return replace(
            found,
            records=[*found.records, *records],
            frequencies=frequencies,
            documents=found.documents + len(added),
        )

    def _pinned(self, asked: Asked) -> list[str]:
        if not asked.pinned:
            return []
        known = entry_backend().records(asked.pinned, asked.readers)
        live = {one for one, record in known.items() if record.entry not in self._ended}
        live |= {one.document.public_id for one in self._added_for(asked.readers)}
        return [one for one in asked.pinned if one in live]


def _options(question: Question) -> set[tuple[str, ...]]:
    return {option.terms for one in question.wanted for option in one.options}
