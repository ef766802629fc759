"""One form for characters that readers type in several: width, case, accents, the two scripts of
Chinese. Folding is character for character, so that a place in the folded text is the same place
in the text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_HAN_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))
_IS_HAN = re.compile(f"[{HAN}]")
# Written either way in one and the same word; OpenCC keeps them apart because some words differ.
_EITHER_WAY = {"著": "着", "妳": "你", "您": "你", "帐": "账", "佔": "占", "甚": "什"}


def fold(text: str) -> str:
    """Return `text` with differences of width, case, accent and Chinese script gone."""
    # Turkish İ alone would become two characters.
    lowered = text.replace("İ", "I").lower()
    if lowered.isascii():
        return lowered
    return lowered.translate(_table())


def is_han(term: str) -> bool:
    return _IS_HAN.match(term) is not None


@cache
def _table() -> dict[int, str]:
    """Return what each character, by its code, is folded to, where that is another one."""
    table = _latin() | _simplified()
    # A fullwidth form, an ideographic variant: what it stands for may be folded further.
    return {ord(one): table.get(other, other) for one, other in table.items()}


def _latin() -> dict[str, str]:
    """Letters and digits whose plain form is one ASCII character: ＡＢＣ, é, ①."""
    table = {}
    for code in (*range(0xA0, 0x250), *range(0x1E00, 0x1F00), *range(0xFF00, 0xFFEF)):
        plain = unicodedata.normalize("NFKD", chr(code))[:1].lower()
        if plain.isascii() and plain.isalnum():
            table[chr(code)] = plain
    return table


def _simplified() -> dict[str, str]:
    """Each traditional character with the simplified one that stands for it, and variants."""
    characters = [chr(code) for block in _HAN_BLOCKS for code in block]
    plain = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {
        one: other
        for one, other in zip(characters, plain, strict=True)
        if one != other and len(other) == 1
    }
    return table | _EITHER_WAY
