"""HTML: one `<article>` of semantic, accessible markup, ready to stand in a page or a feed.

The fragment carries no style and no script. Its last gate is an allowlist in nh3, which has
nothing to change in what this module writes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from articles.document.blocks import (
    Align,
    ArticleLink,
    AudienceBlock,
    Block,
    BulletList,
    Callout,
    Cell,
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
from channels.languages import html_lang
from channels.renderers.base import (
    Context,
    Renderer,
    clean,
    file_path,
    safe_href,
    text_of,
    unexpanded,
)
from channels.renderers.html_gate import through_the_gate
from channels.renderers.html_reading import words_of_html

ANCHOR_PREFIX = "kh-"  # keeps authors' headings apart from the ids of the page around them

_NOT_DIALLED = re.compile(r"[^0-9+]")


class HtmlRenderer(Renderer):
    format = "html"
    media_type = "text/html; charset=utf-8"
    version = 1

    def render(self, document: Document, context: Context) -> bytes:
        return through_the_gate(_Page(document, context).article()).encode()

    def words(self, body: bytes) -> list[str]:
        return words_of_html(body)


def _escape(text: str) -> str:
    """Escape text for content and for double-quoted attributes, exactly as nh3 writes it."""
    return (
        clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\u00a0", "&nbsp;")
    )


def _attribute(text: str) -> str:
    return _escape(text).replace('"', "&quot;")


class _Page:
    """One article on its way into markup; it counts the footnote marks that it has set."""

    def __init__(self, document: Document, context: Context) -> None:
        self.document, self.context = document, context
        self.marks: Counter[int] = Counter()
        self.in_link = False

    def article(self) -> str:
        document, context = self.document, self.context
        lang, article = html_lang(document.locale), _attribute(document.article)
        parts = [
            f'<article class="kh-article" lang="{_attribute(lang)}"'
            f' data-article="{article}" data-digest="{_attribute(context.digest)}">\n',
            f'<h1 class="kh-title">{_escape(document.title)}</h1>\n',
        ]
        if document.summary:
            parts.append(f'<p class="kh-summary">{_escape(document.summary)}</p>\n')
        parts.append(self.blocks(document.body.blocks))
        if document.body.footnotes:
            notes = "".join(map(self.footnote, document.body.footnotes))
            parts.append(f'<section class="kh-footnotes">\n{notes}</section>\n')
        parts.append("</article>\n")
        return "".join(parts)

    # Blocks

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        match block:
            case Paragraph(children):
                return f"<p>{self.inline(children)}</p>\n"
            case Heading(level, anchor, children):
                name = f' id="{_attribute(ANCHOR_PREFIX + anchor)}"' if anchor else ""
                return f"<h{level}{name}>{self.inline(children)}</h{level}>\n"
            case BulletList(items):
                return f"<ul>\n{self.items(items)}</ul>\n"
            case Steps(items, start):
                first = "" if start == 1 else f' start="{start}"'
                return f"<ol{first}>\n{self.items(items)}</ol>\n"
            case Table():
                return self.table(block)
            case CodeBlock(text, language):
                name = f' class="language-{_attribute(language)}"' if language else ""
                return f"<pre><code{name}>{_escape(text)}</code></pre>\n"
            case Quote(blocks):
                return f"<blockquote>\n{self.blocks(blocks)}</blockquote>\n"
            case Callout(kind, title, blocks):
                opening = f'<aside class="kh-callout kh-callout-{_attribute(kind)}" role="note">'
                return self.aside(opening, "kh-callout-title", title, blocks)
            case AudienceBlock(audience, title, blocks):
                name = _attribute(audience)
                opening = f'<aside class="kh-audience kh-audience-{name}" data-audience="{name}">'
                return self.aside(opening, "kh-audience-title", title, blocks)
            case Rule():
                return "<hr>\n"

    def aside(self, opening: str, title_class: str, title: str, blocks: Iterable[Block]) -> str:
        heading = f'<p class="{title_class}">{_escape(title)}</p>\n'
        return f"{opening}\n{heading}{self.blocks(blocks)}</aside>\n"

    def items(self, items: Iterable[tuple[Block, ...]]) -> str:
        return "".join(f"<li>{self.item(item)}</li>\n" for item in items)

    def item(self, item: tuple[Block, ...]) -> str:
        match item:
            case (Paragraph(children),):
                return self.inline(children)
            case _:
                return self.blocks(item)

    def table(self, table: Table) -> str:
        label = "; ".join(filter(None, (text_of(cell).strip() for cell in table.header)))
        head = self.row(table.header, table.align, header=True)
        rows = "".join(self.row(row, table.align, header=False) for row in table.rows)
        body = f"<tbody>\n{rows}</tbody>\n" if rows else ""
        return (
            '<div class="kh-table" role="region" tabindex="0"'
            f' aria-label="{_attribute(label or self.document.title)}">\n'
            f"<table>\n<thead>\n{head}</thead>\n{body}</table>\n</div>\n"
        )

    def row(self, cells: Sequence[Cell], align: Sequence[Align], *, header: bool) -> str:
        tag, scope = ("th", ' scope="col"') if header else ("td", "")
        written = (
            f"<{tag}{_aligned(side)}{scope}>{self.inline(cell)}</{tag}>"
            for cell, side in zip(cells, align, strict=True)
        )
        return f"<tr>{''.join(written)}</tr>\n"

    def footnote(self, footnote: Footnote) -> str:
        number = footnote.number
        return (
            f'<div class="kh-footnote" id="{self.footnote_id(number)}">\n'
            f'<p class="kh-footnote-number"><a href="#{self.mark_id(number, 1)}"'
            f' role="doc-backlink">{number}</a></p>\n'
            f"{self.blocks(footnote.blocks)}</div>\n"
        )

    def footnote_id(self, number: int) -> str:
        return f"kh-note-{_attribute(self.document.article)}-{number}"

    def mark_id(self, number: int, occurrence: int) -> str:
        again = "" if occurrence == 1 else f"-{occurrence}"
        return f"kh-mark-{_attribute(self.document.article)}-{number}{again}"

    # Inline content

    def inline(self, children: Iterable[Inline]) -> str:
        return "".join(map(self.node, children))

    def node(self, node: Inline) -> str:
        match node:
            case Text(text):
                return _escape(text)
            case Strong(children):
                return f"<strong>{self.inline(children)}</strong>"
            case Emphasis(children):
                return f"<em>{self.inline(children)}</em>"
            case Code(text):
                return f"<code>{_escape(text)}</code>"
            case LineBreak():
                return "<br>\n"
            case Link(href, children):
                return self.link(self.file(href) or _out(href), children)
            case ArticleLink():
                return self.article_link(node)
            case Image():
                return _image(node)
            case Fact():
                return self.fact(node)
            case FootnoteRef(number):
                return self.mark(number)
            case SnippetRef():
                raise unexpanded(node)

    def link(self, attributes: str, children: Iterable[Inline]) -> str:
        """Write a link, or only what it says where it has no good address or stands in a link."""
        if self.in_link or not attributes:
            return self.inline(children)
        self.in_link = True
        written = self.inline(children)
        self.in_link = False
        return f"<a {attributes}>{written}</a>"

    def file(self, href: str) -> str:
        """Return the attributes of a link to an attached file, "" for any other link. Type and
        size are shown by the style sheet: they are no words of the article."""
        if not (path := file_path(href)):
            return ""
        size = self.context.sizes.get(path.rpartition("/")[2])
        shown = f' data-size="{_size(size)}"' if size else ""
        return f'class="kh-file" href="{path}" type="application/pdf"{shown}'

    def article_link(self, link: ArticleLink) -> str:
        article = _attribute(link.article)
        anchor = f"#{ANCHOR_PREFIX}{_attribute(link.anchor)}" if link.anchor else ""
        href = f"/{_attribute(self.document.locale)}/a/{article}/{anchor}"
        attributes = f'class="kh-link" data-article="{article}" href="{href}"'
        return self.link(attributes, link.children)

    def fact(self, fact: Fact) -> str:
        attributes = f'class="kh-fact" data-snippet="{_attribute(fact.key)}"'
        number = _NOT_DIALLED.sub("", fact.text) if fact.kind == "phone" else ""
        if number and not self.in_link:
            return f'<a {attributes} href="tel:{number}">{_escape(fact.text)}</a>'
        return f"<span {attributes}>{_escape(fact.text)}</span>"

    def mark(self, number: int) -> str:
        self.marks[number] += 1
        if self.in_link:
            return f'<sup class="kh-mark">{number}</sup>'
        name = self.mark_id(number, self.marks[number])
        return (
            f'<sup class="kh-mark"><a id="{name}" href="#{self.footnote_id(number)}"'
            f' role="doc-noteref">{number}</a></sup>'
        )


def _aligned(side: Align) -> str:
    return f' class="kh-{side}"' if side else ""


def _out(href: str) -> str:
    if href.startswith("#"):
        return f'href="#{ANCHOR_PREFIX}{_attribute(href[1:])}"'
    address = safe_href(href)
    return f'href="{_attribute(address)}" rel="noopener"' if address else ""


def _size(size: int) -> str:
    """Return a size in bytes as people read it, in units that every locale writes alike."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


def _image(image: Image) -> str:
    size = "".join(
        f' {name}="{pixels}"'
        for name, pixels in (("width", image.width), ("height", image.height))
        if pixels
    )
    source, alt = _attribute(image.source), _attribute(image.alt)
    return f'<img src="/media/{source}" alt="{alt}"{size} loading="lazy">'
