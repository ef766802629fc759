"""Text that every format can carry: normalised, free of what XML forbids or hides from readers."""

from __future__ import annotations

import re
import unicodedata

# XML 1.0 (section 2.2) has no place for most controls, lone surrogates, U+FFFE and U+FFFF. The C1
# controls are allowed there but mean other letters in HTML. Bidi embeddings, overrides and isolates
# make a text look like another one, and U+FEFF is a byte order mark gone astray.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LINE_END = re.compile("\r\n?")
_MOST_MARKS = 30  # in a row, as UAX #15 (13, Stream-Safe Text Format) bounds them; Thai needs 3
# No mark is a letter, a blank or in ASCII. What else matches is only looked at.
_MAYBE_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")
# Not the blanks that keep a number and its unit together.
_BREAKABLE = re.compile("[ \t\n\u2028\u2029]+")
# Unicode counts these as letters, marks or symbols, and readers see nothing of them: fillers,
# the empty braille cell and the selectors of another form of what stands before them.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)


def clean_text(text: str) -> str:
    """Return `text` in NFC with LF line ends and without unwanted characters; idempotent."""
    return normalized(_UNWANTED.sub("", _LINE_END.sub("\n", text)))


def normalized(text: str) -> str:
    """Return `text` in NFC with at most 30 combining marks in a row; idempotent.

    Normalising sorts each run of marks, in time that grows with the square of its length. It can
    also make a run longer, by one that composed with the letter before it.
    """
    return _with_few_marks(unicodedata.normalize("NFC", _with_few_marks(text)))


def clean_line(text: str) -> str:
    """Return `text` cleaned, as one line with single blanks and none at its ends: a title."""
    return single_blanks(clean_text(text)).strip()


def clean_name(text: str) -> str:
    """Return `text` as `clean_line`, empty where readers would see nothing of it: what things are
    found and told apart by."""
    line = clean_line(text)
    return line if without_unseen(line).strip() else ""


def without_unseen(text: str) -> str:
    """Return `text` without the characters that take no place, as zero-width blanks."""
    if text.isascii():
        return text
    return "".join(char for char in _BLANK.sub("", text) if unicodedata.category(char) != "Cf")


def single_blanks(text: str) -> str:
    """Return `text` with each run of blanks, tabs and line ends as one blank."""
    return _BREAKABLE.sub(" ", text)


def _with_few_marks(text: str) -> str:
    return _MAYBE_MARKS.sub(_first_marks, text)


def _first_marks(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for char in found[0]:
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)
