"""Markdown reads well and parses back to the document it was made of."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.document.blocks import (
    ArticleLink,
    AudienceBlock,
    Block,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    Emphasis,
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
from articles.document.inlines import tidy
from articles.document.parse import parse
from articles.document.words import document_words
from channels.renderers.markdown import MarkdownRenderer
from tests.renderers.samples import CONTEXT, ESIM, PICTURE, document, paragraph, text


def markdown(*blocks: Block, footnotes: tuple[Footnote, ...] = ()) -> str:
    rendered = MarkdownRenderer().render(document(*blocks, footnotes=footnotes), CONTEXT).decode()
    return rendered.removeprefix("# Activate an eSIM\n\n")


LAST_LINE = (
    f"![The code on the card](media:{PICTURE}) See [roaming](article:roaming#eu),"
    " run `*#06#` or call +44 808 157 0101."
)


def test_the_whole_sample_as_a_partner_gets_it() -> None:
    assert (
        MarkdownRenderer().render(ESIM, CONTEXT).decode()
        == f"""\
# Activate an eSIM

It takes five minutes & no tools.

It costs £19.99[^1] in our [shop](https://shop.example/esim).

## Steps

1.  Open **Settings**.

2.  Scan the code\\
    or type it:

    ```sh
    LPA:1$rsp.example$X
    ```

3.  Choose:

    -   data
    -   calls

| Plan | Price |
| --- | ---: |
| S | £19.99 |
| M | £25 |

::: warning "Warning"

Do *not* delete it.

:::

::: agent "For agents only"

Waive the fee.

:::

> It just worked.

___

{LAST_LINE}

[^1]: Once only.
"""
    )


BLOCKS: dict[str, Block] = {
    "a paragraph like a step": paragraph("1. not a step"),
    "a paragraph like a bullet": paragraph("- not a bullet"),
    "a paragraph like a heading": paragraph("# not a heading"),
    "a paragraph like a quote": paragraph("> not a quote"),
    "a paragraph like a part": paragraph('::: note "x"'),
    "a paragraph like a fence": paragraph("~~~ sh"),
    "a paragraph like a footnote": paragraph("[^1]: x"),
    "a paragraph like a snippet": paragraph("{{ price.esim }}"),
    "a paragraph like a rule": paragraph("---"),
    "a paragraph like an underlined heading": paragraph("a", LineBreak(), "==="),
    "a paragraph like a table": paragraph("a | b", LineBreak(), "---|---"),
    "a bare address": paragraph("see https://a_b.example/*c* now"),
    "an address in angle brackets": paragraph("see <https://a.example/>"),
    "a comment": paragraph("a <!-- b --> c"),
    "an entity": paragraph("&amp; &copy; AT&T"),
    "backslashes": paragraph("\\ \\* \\\\ C:\\dir"),
    "emphasis inside a word": paragraph("un", Strong(text("believ")), "able"),
    "emphasis in emphasis": paragraph(Strong((Text("a "), Emphasis(text("b"))))),
    "an exclamation before a link": paragraph("Look!", Link("https://a.example/", text("x"))),
    "a link with brackets": paragraph(Link("https://a.example/b_(c)?d=*e*&copy=1", text("[x]"))),
    "a link with its own address": paragraph(
        Link("https://a.example/b_c", text("https://a.example/b_c"))
    ),
    "a link to a heading of an article": paragraph(ArticleLink("abc", "资费", text("x"))),
    "code with backticks": paragraph(Code("``a`"), " and ", Code("{{ x }} \\*")),
    "a picture": paragraph(Image(PICTURE, "a [b] *c*")),
    "code that shows Markdown": CodeBlock("```\n::: note\n1. x\n```\n\n    y", "c++"),
    "a table with pipes": Table(
        (text("a|b"), ()), (((Code("c|d"),), text("e\\|f")), ((), ())), ("", "center")
    ),
    "a list of lists": BulletList(
        (
            (paragraph("a"), Steps(((paragraph("b"), CodeBlock("c")),), start=7)),
            (CodeBlock("d"), paragraph("e")),
            (Quote((paragraph("f"),)),),
            (Table((text("g"),), (), ("",)),),
            (Rule(),),
        )
    ),
    "many steps": Steps(tuple((paragraph(f"x{n}"), CodeBlock("y")) for n in range(4)), start=98),
    "parts in parts": Callout(
        "note",
        'A "title" with \\ and :::',
        (
            AudienceBlock("agent", "x", (Callout("tip", "y", (paragraph("z"),)), CodeBlock(":::"))),
            BulletList(((CodeBlock("in a list"), Callout("tip", "y", (paragraph("z"),))),)),
            Quote((Callout("danger", "q", (paragraph("r"),)),)),
        ),
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_parses_back_to_itself(name: str) -> None:
    block = BLOCKS[name]
    parsed = parse(markdown(block), locale="en")
    assert parsed.body.blocks == (block,)
    assert parsed.problems == ()


def test_lists_in_a_row_stay_apart() -> None:
    blocks = (
        Steps(((paragraph("a"),),)), Steps(((paragraph("b"),),)), Steps(((paragraph("c"),),)),
        BulletList(((paragraph("d"),),)), BulletList(((paragraph("e"),),)),
    )  # fmt: skip
    assert parse(markdown(*blocks), locale="en").body.blocks == blocks


def test_headings_keep_their_number_signs() -> None:
    heading = Heading(2, "c", text("C# ##"))
    assert markdown(heading) == "## C# \\#\\#\n"


def test_a_footnote_of_several_blocks_parses_back_to_itself() -> None:
    footnotes = (Footnote(1, (paragraph("a"), CodeBlock("b"))), Footnote(2, (CodeBlock("c"),)))
    blocks = (Paragraph((FootnoteRef(1), Text(": x"), FootnoteRef(2))),)
    parsed = parse(markdown(*blocks, footnotes=footnotes), locale="en").body
    assert (parsed.blocks, parsed.footnotes) == (blocks, footnotes)


def test_footnotes_keep_their_numbers_when_the_first_is_for_somebody_else() -> None:
    rest = document(
        paragraph("x", FootnoteRef(3), "y", FootnoteRef(5)),
        CodeBlock("[^9]: this is code"),
        footnotes=(Footnote(3, (paragraph("z"),)), Footnote(5, (CodeBlock("[^8]: code"),))),
    )
    rendered = MarkdownRenderer().render(rest, CONTEXT)
    assert b"x[^3]y[^5]" in rendered
    assert MarkdownRenderer().words(rendered) == document_words(rest)


def test_a_title_like_markup_stays_a_title() -> None:
    titled = replace(document(), title="*1.* [x](y) #", summary="- {{ z }}")
    rendered = MarkdownRenderer().render(titled, CONTEXT).decode()
    assert rendered == "# \\*1.\\* \\[x\\](y) \\#\n\n\\- \\{\\{ z \\}\\}\n"
    heading, summary = parse(rendered, locale="en").body.blocks
    assert isinstance(heading, Heading)
    assert (heading.children, summary) == (text("*1.* [x](y) #"), paragraph("- {{ z }}"))


def test_strong_text_beside_emphasis_that_begins_with_strong_text_stays_apart() -> None:
    children = (Strong(text("Plan")), Emphasis((Strong(text("S")), Text(" costs"))))
    rendered = markdown(Paragraph(children))
    assert rendered == "**Plan**_**S** costs_\n"
    assert parse(rendered, locale="en").body.blocks == (Paragraph(children),)


def test_where_no_marks_could_be_read_the_words_stay_and_the_stress_goes() -> None:
    children = (Strong(text("a")), Emphasis((Strong(text("b")), Text("c"))), Text("d"))
    assert markdown(Paragraph(children)) == "**ab**cd\n"


def test_in_a_chinese_sentence_strong_text_at_the_end_of_emphasis_keeps_both() -> None:
    children = (Text("请"), Emphasis((Text("先"), Strong(text("重启")))), Text("手机"))
    assert markdown(Paragraph(children)) == "请*先**重启***手机\n"


def stressed() -> st.SearchStrategy[Inline]:
    """Text as it comes at the ends of emphasis, and emphasis in emphasis."""
    words = st.sampled_from(["a", "b c", "。", "中", "*", "_", " ", "a ", " b", "!", "&amp;"])
    return st.recursive(
        st.one_of(words.map(Text), st.just(Code("*"))),
        lambda inner: st.builds(
            lambda kind, children: kind(tuple(children)),
            st.sampled_from([Strong, Emphasis, partial(Link, "https://x.example/a****b")]),
            st.lists(inner, min_size=1, max_size=4),
        ),
        max_leaves=12,
    )


@given(nodes=st.lists(stressed(), min_size=1, max_size=6))
def test_however_marks_of_emphasis_meet_the_words_read_back(nodes: list[Inline]) -> None:
    told = document(Paragraph(tidy([*nodes, Text(" end.")])))
    rendered = MarkdownRenderer().render(told, CONTEXT)
    assert MarkdownRenderer().words(rendered) == document_words(told)
