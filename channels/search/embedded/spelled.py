"""The words of segments as they are written, each once: what a slip is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from channels.search.embedded.kept import Kept
from channels.search.embedded.segments import Segment
from channels.search.folding import is_han
from channels.search.sounds import sound
from channels.search.spelling import slips_allowed

MOST_KEPT = 100_000  # words that others were compared with


class Spelled:
    """Read when the first slip is asked for."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self._like: Kept[str, tuple[Sequence[str]]] = Kept(MOST_KEPT)

    def like(self, word: str) -> Sequence[str]:
        """Return the words that `word` may be a slip of: by letters, in Chinese by sound."""
        if is_han(word):
            return self._by_sound.get(sound(word), ())
        return self._like.get(word, self._near)[0] if slips_allowed(word) else ()

    def _near(self, word: str) -> tuple[Sequence[str]]:
        near = process.extract(
            word,
            self._by_letters,
            scorer=OSA.distance,
            score_cutoff=slips_allowed(word),
            limit=None,
        )
        return ([found for found, _, _ in near],)

    @cached_property
    def _by_letters(self) -> list[str]:
        return [word for word in self._words() if not is_han(word)]

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._words():
            if is_han(word):
                found.setdefault(sound(word), []).append(word)
        return found

    def _words(self) -> set[str]:
        return {word for segment in self.segments for word in segment.words()}
