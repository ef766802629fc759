"""What readers type of themselves, made unreadable before it is kept: addresses, numbers, secrets.

Rather too much is masked than too little: a product code of six digits goes, too.
"""

from __future__ import annotations

import re
import unicodedata

from articles.document.text import clean_line, without_unseen

MASK = "…"

# Spoken as they are dialled: 一三八零零…, also 幺 for one and 两 for two.
_HAN_DIGITS = "零〇一二三四五六七八九幺两兩"
_DIGIT = rf"[\d{_HAN_DIGITS}]"
# What people put between the digits of a number: blanks, dashes, dots, brackets.
_BETWEEN = r"[\s().+/_\-‐‑‒–—―−·•]{0,3}"
# What stands before a number without a blank belongs to it: AB123456, NO.123456.
_NUMBER = re.compile(rf"[A-Za-z]{{0,8}}\+?{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{5,}}[A-Za-z0-9]*")

_ADDRESS = re.compile(r"[A-Za-z0-9._%+'\-]+\s?@\s?[A-Za-z0-9\-]+(?:\s?\.\s?[A-Za-z0-9\-]+)*")
# Any other signs around an @: addresses may be written in every script.
_SIGN = r"[^\s@,;:!?，。；：！？、]"
_LIKE_ADDRESS = re.compile(rf"{_SIGN}+(?:@{_SIGN}+)+")

_LINK = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]*://|www\.)[^\s，。；！？、“”]+", re.IGNORECASE)
# What comes with a link to one person: a query, a fragment, a name before the host.
_TELLING = re.compile(r"[?#=@&;]")
_NAME = re.compile(r"[A-Za-z0-9_\-]+={0,2}")
_LONG = re.compile("[A-Za-z0-9]{16,}")
# Stands for a mask while other forms are made plain, which would make three dots of it.
_STAND_IN = "\ue000"


def masked(text: str, *, most: int = 400) -> str:
    """Return the first `most` characters of `text`, on one line, with `…` for what may tell who
    asked: e-mail addresses, six and more digits with whatever stands between them, links with
    tokens. Idempotent."""
    line = clean_line(without_unseen(clean_line(_cut(text, most))).replace(_STAND_IN, " "))
    # Full-width and other forms of letters and digits are judged by what they stand for.
    plain = unicodedata.normalize("NFKC", line.replace(MASK, _STAND_IN))
    hidden = _hidden(plain)
    if hidden != plain:
        line = clean_line(hidden.replace(_STAND_IN, MASK))
    return line[:most]


def _hidden(text: str) -> str:
    text = _NAME.sub(_name, _LINK.sub(_link, text))
    for pattern in (_ADDRESS, _LIKE_ADDRESS, _NUMBER):
        text = pattern.sub(_STAND_IN, text)
    return text


def _link(found: re.Match[str]) -> str:
    """A link to a page stays; one that brings anything along goes."""
    tells = _TELLING.search(found[0]) or any(map(_is_secret, _NAME.findall(found[0])))
    return _STAND_IN if tells else found[0]


def _name(found: re.Match[str]) -> str:
    return _STAND_IN if _is_secret(found[0]) else found[0]


def _is_secret(name: str) -> bool:
    """Whether it has a part too long for a word, of letters and digits: a session, a key."""
    parts = _LONG.findall(name)
    return any(not part.isalpha() and not part.isdigit() for part in parts)


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text, without what the cut may have left of a number or an
    address."""
    if len(text) <= most:
        return text
    return re.sub(r"[\w@.+()\-\s]{0,60}$", "", text[:most]) if most > 60 else text[:most]
