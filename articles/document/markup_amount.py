"""How much markup a source holds, counted before anything is parsed: what parsing costs."""

from __future__ import annotations

import re

MOST_MARKUP = 40_000  # a long article has some thousands

# Whatever begins, ends or escapes something, and each line.
_MARK = re.compile(r"\n|[*_]+|`+|[\[\]<>|\\&@]|\{\{|://")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
# Each mark copies the paragraph it stands in: in one of this many characters it costs as much
# again as it does by itself.
_LONG_PARAGRAPH = 50_000


def markup_amount(source: str) -> int:
    """Return the number of marks and lines in `source`; in a very long paragraph, a multiple."""
    return sum(
        len(_MARK.findall(paragraph)) * (1 + len(paragraph) // _LONG_PARAGRAPH) + 1
        for paragraph in _EMPTY_LINE.split(source)
    )
