"""How Chinese words sound: input methods offer wrong characters that sound like the right ones."""

from __future__ import annotations

import unicodedata
from functools import cache

from pypinyin.pinyin_dict import pinyin_dict

# Which many speakers do not tell apart, and so type one for the other.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


def sound(word: str) -> str:
    """Return how `word` is spoken, without tones; what is no Chinese character stays."""
    return " ".join(map(_syllable, word))


@cache
def _syllable(character: str) -> str:
    spoken = pinyin_dict.get(ord(character), character).split(",")[0]
    plain = "".join(
        one for one in unicodedata.normalize("NFD", spoken) if not unicodedata.combining(one)
    )
    for careful, careless in _ALIKE:
        plain = plain.replace(careful, careless)
    return plain
