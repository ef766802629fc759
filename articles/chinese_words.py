"""The dictionary that Chinese is cut into words by."""

from __future__ import annotations

from functools import cache
from types import ModuleType


@cache
def chinese_dictionary() -> ModuleType:
    """Return rjieba. To read its dictionary takes a fifth of a second, which no start waits for."""
    import rjieba

    module: ModuleType = rjieba
    return module


def chinese_words(text: str) -> list[str]:
    """Cut `text` into the words of the dictionary, guessing at none that is not in it."""
    words: list[str] = chinese_dictionary().cut(text, False)
    return words
