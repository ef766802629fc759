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
# Not the blanks that keep a number and its unit together.
_BREAKABLE = re.compile("[ \t\n\u2028\u2029]+")


def clean_text(text: str) -> str:
    """Return `text` in NFC with LF line ends and without unwanted characters; idempotent."""
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_END.sub("\n", text)))


def clean_line(text: str) -> str:
    """Return `text` cleaned, as one line with single blanks and none at its ends: a title."""
    return single_blanks(clean_text(text)).strip()


def single_blanks(text: str) -> str:
    """Return `text` with each run of blanks, tabs and line ends as one blank."""
    return _BREAKABLE.sub(" ", text)
