"""The document: what an article says, as a typed tree that knows no channel and no database.

Everything is frozen and compares by value. Inline content is a tuple of inline nodes, block
content a tuple of blocks. A renderer turns the tree into bytes; `words.py` reads it aloud.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CALLOUT_KINDS = ("note", "tip", "warning", "danger")
FACT_KINDS = ("text", "money", "phone", "date", "hours", "link")


# Inline nodes: they flow inside a line and never break a word.


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break the author asked for; it separates words."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link that leads to no article; `href` is http(s), mailto or tel, `#anchor`, or
    `media:<sha256>.pdf`, an attached file."""

    href: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A link to another article by its public id; whether it lives is checked at publish."""

    article: str
    anchor: str  # "" for the article's top
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by the SHA-256 of its content; it is spoken by its alternative text.

    `source` is the stored name, `<sha256>.<png|jpg|gif|webp>`.
    """

    source: str
    alt: str
    width: int = 0  # pixels; 0 when not known
    height: int = 0


@dataclass(frozen=True, slots=True)
class SnippetRef:
    """`{{ key }}`, or `{{ key@region }}`, before expansion. No renderer ever sees one."""

    key: str
    region: str = ""  # "" where the text names none

    @property
    def name(self) -> str:
        """The snippet as the text names it."""
        return f"{self.key}@{self.region}" if self.region else self.key


@dataclass(frozen=True, slots=True)
class Fact:
    """The presented value of a typed snippet: what is written, and how a voice says it."""

    key: str  # with the region that the text names, if any: `price.plan-s@tw`
    kind: str  # one of FACT_KINDS but "text" and "link", which expand into other nodes
    text: str
    spoken: str  # equals `text` where writing and speech do not differ


@dataclass(frozen=True, slots=True)
class FootnoteRef:
    """The mark of a footnote; its number is a word of the text."""

    number: int


Inline = (
    Text
    | Emphasis
    | Strong
    | Code
    | LineBreak
    | Link
    | ArticleLink
    | Image
    | SnippetRef
    | Fact
    | FootnoteRef
)


# Blocks: they stand under each other and always separate words.


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 2 to 6 without gaps from one heading to a deeper one; the title is level 1."""

    level: int
    anchor: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """An ordered list. The number of each item is a word of the text."""

    items: tuple[tuple[Block, ...], ...]
    start: int = 1


Cell = tuple[Inline, ...]
Align = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as `header`; it is read by rows, each cell after its header."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: tuple[Align, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """`title` is always there: the author's, or the locale's word for the kind."""

    kind: str  # one of CALLOUT_KINDS
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class AudienceBlock:
    """A part that only `audience` and those above it may read. `title` is always there."""

    audience: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break; it says nothing."""


Block = (
    Heading
    | Paragraph
    | BulletList
    | Steps
    | Table
    | CodeBlock
    | Quote
    | Callout
    | AudienceBlock
    | Rule
)


@dataclass(frozen=True, slots=True)
class Footnote:
    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What the Markdown of a revision says."""

    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One article in one locale, ready to be rendered: the canonical source of every format."""

    article: str  # public id
    locale: str
    kind: str
    audience: str  # who may read the article at all
    title: str
    summary: str
    questions: tuple[str, ...]
    body: Body
