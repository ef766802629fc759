"""Simplified ↔ Traditional Chinese by OpenCC, with the phrases of a region: “软件” becomes “軟體”.

What is read is converted; code, addresses, snippet keys and what else a document refers to stay
letter by letter. The document's own parser says which is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from itertools import chain, count, zip_longest

from django.conf import settings
from opencc import OpenCC

from articles.document.blocks import (
    ArticleLink,
    AudienceBlock,
    Block,
    Body,
    Callout,
    Code,
    CodeBlock,
    Heading,
    Image,
    Link,
    Text,
)
from articles.document.parse import parse
from articles.document.walk import every_block, every_inline, inlines_of

SIMPLIFIED, TRADITIONAL = "zh-hans", "zh-hant"
OTHER = {SIMPLIFIED: TRADITIONAL, TRADITIONAL: SIMPLIFIED}
# OpenCC's names of its conversions, by settings.CHINESE_STANDARD and the locale that comes out.
_CONVERSIONS = {
    "tw": {TRADITIONAL: "s2twp", SIMPLIFIED: "tw2sp"},
    "hk": {TRADITIONAL: "s2hkp", SIMPLIFIED: "hk2sp"},
}
STANDARDS = tuple(_CONVERSIONS)

_HAN = re.compile("[々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
# A web address ends where prose goes on; a Chinese name in its path is part of it.
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]{}`*|\"'，。；：！？、（）「」《》“”]+")
# A run of Chinese is told to the parser as two rare characters of these, Chinese ones themselves:
# nothing is parsed otherwise because of them.
_FIRST, _SECOND = (0x3400, 0x3E00), (0x3E00, 0x4DC0)
_MARK = re.compile(
    f"[{chr(_FIRST[0])}-{chr(_FIRST[1] - 1)}][{chr(_SECOND[0])}-{chr(_SECOND[1] - 1)}]"
)
# Labels lead from one place of a source to another, so both must stay the same.
_LABEL = re.compile(r"\[(\^[^\]\[\s]{1,60}|[^\[\]]{1,200})\]")
_DEFINITION = re.compile(r"^[ \t>*+\-0-9.)]*\[([^\[\]]{1,200})\]:", re.MULTILINE)


def convert(text: str, *, to: str) -> str:
    """Return a line of plain text in the Chinese of locale `to`; web addresses in it stay.

    Raises KeyError where OpenCC knows nothing of `to`.
    """
    pieces, at = [], 0
    for address in _ADDRESS.finditer(text):
        pieces += [_converted(text[at : address.start()], to), address[0]]
        at = address.end()
    return "".join([*pieces, _converted(text[at:], to)])


def convert_markdown(source: str, *, to: str) -> str:
    """Return a Markdown source in the Chinese of locale `to`: the same document in other
    characters. Raises KeyError as `convert`."""
    marked = _Marked.of(source)
    where = _Places(parse(marked.text, locale=to).body)
    read = (where.read - where.kept) & marked.runs.keys()
    told = {number: _converted(marked.runs[number], to) for number in read}
    converted = marked.with_runs(told)
    if not where.anchors:
        return converted
    anchors = _new_anchors(parse(source, locale=to).body, parse(converted, locale=to).body)
    for anchor in where.anchors:
        told |= _anchor_runs(anchor, marked.runs, anchors)
    return marked.with_runs(told)


def converter(to: str) -> str:
    """Return which program and words convert into locale `to`: another name, other words maybe.
    Raises KeyError as `convert`."""
    return f"OpenCC {version('opencc')} {_conversion(to)}"


def simplified(text: str) -> str:
    """Return `text` with each Traditional character as its Simplified one, whatever stands beside
    it: for looking up, not for reading."""
    return text.translate(_simplified_characters())


@cache
def _simplified_characters() -> dict[int, str]:
    convert = _opencc("t2s").convert
    han = map(chr, (*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2A6E0)))
    pairs = ((char, convert(char)) for char in han)
    return {ord(char): to for char, to in pairs if to != char and len(to) == 1}


@cache
def _opencc(name: str) -> OpenCC:
    return OpenCC(name)


def _converted(text: str, to: str) -> str:
    converted: str = _opencc(_conversion(to)).convert(text)
    return converted


def _conversion(to: str) -> str:
    return _CONVERSIONS[settings.CHINESE_STANDARD][to]


@dataclass(frozen=True, slots=True)
class _Marked:
    """A source as pieces: what stays, and the runs of Chinese by their number."""

    numbers: Iterator[int]
    runs: dict[int, str] = field(default_factory=dict)
    pieces: list[str | int] = field(default_factory=list)

    @classmethod
    def of(cls, source: str) -> _Marked:
        fixed = {address.span() for address in _ADDRESS.finditer(source)}
        labels = {label[1].strip().lower() for label in _DEFINITION.finditer(source)}
        fixed |= {
            label.span()
            for label in _LABEL.finditer(source)
            if label[1].startswith("^") or label[1].strip().lower() in labels
        }
        # A text may say by itself what would be taken for a mark.
        taken = _marks_in(source)
        marked, at = cls(number for number in count() if number not in taken), 0
        for start, end in sorted(fixed):
            if start >= at:
                marked._add(source[at:start])
                marked.pieces.append(source[start:end])
                at = end
        marked._add(source[at:])
        return marked

    def _add(self, text: str) -> None:
        at = 0
        for run in _HAN.finditer(text):
            number = next(self.numbers)
            self.pieces.extend((text[at : run.start()], number))
            self.runs[number] = run[0]
            at = run.end()
        self.pieces.append(text[at:])

    @property
    def text(self) -> str:
        return "".join(_mark(piece) if isinstance(piece, int) else piece for piece in self.pieces)

    def with_runs(self, told: dict[int, str]) -> str:
        """Return the source with those runs as `told` says, the others as they were."""
        return "".join(
            told.get(piece, self.runs[piece]) if isinstance(piece, int) else piece
            for piece in self.pieces
        )


class _Places:
    """Where the marks of a marked source came out: `read` in what is said, `kept` in what is not,
    `anchors` of links inside the document."""

    def __init__(self, body: Body) -> None:
        self.read: set[int] = set()
        self.kept: set[int] = set()
        self.anchors: set[str] = set()
        for block in _every_block_of(body):
            self._look_at(block)

    def _look_at(self, block: Block) -> None:
        match block:
            case CodeBlock():
                self.kept |= _marks_in(block.text) | _marks_in(block.language)
            case Callout() | AudienceBlock():
                self.read |= _marks_in(block.title)
        for node in every_inline(inlines_of(block)):
            match node:
                case Text(text):
                    self.read |= _marks_in(text)
                case Image():
                    self.read |= _marks_in(node.alt)
                case Code(text):
                    self.kept |= _marks_in(text)
                case ArticleLink():
                    self.kept |= _marks_in(node.anchor)
                case Link() if node.href.startswith("#"):
                    self.anchors.add(node.href[1:])
                case Link():
                    self.kept |= _marks_in(node.href)


def _every_block_of(body: Body) -> Iterator[Block]:
    yield from every_block(body.blocks)
    for footnote in body.footnotes:
        yield from every_block(footnote.blocks)


def _mark(number: int) -> str:
    width = _SECOND[1] - _SECOND[0]
    return chr(_FIRST[0] + number // width) + chr(_SECOND[0] + number % width)


def _number(mark: re.Match[str]) -> int:
    width = _SECOND[1] - _SECOND[0]
    return (ord(mark[0][0]) - _FIRST[0]) * width + ord(mark[0][1]) - _SECOND[0]


def _marks_in(text: str) -> set[int]:
    return {_number(mark) for mark in _MARK.finditer(text)}


def _new_anchors(before: Body, after: Body) -> dict[str, str]:
    """Return each heading's anchor after the conversion by that before it."""
    return dict(zip(_anchors_of(before), _anchors_of(after), strict=False))


def _anchors_of(body: Body) -> Iterable[str]:
    return (block.anchor for block in every_block(body.blocks) if isinstance(block, Heading))


def _anchor_runs(marked: str, runs: Mapping[int, str], anchors: dict[str, str]) -> dict[int, str]:
    """Return what the runs in a link to a heading become, so that it still leads there."""
    texts, numbers, at = [], [], 0
    for mark in _MARK.finditer(marked):
        if (number := _number(mark)) in runs:
            texts.append(marked[at : mark.start()])
            numbers.append(number)
            at = mark.end()
    texts.append(marked[at:])
    told = zip_longest(texts, (runs[number] for number in numbers), fillvalue="")
    new = anchors.get("".join(chain.from_iterable(told)), "")
    # Between the runs stands what no conversion changes.
    found = re.fullmatch("(.*?)".join(map(re.escape, texts)), new)
    return dict(zip(numbers, found.groups(), strict=True)) if found else {}
