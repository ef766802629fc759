"""How Chinese words sound: input methods offer wrong characters that sound like the right ones."""

from __future__ import annotations

import unicodedata
from functools import cache

# Which many speakers do not tell apart, and so type one for the other.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


def sound(word: str) -> str:
    """Return how `word` is spoken, without tones; what is no Chinese character stays."""
    return " ".join(map(_syllable, word))


@cache
def _syllable(character: str) -> str:
    spoken = _spoken().get(ord(character), character).split(",")[0]
    plain = "".join(
        one for one in unicodedata.normalize("NFD", spoken) if not unicodedata.combining(one)
    )
    for careful, careless in _ALIKE:
        plain = plain.replace(careful, careless)
    return plain


@cache
def _spoken() -> dict[int, str]:
    # It takes half a second to read, which no process but one that searches should wait for.
    from pypinyin.pinyin_dict import pinyin_dict

    table: dict[int, str] = pinyin_dict
    return table
