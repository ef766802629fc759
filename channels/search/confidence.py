"""Whether the best hit is likely to answer, or nothing fits well."""

from __future__ import annotations

import math
from collections.abc import Sequence

from channels.search.judging import Judged
from channels.search.question import Question
from channels.search.words import words

# A logistic regression over the half of the question sets that is for tuning (docs/search.md): by
# what the best hit says of the question, and by how many words it is asked. In log-odds.
BIAS, COVERED, TOGETHER, ALIKE, WORDS = -5.9, 4.7, 3.2, 3.8, 2.5
# Of questions that nobody answers, most stay below; of those that are answered, one in eight.
ENOUGH = 1.0


def sureness(question: Question, judged: Sequence[Judged]) -> float:
    """Return how sure one can be that the first of the judged documents answers, in log-odds:
    from ENOUGH on it fits. Minus infinity where there is none."""
    if not judged:
        return -math.inf
    best = judged[0]
    # Every text says `how to`; only one that is called so answers it.
    if question.is_empty and not _asks_for(question, best):
        return -math.inf
    whole = [one for one in question.wanted if one.share == 1.0]
    return (
        BIAS
        + COVERED * best.covered
        + TOGETHER * best.together
        + ALIKE * best.alike
        + WORDS * math.log(1 + len(whole))
    )


def _asks_for(question: Question, best: Judged) -> bool:
    """Whether a question is the title, or one of the listed questions, word for word."""
    asked = [word.said for word in words(question.text)]
    return any([word.said for word in words(one)] == asked for one in best.record.asked_as)
