"""Where an article would stand if some entries ended and others began: asked before they do.

How rare a word is counts as the index has it, with the new texts added; so a place is that of the
published state but for what the ended texts said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from channels.search.editors_words import editors_words
from channels.search.engine import Candidates, Document, Readers, Record, entry_backend
from channels.search.indexed import indexed, record_of
from channels.search.judging import MOST_JUDGED, judge
from channels.search.question import Question, read_question
from channels.search.slips import mend


@dataclass(frozen=True, slots=True)
class Asked:
    question: str
    readers: Readers
    wanted: str  # the public id of the article that should answer


class Trial:
    """A state that is not published yet."""

    def __init__(self, *, ended: Collection[int], added: Iterable[Document]) -> None:
        self._ended = ended
        self._added = [(document, indexed(document)) for document in added]

    def place(self, asked: Asked) -> int:
        """Return where the article would stand, 1 for the first, 0 where it would not be found
        among those that are judged. Raises SearchUnavailable."""
        kept = editors_words()
        question = read_question(asked.question, kept.thesaurus(asked.readers.locale))
        question, _ = mend(question, asked.readers)
        found = entry_backend().candidates(
            question, asked.readers, chosen={}, counted=(), without=self._ended, most=MOST_JUDGED
        )
        found = self._with_added(question, found, asked.readers)
        judged = judge(question, found, closely=len(found.records))
        ranked = [one.record.public_id for one in judged if one.score > 0]
        pinned = self._pinned(kept.best_bets(asked.question, asked.readers.locale), asked.readers)
        listed = list(dict.fromkeys([*pinned, *ranked]))
        return listed.index(asked.wanted) + 1 if asked.wanted in listed else 0

    def _with_added(self, question: Question, found: Candidates, readers: Readers) -> Candidates:
        """Return the candidates with the texts that begin, and count these."""
        frequencies = dict(found.frequencies)
        records: list[Record] = []
        for document, kept in self._added:
            if document.locale != readers.locale or readers.rank not in document.ranks:
                continue
            options = {option.terms for one in question.wanted for option in one.options}
            for terms in options:
                if all(term in kept.counts for term in terms):
                    frequencies[terms] = frequencies.get(terms, 0) + 1
            records.append(record_of(kept.stored))
        return replace(
            found,
            records=[*found.records, *records],
            frequencies=frequencies,
            documents=found.documents + len(records),
        )

    def _pinned(self, public_ids: Sequence[str], readers: Readers) -> list[str]:
        if not public_ids:
            return []
        known = entry_backend().records(public_ids, readers)
        live = {one for one, record in known.items() if record.entry not in self._ended}
        live |= {
            document.public_id
            for document, _ in self._added
            if document.locale == readers.locale and readers.rank in document.ranks
        }
        return [one for one in public_ids if one in live]
