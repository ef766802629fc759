"""Hypothesis strategies for documents as the parser and the snippets make them, nasty ones too.

`documents()` keeps what every real document keeps: no snippet is left, inline content is tidy
(no blanks at its ends, no empty or adjacent texts, no link in a link), tables are even, heading
levels have no gaps, anchors differ, and each footnote has a mark.
"""

from __future__ import annotations

from functools import cache
from itertools import cycle

from hypothesis import strategies as st

from articles.audiences import AUDIENCES
from articles.document.blocks import (
    CALLOUT_KINDS,
    ArticleLink,
    AudienceBlock,
    Block,
    Body,
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
    Steps,
    Strong,
    Table,
    Text,
)
from articles.document.text import clean_line

NASTY = (
    *("<b>", "</p>", "<!--", "-->", "]]>", "&amp;", "&", "&#65;", '"', "'", "<script>", "<?pi?>"),
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "~~~",
        "#",
        "##",
        ">",
        "- ",
        "+ ",
        "1. ",
        "2) ",
        "---",
        "===",
    ),
    *("|", "||", "\\", "\\*", "[", "]", "](", "![", "[^1]", "[x]: y", "{{", "}}", "{{ price }}"),
    *(":::", "::: note", "\\{{ x }}", "{", "}", "(", ")", "!", "·", "‹", "›", "•", "–", "…"),
    *("£12.50", "$", "€", "10%", "-5", "−5", "10-20", "19.99", "1,000", "+44 808", "08:00", "½"),
    *("it's", "it’s", "user@host", "https://example.com/a?b=c&d=e", "www.example.com", "a_b_c"),
    *(
        "资费",
        "漫遊",
        "五 G",
        "5G网络",
        "カナ",
        "한국어",
        "مرحبا",
        "שלום",
        "हिन्दी",
        "é",
        "e\u0301",
        "ñ",
    ),
    *("😀", "👩\u200d💻", "⚠️", "→", "™", "°", "=", "≠", "\u00a0", "\u200b", "\u00ad", "\u2028"),
)


SOURCES = (f"{'0123456789abcdef' * 4}.png", f"{'f' * 64}.webp")
FACTS = (
    Fact("price.plan-s", "money", "£12", "12 British pounds"),
    Fact("price.roaming", "money", "£2.50", "2.50 British pounds"),
    Fact("phone.help", "phone", "+44 808 157 0101", "plus 4 4 8 0 8 1 5 7 0 1 0 1"),
    Fact("date.switch-off", "date", "2 July 2025", "2 July 2025"),
    Fact("hours.shop", "hours", "周一至周五 08:00–20:00，周日休息", "周一至周五八点到二十点"),
)
WRAPS = (
    "emphasis",
    "strong",
    "both",
    "https://example.com/",
    "https://example.com/a_(b)?q=1&r=%20*x*#top",
    "mailto:help@example.com",
    "tel:+448081570101",
    f"media:{'c' * 64}.pdf",
    "article",
    "anchor",
)


def _pool_of_lines() -> tuple[str, ...]:
    """Each nasty fragment alone, between words, inside a word and before the next one."""
    following = (*NASTY[1:], NASTY[0])
    found = ["word", "Plan S", "a", "42", "I roam abroad for 7 days."]
    for one, other in zip(NASTY, following, strict=True):
        found += [one, f"Plan {one} word", f"a{one}b", f"{one}{other}", f"{one} {other} 7"]
    return tuple(dict.fromkeys(line for line in map(clean_line, found) if line))


LINES = _pool_of_lines()


def _wrapped(children: tuple[Inline, ...], kind: str) -> Inline:
    match kind:
        case "emphasis":
            return Emphasis(children)
        case "strong":
            return Strong(children)
        case "both":
            return Strong((Emphasis(children),))
        case "article":
            return ArticleLink("activate-esim", "", children)
        case "anchor":
            return ArticleLink("roaming-abroad", "prices-资费", children)
    return Link(kind, children)


def _pool_of_inlines() -> tuple[Inline, ...]:
    """Each line as code, as alternative text and in all kinds of emphasis and links, plus facts."""
    found: list[Inline] = [*FACTS]
    for line, kind, source in zip(LINES, cycle(WRAPS), cycle(SOURCES)):
        text, code, image = Text(line), Code(line), Image(source, line, width=640, height=480)
        found += [code, image, _wrapped((text,), kind)]
        found += [_wrapped((code,), kind), _wrapped((image,), kind)]
        if kind not in ("strong", "both"):
            found.append(_wrapped((Strong((text,)), Text(f" {line}")), kind))
    return tuple(found)


NODES = _pool_of_inlines()


@cache
def lines() -> st.SearchStrategy[str]:
    """Non-empty single lines: plain words mixed with what each format finds hard to carry."""
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    pool = st.sampled_from(LINES)
    return st.one_of(pool, pool, pool, anything.map(clean_line).map(lambda line: line or "empty"))


@cache
def inline_nodes() -> st.SearchStrategy[Inline]:
    """One text, code, picture or fact, alone or inside emphasis or a link."""
    return st.one_of(lines().map(Text), st.sampled_from(NODES))


@cache
def inlines(*, breaks: bool = True) -> st.SearchStrategy[tuple[Inline, ...]]:
    """Tidy inline content of one line; with `breaks`, also line breaks between its parts."""
    between = (Text(" "), None, LineBreak() if breaks else Text(" / "), Text(", "))
    more = st.lists(st.tuples(st.sampled_from(between), inline_nodes()), max_size=3)
    return st.tuples(inline_nodes(), more).map(lambda drawn: _joined(*drawn))


def _joined(first: Inline, more: list[tuple[Inline | None, Inline]]) -> tuple[Inline, ...]:
    nodes = [first]
    for between, node in more:
        nodes += [node] if between is None else [between, node]
    return _merged(nodes)


def _merged(nodes: list[Inline]) -> tuple[Inline, ...]:
    """Merge adjacent texts and part adjacent twins, so that content has one form only."""
    merged: list[Inline] = []
    for node in nodes:
        last = merged[-1] if merged else None
        if isinstance(node, Text) and isinstance(last, Text):
            merged[-1] = Text(last.text + node.text)
        elif type(node) is type(last) and isinstance(node, Emphasis | Strong | Code):
            merged += [Text(" "), node]
        else:
            merged.append(node)
    return tuple(merged)


CODE = (
    "esim status --json",
    '{"a": [1, 2],\n\n    "b": "<c> & d"}',
    "    indented\nthen not",
    "```\nfence\n```",
    "~~~~",
    "::: note\n{{ price }}\n:::",
    "价格 = 12  # 元\n\\n",
    "- not\n- a list",
    "x\n\n\ny",
)


@cache
def code_blocks() -> st.SearchStrategy[CodeBlock]:
    language = st.sampled_from(("", "sh", "json", "c++"))
    return st.builds(CodeBlock, st.sampled_from(CODE) | lines(), language)


@cache
def tables() -> st.SearchStrategy[Table]:
    return st.one_of(*(_tables(width) for width in (1, 2, 3)))


def _tables(width: int) -> st.SearchStrategy[Table]:
    def row(cell: st.SearchStrategy[Cell]) -> st.SearchStrategy[tuple[Cell, ...]]:
        return st.tuples(*[cell] * width)

    cell = inlines(breaks=False)
    align = st.tuples(*[st.sampled_from(("", "left", "center", "right"))] * width)
    rows = st.lists(row(st.just(()) | cell), max_size=2).map(tuple)
    return st.builds(Table, row(cell), rows, align)


@cache
def leaf_blocks() -> st.SearchStrategy[Block]:
    paragraphs = inlines().map(Paragraph)
    return st.one_of(paragraphs, paragraphs, code_blocks(), tables(), st.just(Rule()))


@cache
def blocks(depth: int = 3) -> st.SearchStrategy[Block]:
    """Any block but a heading, nested at most `depth` deep."""
    if depth == 0:
        return leaf_blocks()
    inner = st.lists(blocks(depth - 1), min_size=1, max_size=2).map(tuple)
    items = st.lists(inner, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        leaf_blocks(),
        leaf_blocks(),
        items.map(BulletList),
        st.builds(Steps, items, st.sampled_from((1, 0, 7, 99))),
        inner.map(Quote),
        st.builds(Callout, st.sampled_from(CALLOUT_KINDS), lines(), inner),
        st.builds(AudienceBlock, st.sampled_from(AUDIENCES[1:]), lines(), inner),
    )


@cache
def long_lists() -> st.SearchStrategy[Block]:
    """Lists of more than nine items, so that their numbers differ in width."""
    items = st.integers(0, len(LINES) - 12).map(
        lambda first: tuple((Paragraph((Text(line),)),) for line in LINES[first : first + 12])
    )
    return st.builds(Steps, items, st.sampled_from((1, 95))) | items.map(BulletList)


@cache
def sections() -> st.SearchStrategy[list[tuple[int, str, tuple[Inline, ...], list[Block]]]]:
    """Headings as level, anchor and text, each with what stands under it."""
    content = st.lists(blocks() | long_lists(), max_size=2)
    anchor = st.sampled_from(("section", "资费", "a-b"))
    return st.lists(
        st.tuples(st.integers(2, 6), anchor, inlines(breaks=False), content), max_size=3
    )


def _headed(drawn: list[tuple[int, str, tuple[Inline, ...], list[Block]]]) -> list[Block]:
    """Make levels gapless and anchors differ."""
    deepest, found = 1, []
    for number, (level, anchor, children, content) in enumerate(drawn):
        deepest = min(level, deepest + 1)
        found += [Heading(deepest, f"{anchor}-{number}", children), *content]
    return found


@cache
def _notes() -> st.SearchStrategy[list[tuple[tuple[Block, ...], tuple[Inline, ...], bool]]]:
    """Footnotes as their blocks, the line with their mark, and whether only agents see it."""
    note = st.lists(blocks(1), min_size=1, max_size=2).map(tuple)
    return st.lists(st.tuples(note, inlines(), st.booleans()), max_size=2)


@cache
def bodies() -> st.SearchStrategy[Body]:
    """A body with each footnote marked at least once, in a paragraph."""
    start = st.lists(blocks(), min_size=1, max_size=3)
    return st.tuples(start, sections(), _notes()).map(lambda drawn: _body(*drawn))


def _body(start: list[Block], drawn_sections: list, notes: list) -> Body:
    found, footnotes = [*start, *_headed(drawn_sections)], []
    for number, (note, line, hidden) in enumerate(notes, start=1):
        marked = Paragraph((*line, FootnoteRef(number)))
        found.append(AudienceBlock("agent", "For agents", (marked,)) if hidden else marked)
        footnotes.append(Footnote(number, note))
    return Body(tuple(found), tuple(footnotes))


@cache
def documents() -> st.SearchStrategy[Document]:
    """Whole documents, expanded and ready to be rendered."""
    return st.builds(
        Document,
        article=st.sampled_from(("activate-esim", "k3v9", "roaming-2")),
        locale=st.sampled_from(("en", "zh-hans", "zh-hant")),
        kind=st.sampled_from(("product", "sales", "support")),
        audience=st.sampled_from(AUDIENCES),
        title=lines(),
        summary=st.just("") | lines(),
        questions=st.lists(lines(), max_size=2).map(tuple),
        body=bodies(),
    )
