"""Plain text, made to be pasted into a chat or an e-mail.

All that is not a word is punctuation: bullets, brackets, and addresses in angle brackets after
the text of a link. A `<` of the author's own before an address is followed by a blank, so that
nothing but an address we set is ever taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articles.document.blocks import (
    ArticleLink,
    AudienceBlock,
    Block,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Fact,
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
from articles.document.words import words_of
from channels.renderers.base import (
    Context,
    Renderer,
    clean,
    file_path,
    safe_href,
    text_of,
    unexpanded,
)

_SCHEMES = r"https?://|mailto:|tel:|/media/[0-9a-f]{64}\.pdf(?=>)"
_ADDRESS = re.compile(rf" ?<(?:{_SCHEMES})[^<>\s]*>", re.IGNORECASE)
_LOOKS_LIKE_ADDRESS = re.compile(rf"<(?={_SCHEMES})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\u2028\u2029]+")  # typographic blanks stay what they are

# Until the text is put together these stand for the brackets of our own addresses and for the
# author's line breaks; `clean` has removed them from everything else.
_OPEN, _CLOSE, _BREAK = "\x01", "\x02", "\x03"


class TextRenderer(Renderer):
    format = "text"
    media_type = "text/plain; charset=utf-8"
    version = 1

    def render(self, document: Document, context: Context) -> bytes:
        parts = [_set_line(_one_line(document.title))]
        if document.summary:
            parts.append(_set_line(_one_line(document.summary)))
        parts.extend(_blocks(document.body.blocks))
        for note in document.body.footnotes:
            parts.append(_hang(f"[{note.number}] ", "    ", list(_blocks(note.blocks))))
        text = _LOOKS_LIKE_ADDRESS.sub("< ", "\n\n".join(filter(None, parts)) + "\n")
        return text.replace(_OPEN, " <").replace(_CLOSE, ">").encode()

    def words(self, body: bytes) -> list[str]:
        return words_of(_ADDRESS.sub("", body.decode()).split("\n"))


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield each block as one text of one or more lines."""
    return map(_block, blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph(children) | Heading(children=children):
            return _set_line(_inline(children))
        case BulletList(items):
            return _items(("- ", item) for item in items)
        case Steps(items, start):
            return _items((f"{number}. ", item) for number, item in enumerate(items, start))
        case Table():
            return _table(block)
        case CodeBlock(text):
            return _indent(clean(text).strip("\n"), "    ")
        case Quote(blocks):
            return _indent("\n\n".join(_blocks(blocks)), "  ")
        case Callout(_, title, blocks):
            return _hang(f"{_one_line(title)}: ", "  ", list(_blocks(blocks)))
        case AudienceBlock(_, title, blocks):
            # The bar on every line shows what must not be pasted to somebody else.
            part = _hang(f"{_one_line(title)}: ", "", list(_blocks(blocks)))
            return _indent(part, "| ", blank_lines=True)
        case Rule():
            return "---"


def _items(items: Iterable[tuple[str, tuple[Block, ...]]]) -> str:
    return "\n".join(
        _hang(marker, " " * len(marker), list(_blocks(item)), tight=True) for marker, item in items
    )


def _table(table: Table) -> str:
    names = [_plain(cell) for cell in table.header]
    if not table.rows:
        return "; ".join(names)
    return "\n".join(
        "; ".join(_cell(name, _plain(cell)) for name, cell in zip(names, row, strict=True))
        for row in table.rows
    )


def _cell(name: str, value: str) -> str:
    return f"{name}: {value}" if name else value


def _plain(children: Iterable[Inline]) -> str:
    """Return a table's cell: one line, whatever breaks the author put into it."""
    return _set_line(_inline(children).replace(_BREAK, " "))


def _hang(first: str, indent: str, blocks: list[str], *, tight: bool = False) -> str:
    """Put `first` before the first block and indent all lines after the first."""
    written = ("\n" if tight else "\n\n").join(filter(None, blocks))
    return (first + _indent(written, indent).removeprefix(indent)).rstrip()


def _indent(text: str, indent: str, *, blank_lines: bool = False) -> str:
    return "\n".join(
        (indent + line).rstrip() if line or blank_lines else "" for line in text.split("\n")
    )


def _set_line(line: str) -> str:
    """Return what flows in one paragraph: single blanks, and the author's line breaks."""
    return "\n".join(part.strip() for part in _BLANKS.sub(" ", line).split(_BREAK))


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", clean(text))


def _inline(children: Iterable[Inline]) -> str:
    return "".join(map(_node, children))


def _node(node: Inline) -> str:
    match node:
        case Text(text) | Code(text) | Fact(text=text):
            return _one_line(text)
        case Strong(children) | Emphasis(children) | ArticleLink(children=children):
            return _inline(children)
        case LineBreak():
            return _BREAK
        case Link(href, children):
            return _link(href, children)
        case Image(alt=alt):
            return f"[{_one_line(alt)}]" if alt else " "
        case FootnoteRef(number):
            return f"[{number}]"
        case SnippetRef():
            raise unexpanded(node)


def _link(href: str, children: tuple[Inline, ...]) -> str:
    address, text = file_path(href) or safe_href(href), _inline(children)
    said = text_of(children).strip()
    if not address or said in ("", href, address, address.partition(":")[2]):
        return text
    return f"{text}{_OPEN}{address}{_CLOSE}"
