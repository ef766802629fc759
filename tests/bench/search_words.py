"""Articles of realistic text in any number, the same at each run: words as rare and as common as in
real ones (Zipf's law), a few topical ones that an article keeps saying, and codes.

The common words are those of the articles that ship with the tests, by how often they say them.
The rare ones are invented in English, and in Chinese taken from a list of real words of two
characters.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import opencc
import rjieba
from pypinyin.phrases_dict import phrases_dict

from tests.relevance.sets import DEMO_ARTICLES, HERE

ENGLISH, CHINESE, CONVERTED = "en", "zh-hans", "zh-hant"
INVENTED = 60_000
FLATTENED = 2.7  # Mandelbrot's addition to Zipf's law: the commonest words are not that common
TOPICAL, FROM_RANK = 14, 400  # words that an article keeps saying, none of the commonest
TOPICAL_SHARE = 0.15
SECTIONS = (2, 5)
WORDS_OF_A_SECTION = {ENGLISH: (60, 180), CHINESE: (40, 120)}
WORDS_OF_A_SENTENCE = (6, 18)

_HAN = re.compile("[\u4e00-\u9fff]+")
_BEGINNINGS = (*"bcdfghlmnprstv", "st", "tr", "pl", "cr", "br", "gr", "fl", "sp")
_MIDDLES = (*"aeiou", "ai", "ea", "ou", "io")
_ENDS = (*"nrstlmx", "nd", "rt", "ck", "st")


@dataclass(frozen=True, slots=True)
class Written:
    title: str
    summary: str
    questions: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]  # heading, text
    topical: tuple[str, ...]  # what it keeps saying, the words of its title first


class Vocabulary:
    """Words by rank, drawn as often as Zipf's law says."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        weights = 1 / (np.arange(len(words)) + 1 + FLATTENED)
        self._cumulative = np.cumsum(weights) / weights.sum()

    def draw(self, count: int, chance: np.random.Generator) -> list[str]:
        places = np.searchsorted(self._cumulative, chance.random(count))
        return [self.words[place] for place in places.tolist()]


@cache
def vocabulary(locale: str) -> Vocabulary:
    return Vocabulary(_english() if locale == ENGLISH else _chinese())


def written(number: int, locale: str) -> Written:
    """Return article `number` as it is told in a locale; the converted one says what the other
    Chinese one says."""
    if locale == CONVERTED:
        return _converted(written(number, CHINESE))
    words, chance = vocabulary(locale), np.random.default_rng([number, locale == ENGLISH])
    ranks = FROM_RANK * (len(words.words) / FROM_RANK) ** chance.random(TOPICAL)
    topical = [words.words[min(int(rank), len(words.words) - 1)] for rank in ranks]
    if number % 3 == 0:
        topical[0] = f"{'ABCDEFGHKM'[number % 10]}{'XRT'[number % 7 % 3]}-{1000 + number}"
    title = _joined(topical[:4], locale)
    questions = tuple(
        _question([*topical[at : at + 3], *words.draw(3, chance)], locale)
        for at in range(int(chance.integers(0, 4)))
    )
    sections = tuple(
        (
            _joined(topical[at + 2 : at + 5], locale),
            _text(
                int(chance.integers(*WORDS_OF_A_SECTION[locale])), words, topical, chance, locale
            ),
        )
        for at in range(int(chance.integers(SECTIONS[0], SECTIONS[1] + 1)))
    )
    summary = _text(20, words, topical, chance, locale)
    return Written(title, summary, questions, sections, tuple(topical))


def asked(count: int, number: int, articles: int, locale: str) -> str:
    """Return question `number` of `count` words: three of four are of one article's words, some of
    its title, and the fourth is of any."""
    chance = random.Random(f"{number} {count} {locale}")
    words = vocabulary(locale)
    drawn = words.draw(count, np.random.default_rng([number, count]))
    if number % 4:
        told = written(chance.randrange(articles), locale).topical
        few = min(count, 4 if count < 10 else 6)
        drawn[:few] = chance.sample(told[:6], few)
    return _joined(drawn, locale)


def _question(said: list[str], locale: str) -> str:
    return (
        f"How do I {_joined(said, locale)}?" if locale == ENGLISH else f"{_joined(said, locale)}？"
    )


def _text(
    count: int, words: Vocabulary, topical: list[str], chance: np.random.Generator, locale: str
) -> str:
    said = words.draw(count, chance)
    for at in np.flatnonzero(chance.random(count) < TOPICAL_SHARE).tolist():
        said[at] = topical[int(chance.integers(TOPICAL))]
    sentences, at = [], 0
    while at < count:
        size = int(chance.integers(*WORDS_OF_A_SENTENCE))
        sentences.append(_joined(said[at : at + size], locale))
        at += size
    return ". ".join(sentences) + "." if locale == ENGLISH else "。".join(sentences) + "。"


def _joined(said: list[str], locale: str) -> str:
    return (" " if locale == ENGLISH else "").join(said)


def _converted(told: Written) -> Written:
    lines = [told.title, told.summary, *told.questions, *told.topical]
    lines += [line for section in told.sections for line in section]
    converted = iter(_traditional().convert("\n".join(lines)).split("\n"))
    title, summary = next(converted), next(converted)
    questions = tuple(next(converted) for _ in told.questions)
    topical = tuple(next(converted) for _ in told.topical)
    sections = tuple((next(converted), next(converted)) for _ in told.sections)
    return Written(title, summary, questions, sections, topical)


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def _english() -> list[str]:
    common = Counter(
        word
        for text in _shipped("en")
        for word in re.findall(r"[a-z]{1,20}", text.partition("\n---\n")[2].lower())
    )
    chance = random.Random("words")
    invented: dict[str, None] = {}
    while len(invented) < INVENTED:
        word = "".join(
            chance.choice(_BEGINNINGS) + chance.choice(_MIDDLES)
            for _ in range(chance.choice((1, 2, 2, 3)))
        )
        invented[word + chance.choice(_ENDS) + chance.choice(("", "", "", "ing", "s"))] = None
    return list(dict.fromkeys([*(word for word, _ in common.most_common()), *invented]))


def _chinese() -> list[str]:
    common = Counter(
        word
        for text in _shipped("zh-hans")
        for run in _HAN.findall(text)
        for word in rjieba.cut(run)
    )
    rare = sorted(word for word in phrases_dict if len(word) == 2 and _HAN.fullmatch(word))
    random.Random("words").shuffle(rare)
    return list(dict.fromkeys([*(word for word, _ in common.most_common()), *rare]))


def _shipped(locale: str) -> Iterator[str]:
    folders = [DEMO_ARTICLES, *sorted(path for path in HERE.glob("*/articles"))]
    for folder in folders:
        for path in sorted(Path(folder, locale).rglob("*.md")):
            yield path.read_text("utf-8")
