"""Parity: every format of an article says the same words as the article itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from articles.document.blocks import Document
from articles.document.words import document_words
from channels.registry import FORMATS

_CONTEXT = 4  # words shown before the first difference


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where two sequences of words part."""

    position: int  # counted from 1
    expected: str | None  # None where nothing more should be said
    actual: str | None  # None where nothing more is said
    before: tuple[str, ...]  # the last words that are still the same


class ParityError(Exception):
    """A format says something else than the article; it must not be published."""

    def __init__(self, document: Document, format: str, difference: Difference) -> None:
        self.article = document.article
        self.locale = document.locale
        self.audience = document.audience
        self.format = format
        self.position = difference.position
        self.expected = difference.expected
        self.actual = difference.actual
        super().__init__(
            f"In format {format} of article {self.article} ({self.locale}), {_told(difference)}"
        )


def first_difference(expected: Sequence[str], actual: Sequence[str]) -> Difference | None:
    """Return the first place where the sequences differ, or None where they are the same."""
    if expected == actual:
        return None
    for index, (wanted, found) in enumerate(zip_longest(expected, actual)):
        if wanted != found:
            before = tuple(expected[max(0, index - _CONTEXT) : index])
            return Difference(index + 1, wanted, found, before)
    return None


def check(document: Document, rendered: Mapping[str, bytes]) -> None:
    """Compare what each format says with what the document says.

    `rendered` holds bytes by format. Raises ParityError for the first format that differs, in
    the registry's order, and KeyError for a format that the registry doesn't know.
    """
    expected = document_words(document)
    for format in sorted(rendered, key=list(FORMATS).index):
        actual = FORMATS[format].words(rendered[format])
        difference = first_difference(expected, actual)
        if difference is not None:
            raise ParityError(document, format, difference)


def _told(difference: Difference) -> str:
    after = f", after “{' '.join(difference.before)}”" if difference.before else ""
    place = f"word {difference.position}{after}"
    if difference.expected is None:
        return f"nothing should follow as {place}, but there is “{difference.actual}”."
    if difference.actual is None:
        return f"{place}, should be “{difference.expected}” but is missing."
    return f"{place}, should be “{difference.expected}” but is “{difference.actual}”."
