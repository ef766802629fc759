"""Whether the best hit is likely to answer, or nothing fits well."""

from __future__ import annotations

import math
from collections.abc import Sequence

from channels.search.engine import Candidates
from channels.search.judging import Judged
from channels.search.question import Question

# A logistic regression over what was measured on the half of the question sets for tuning
# (docs/search.md says how): how sure one can be by what the best hit says of the question.
BIAS, COVERED, TOGETHER, ALIKE = -2.0, 3.0, 1.0, 2.0
ENOUGH = 0.5


def fits(question: Question, judged: Sequence[Judged], found: Candidates) -> bool:
    """Whether the first of the judged documents answers more likely than not."""
    return bool(judged) and likelihood(judged[0]) >= ENOUGH


def likelihood(best: Judged) -> float:
    sum_ = BIAS + COVERED * best.covered + TOGETHER * best.together + ALIKE * best.alike
    return 1 / (1 + math.exp(-sum_))
