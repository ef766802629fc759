"""Words that say nothing about what is asked: a question is looked for by its others, if any."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "stop_words"

# As they are when folded: lower case, simplified, without apostrophes.
STOP_WORDS = frozenset(
    word for path in sorted(_FOLDER.glob("*.txt")) for word in path.read_text("utf-8").split()
)
