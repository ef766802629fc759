"""SSML 1.1 for speech engines, of those elements that VoiceXML 2.1 prompts and TwiML share.

What is written and what is spoken may differ (`£12.50`, "twelve pounds fifty"): the content of
an element is always what is written, its alias what is spoken.
"""

from __future__ import annotations

from collections.abc import Iterable

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
from channels.languages import speech_lang
from channels.renderers.base import Context, Renderer, escape_xml, unexpanded
from channels.renderers.speech_reading import parse_xml, words_of_speech

NAMESPACE = "http://www.w3.org/2001/10/synthesis"

# How a voice says a step's number and a footnote's; a locale without a line here says the number.
_SPOKEN_NUMBERS = {
    "en": ("Step {}", "Footnote {}"),
    "zh-hans": ("第{}步", "注{}"),
    "zh-hant": ("第{}步", "註{}"),
}

_LONG_PAUSE = '<break strength="strong"/>\n'
_PAUSE = '<break strength="medium"/>\n'


class SsmlRenderer(Renderer):
    format = "ssml"
    media_type = "application/ssml+xml"
    version = 1

    def render(self, document: Document, context: Context) -> bytes:
        lang = escape_xml(speech_lang(document.locale))
        spoken = _Speech(document).article()
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<speak version="1.1" xmlns="{NAMESPACE}" xml:lang="{lang}">\n{spoken}</speak>\n'
        ).encode()

    def words(self, body: bytes) -> list[str]:
        """Return the written words. Raises lxml.etree.XMLSyntaxError for what is not XML."""
        return words_of_speech(parse_xml(body))


class _Speech:
    """One article on its way to a voice, in the words of its locale."""

    def __init__(self, document: Document) -> None:
        self.document = document
        spoken = _SPOKEN_NUMBERS.get(document.locale.lower(), ("{}", "{}"))
        self.step_alias, self.footnote_alias = spoken

    def article(self) -> str:
        body = self.document.body
        parts = [_heading(escape_xml(self.document.title))]
        if self.document.summary:
            parts.append(_paragraph(escape_xml(self.document.summary)))
        parts.append(self.blocks(body.blocks))
        parts.extend(map(self.footnote, body.footnotes))
        return "".join(parts)

    # Blocks

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        match block:
            case Paragraph(children):
                return _paragraph(self.inline(children))
            case Heading(children=children):
                return _heading(self.inline(children))
            case BulletList(items):
                return "".join(self.blocks(item) + _PAUSE for item in items)
            case Steps(items, start):
                return "".join(self.step(number, item) for number, item in enumerate(items, start))
            case Table():
                return self.table(block)
            case CodeBlock(text):
                return _paragraph(_sentences(map(escape_xml, text.splitlines())))
            case Quote(blocks):
                return self.blocks(blocks)
            case Callout(title=title, blocks=blocks) | AudienceBlock(title=title, blocks=blocks):
                title = f'<emphasis level="moderate">{escape_xml(title)}</emphasis>'
                return _paragraph(_sentences([title])) + self.blocks(blocks)
            case Rule():
                return _LONG_PAUSE

    def step(self, number: int, item: tuple[Block, ...]) -> str:
        return self.numbered(number, self.step_alias, item) + _PAUSE

    def footnote(self, footnote: Footnote) -> str:
        return self.numbered(footnote.number, self.footnote_alias, footnote.blocks)

    def numbered(self, number: int, alias: str, blocks: tuple[Block, ...]) -> str:
        """Say the number, in one breath with the first paragraph where there is one."""
        mark = _numeral(number, alias)
        match blocks:
            case (Paragraph(children), *rest):
                first = _sentences([mark, self.inline(children)])
                return _paragraph(first) + self.blocks(rest)
            case _:
                return _paragraph(_sentences([mark])) + self.blocks(blocks)

    def table(self, table: Table) -> str:
        names = [self.inline(cell) for cell in table.header]
        if not table.rows:
            return _paragraph(_sentences(names))
        rows = ([self.inline(cell) for cell in row] for row in table.rows)
        return "".join(
            _paragraph(_sentences(map(_cell, names, values))) + _PAUSE for values in rows
        )

    # Inline content

    def inline(self, children: Iterable[Inline]) -> str:
        return "".join(map(self.node, children))

    def node(self, node: Inline) -> str:
        match node:
            case Text(text) | Code(text):
                return escape_xml(text)
            case Strong(children):
                return f'<emphasis level="strong">{self.inline(children)}</emphasis>'
            case Emphasis(children):
                return f'<emphasis level="moderate">{self.inline(children)}</emphasis>'
            case LineBreak():
                return '<break strength="weak"/>'
            case Link(children=children) | ArticleLink(children=children):
                return self.inline(children)
            case Image(alt=alt):
                return f" {escape_xml(alt)} "
            case Fact():
                return _fact(node)
            case FootnoteRef(number):
                return f" {_numeral(number, self.footnote_alias)} "
            case SnippetRef():
                raise unexpanded(node)


def _paragraph(content: str) -> str:
    return f"<p>{content}</p>\n" if content else ""


def _sentences(contents: Iterable[str]) -> str:
    return "".join(f"<s>{content}</s>" for content in contents if content)


def _heading(content: str) -> str:
    return _paragraph(_sentences([content])) + _LONG_PAUSE


def _cell(name: str, value: str) -> str:
    return f"{name}: {value}" if name else value


def _numeral(number: int, alias: str) -> str:
    return f'<sub alias="{escape_xml(alias.format(number))}">{number}</sub>'


def _fact(fact: Fact) -> str:
    written = escape_xml(fact.text)
    if fact.kind == "phone":
        return f'<say-as interpret-as="telephone">{written}</say-as>'
    if fact.spoken == fact.text:
        return written
    return f'<sub alias="{escape_xml(fact.spoken)}">{written}</sub>'
