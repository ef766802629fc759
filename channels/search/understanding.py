"""A question as it is understood: as it was typed, or with its slips mended, whichever finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from channels.search.confidence import sureness
from channels.search.engine import Candidates, Readers
from channels.search.judging import MOST_JUDGED, Judged, judge
from channels.search.question import Question
from channels.search.slips import mend

# From here on, in log-odds, what was found without mending a word is enough: it may be no slip.
FOUND_EXACTLY = 2.0


@dataclass(frozen=True, slots=True)
class Understood:
    question: Question
    meant: str  # as it would be written without slips; "" where none was mended
    found: Candidates
    judged: list[Judged]


def understand(
    question: Question,
    readers: Readers,
    candidates: Callable[[Question], Candidates],
    *,
    closely: int = MOST_JUDGED,
) -> Understood:
    """Ask for the `candidates` of a question and judge them, so many closely. Raises
    SearchUnavailable."""

    def answered(asked: Question, meant: str) -> Understood:
        found = candidates(asked)
        return Understood(asked, meant, found, judge(asked, found, closely=closely))

    mended, meant = mend(question, readers)
    if meant:
        exactly = answered(question, "")
        if sureness(question, exactly.judged) >= FOUND_EXACTLY:
            return exactly
    return answered(mended, meant)
