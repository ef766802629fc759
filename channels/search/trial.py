"""Where an article would stand if some entries ended and others began: asked before they do.

How rare a word is counts as the index has it, with the new texts added; so a place is that of the
published state but for what the ended texts said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from channels.search.editors_words import editors_words
from channels.search.engine import Candidates, Document, Readers, Record, entry_backend
from channels.search.indexed import Indexed, indexed, record_of
from channels.search.judging import MOST_JUDGED
from channels.search.question import Question, read_question
from channels.search.slips import mend
from channels.search.understanding import understand


@dataclass(frozen=True, slots=True)
class Asked:
    question: Question  # as it was typed
    options: frozenset[tuple[str, ...]]  # terms of all ways to say its words, mended ones too
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


class Trial:
    """A state that is not published yet; without changes it is the published one.

    What editors keep for the search is that of the moment in which it is made.
    """

    def __init__(self, *, ended: Collection[int] = (), added: Iterable[Document] = ()) -> None:
        self._editors = editors_words()
        self._ended = ended
        self._added = [Added(document, indexed(document)) for document in added]

    def asked(self, text: str, readers: Readers) -> Asked:
        """Return a question as these readers ask it. Raises SearchUnavailable."""
        question = read_question(text, self._editors.thesaurus(readers.locale))
        mended, _ = mend(question, readers)
        pinned = self._editors.best_bets(text, readers.locale)
        return Asked(question, frozenset(_options(mended)), readers, pinned)

    def touches(self, asked: Asked) -> bool:
        """Return whether a text that begins says any of what is asked, or is pinned for it."""
        return any(
            one.document.public_id in asked.pinned or any(map(one.says, asked.options))
            for one in self._added_for(asked.readers)
        )

    def place(self, asked: Asked, wanted: str) -> int:
        """Return where the article of this public id would stand by its words, 1 for the first, 0
        where it would not be found among those that are judged. Raises SearchUnavailable."""
        candidates = partial(self._candidates, readers=asked.readers)
        closely = MOST_JUDGED + len(self._added)
        judged = understand(asked.question, asked.readers, candidates, closely=closely).judged
        ranked = [one.record.public_id for one in judged if one.score > 0]
        listed = list(dict.fromkeys([*self._pinned(asked), *ranked]))
        return listed.index(wanted) + 1 if wanted in listed else 0

    def _added_for(self, readers: Readers) -> list[Added]:
        return [one for one in self._added if one.document.is_for(readers)]

    def _candidates(self, question: Question, readers: Readers) -> Candidates:
        """Return what would be found, with the texts that begin, and count these."""
        found = entry_backend().candidates(
            question,
            readers,
            chosen={},
            counted=(),
            without=self._ended,
            most=MOST_JUDGED,
        )
        added, options = self._added_for(readers), _options(question)
        frequencies = {
            terms: found.frequencies.get(terms, 0) + sum(one.says(terms) for one in added)
            for terms in options
        }
        records = [one.record for one in added if any(map(one.says, options))]
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
