"""The words of a text as the index knows them: one analysis for texts and for questions.

English words are lower-cased and stemmed; a run of Han characters gives its dictionary words and
each of its characters; anything that is neither a letter nor a digit only keeps words apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import rjieba
from whoosh.lang.porter2 import stem

from articles.document.text import normalized

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
LETTER = rf"[^\W_{HAN}]"
_RUN = re.compile(rf"(?P<han>[{HAN}]+)|{LETTER}+(?:['’]{LETTER}+)*")
# `iphone15` is also found by `iPhone 15`; `5g` and `s24` stay whole.
_NAME_AND_NUMBER = re.compile(r"([a-z]{3,})([0-9]+)")

LONGEST_QUESTION = 400  # characters; the rest of a longer one is ignored
MOST_TERMS = 24  # of a question; each costs a look into the index

# Left out of a question that has other words, because they say nothing about what is asked.
_EMPTY_WORDS_LIST = """
    a an and are as at be been but by can could did do does for from had has have how i if in is
    it its me my of on or our please shall should so than that the their them then there they
    this to was we what when where which who why will with would you your
    的 了 吗 嗎 呢 吧 啊 我 你 您 他 她 它 是 在 和 与 與 或 也 都 就 要 会 會 能 请 請
    我们 我們 怎么 怎麼 怎样 怎樣 如何 什么 什麼 可以 可否 是否 请问 請問 为什么 為什麼
    怎么办 怎麼辦 怎么样 怎麼樣 甚么 甚麼 这么 這麼 那么 那麼 怎 么 麼 样 樣 如 何 什 甚 问 問
    为 為 这 這 那 有 办 辦 过 過 把 被 给 給 对 對
"""
_EMPTY_WORDS = frozenset(_EMPTY_WORDS_LIST.split())


# Full-width letters and digits, and how far they stand from the ordinary ones (Unicode, FF00).
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_WIDE_DISTANCE = 0xFEE0


def fold(text: str) -> str:
    """Return `text` with differences of width and case gone, character for character."""
    # Turkish İ alone would become two characters.
    lowered = text.replace("İ", "I").lower()
    return _WIDE.sub(lambda wide: chr(ord(wide[0]) - _WIDE_DISTANCE), lowered)


def index_terms(text: str) -> Iterator[str]:
    """Yield every term by which `text` can be found, as often as it says it."""
    for _, term in _terms(text):
        yield term


def question_terms(question: str) -> tuple[str, ...]:
    """Return what to look for: each term once, those that say something if there are any.

    Nothing in a question is syntax. A longer question than LONGEST_QUESTION is cut.
    """
    pairs = list(_terms(question[:LONGEST_QUESTION], characters=False))
    telling = [term for word, term in pairs if word not in _EMPTY_WORDS]
    terms = telling or [term for _, term in pairs]
    return tuple(dict.fromkeys(terms))[:MOST_TERMS]


def says(word: str, term: str) -> bool:
    """Whether this word, folded and not Han, is found by `term`."""
    return any(term == said for _, said in _word_terms(word))


def is_han(term: str) -> bool:
    return re.match(f"[{HAN}]", term) is not None


def _terms(text: str, *, characters: bool = True) -> Iterator[tuple[str, str]]:
    """Yield (word, term); with `characters`, those inside Han words too."""
    for run in _RUN.finditer(fold(normalized(text))):
        if run["han"]:
            yield from ((word, word) for word in _han_words(run["han"], characters))
        else:
            yield from _word_terms(run[0])


def _han_words(run: str, characters: bool) -> Iterator[str]:
    for word in rjieba.cut_for_search(run):
        if len(word) > 1 or not characters:
            yield word
    if characters:
        yield from run


@lru_cache(maxsize=50_000)
def _word_terms(word: str) -> tuple[tuple[str, str], ...]:
    plain = word.replace("’", "'").removesuffix("'s").replace("'", "")
    parts = _NAME_AND_NUMBER.fullmatch(plain)
    words = (plain, *parts.groups()) if parts else (plain,)
    return tuple((word, _stem(word)) for word in words)


def _stem(word: str) -> str:
    return stem(word) if word.isascii() and word.isalpha() else word
