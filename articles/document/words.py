"""The words of a text and of a document: the one measure by which formats are compared.

Punctuation and white space never count; letters, digits, currency, percent and sign always do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from articles.document.blocks import (
    ArticleLink,
    AudienceBlock,
    Block,
    Body,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Fact,
    Footnote,
    FootnoteRef,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Rule,
    SnippetRef,
    Steps,
    Strong,
    Table,
    Text,
)
from articles.document.text import normalized

# Scripts written without blanks between words: each character is a word of its own.
_SINGLE = (
    "\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_INNER = ".,:'/@_-"
_PERCENT = "%‰‱٪﹪％"
# Plain text draws bullets, tables and lines with these: they decorate, they say nothing.
_FURNITURE = "|~\u2500-\u25ff"
_ASSIGNED = 0x20000  # beyond are Han, unassigned planes, variation selectors, tags, private use

_MINUS = "\u2212"  # as a word of its own; in a number it is written as keyboards do
# What the pattern of `_patterns` comes to where all characters are ASCII; none is invisible then.
_ASCII_TOKEN = re.compile(
    r"(?:(?<![0-9A-Za-z])-(?=[0-9]))?[0-9A-Za-z]+(?:[.,:'/@_-][0-9A-Za-z]+)*"
    r"|(?<![0-9A-Za-z])-(?=\$[0-9])|[$%+<=>]"
)
_ONE_SIGN = str.maketrans({"’": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-"})


def split_words(text: str) -> list[str]:
    """Return the words of `text` in their order, in NFC.

    `19.99`, `10-20`, `it's` and `user@host` are one word; a minus directly before a number
    belongs to it; each Han or kana character, currency sign, percent or symbol is a word.
    """
    if text.isascii():  # The common case: the same rules in a pattern that is small and fast.
        return [_MINUS if word == "-" else word for word in _ASCII_TOKEN.findall(text)]
    invisible, token = _patterns()
    visible = normalized(invisible.sub("", text))
    return [_one_form(word) for word in token.findall(visible)]


def _one_form(word: str) -> str:
    """Return `word` with one kind of apostrophe and hyphen; a sign alone is the minus sign."""
    if word == "-":
        return _MINUS
    if word[0] == _MINUS and len(word) > 1:
        word = "-" + word[1:]
    return word.translate(_ONE_SIGN)


def document_words(document: Document) -> list[str]:
    """Return all words of `document` in canonical order. Raises ValueError as `read_aloud` does."""
    return words_of(read_aloud(document))


def body_words(body: Body) -> list[str]:
    """Return all words of `body`, without a title. Raises ValueError as `read_aloud` does."""
    return words_of(read_body(body))


def read_aloud(document: Document) -> Iterator[str]:
    """Yield each line of reading: title, summary, blocks, footnotes.

    Raises ValueError for a snippet that has not been expanded.
    """
    yield document.title
    if document.summary:
        yield document.summary
    yield from read_body(document.body)


def read_body(body: Body) -> Iterator[str]:
    """Yield each line of reading of a body: its blocks depth first, then its footnotes."""
    yield from read_blocks(body.blocks)
    for footnote in body.footnotes:
        yield from read_footnote(footnote)


def read_footnote(footnote: Footnote) -> Iterator[str]:
    """Yield the lines of a footnote, the first beginning with its number."""
    return _numbered(footnote.number, footnote.blocks)


def read_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield each line of reading of `blocks`, depth first."""
    for block in blocks:
        yield from _read_block(block)


def read_inlines(inlines: Iterable[Inline]) -> str:
    """Return the text of a line: only pictures, footnote marks and breaks separate words in it."""
    return "".join(map(_read_inline, inlines))


def words_of(lines: Iterable[str]) -> list[str]:
    """Return the words of several lines in order."""
    return [word for line in lines for word in _words_of_line(line)]


@lru_cache(maxsize=4096)
def _words_of_line(line: str) -> tuple[str, ...]:
    """Cut one line. An article and its formats say the same lines, so each is cut only once."""
    return tuple(split_words(line))


def _read_block(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield read_inlines(block.children)
        case BulletList():
            for item in block.items:
                yield from read_blocks(item)
        case Steps():
            for number, item in enumerate(block.items, start=block.start):
                yield from _numbered(number, item)
        case Table():
            yield from _read_table(block)
        case CodeBlock():
            yield block.text
        case Quote():
            yield from read_blocks(block.blocks)
        case Callout() | AudienceBlock():
            yield block.title
            yield from read_blocks(block.blocks)
        case Rule():
            pass


def _numbered(number: int, blocks: Iterable[Block]) -> Iterator[str]:
    lines = read_blocks(blocks)
    yield f"{number} {next(lines, '')}".rstrip()
    yield from lines


def _read_table(table: Table) -> Iterator[str]:
    header = [read_inlines(cell) for cell in table.header]
    if not table.rows:
        yield " ".join(header)
    for row in table.rows:
        cells = (read_inlines(cell) for cell in row)
        yield " ".join(f"{name} {cell}" for name, cell in zip(header, cells, strict=True))


def _read_inline(node: Inline) -> str:
    match node:
        case Text() | Code() | Fact():
            return node.text
        case Emphasis() | Strong() | Link() | ArticleLink():
            return read_inlines(node.children)
        case Image():
            return f" {node.alt} "
        case FootnoteRef():
            return f" {node.number} "
        case LineBreak():
            return "\n"
        case SnippetRef():
            raise ValueError(f"snippet “{node.key}” has not been expanded")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of what is dropped as invisible, and the pattern of a word."""
    kinds = _character_kinds()
    letter, mark, currency = kinds["letter"], kinds["mark"], kinds["currency"]
    invisible = f"[{kinds['format']}\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0000-\U000e0fff]"
    word = f"[{letter}{mark}]"
    symbol = f"{currency}{_PERCENT}{kinds['symbol']}\U000e1000-\U0010ffff"
    inner = re.escape(_INNER) + "’\u2010\u2011"
    minus = f"(?<!{word})[-\u2212]"
    token = (
        rf"(?:{minus}(?=\d))?{word}+(?:[{inner}]{word}+)*"
        rf"|{minus}(?=[{currency}]\d)|[{_SINGLE}][{mark}]*|[{symbol}]"
    )
    return re.compile(invisible), re.compile(token)


_KIND_OF_CATEGORY = {"L": "letter", "N": "letter", "M": "mark"} | {
    "Sc": "currency",
    "Sm": "symbol",
    "So": "symbol",
    "Co": "symbol",
    "Cf": "format",
}


def _character_kinds() -> dict[str, str]:
    """Return for each kind of character its ranges, as the inside of a character class.

    A code without a character yet counts as what stands before it, which keeps the ranges few.
    """
    apart = re.compile(f"[{_SINGLE}{_FURNITURE}]")
    ranges: dict[str, list[str]] = {kind: [] for kind in _KIND_OF_CATEGORY.values()}
    start, kind = 0, ""
    for code in range(_ASSIGNED + 1):
        category = unicodedata.category(chr(code))
        now = _KIND_OF_CATEGORY.get(category) or _KIND_OF_CATEGORY.get(category[0], "")
        if code == _ASSIGNED or apart.match(chr(code)):
            now = ""
        elif category == "Cn":
            now = kind
        if now != kind:
            if kind:
                ranges[kind].append(f"{re.escape(chr(start))}-{re.escape(chr(code - 1))}")
            start, kind = code, now
    return {kind: "".join(found) for kind, found in ranges.items()}
