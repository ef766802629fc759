"""Which blocks a Markdown source makes."""

from __future__ import annotations

from textwrap import dedent

import pytest

from articles.document.blocks import (
    AudienceBlock,
    Block,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    Footnote,
    FootnoteRef,
    Heading,
    Paragraph,
    Quote,
    Rule,
    Steps,
    Table,
    Text,
)
from articles.document.parse import parse


def blocks(source: str, locale: str = "en") -> tuple[Block, ...]:
    parsed = parse(dedent(source), locale=locale)
    assert parsed.problems == ()
    return parsed.body.blocks


def p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def bullets(*texts: str) -> BulletList:
    return BulletList(tuple((p(text),) for text in texts))


def levels(source: str) -> list[int]:
    return [block.level for block in blocks(source) if isinstance(block, Heading)]


def anchors(source: str) -> list[str]:
    return [block.anchor for block in blocks(source) if isinstance(block, Heading)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# a\n## b\n### c\n## d", [2, 3, 4, 3]),
        ("### a\n##### b\n### c", [2, 3, 2]),
        ("### a\n## b\n### c", [2, 2, 3]),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", [2, 3, 4, 5, 6, 6]),
        ("a\n===\nb\n---", [2, 3]),
    ],
)
def test_heading_levels_have_no_gaps_under_the_title(source: str, expected: list[int]) -> None:
    assert levels(source) == expected


def test_anchors_are_made_of_the_headings_words_and_differ() -> None:
    source = "# What's new?\n# A & B\n# 资费 说明\n# **Bold** `code`\n# What's new?\n# !!\n# a-b_c"
    assert anchors(source) == [
        *("whats-new", "a--b", "资费-说明", "bold-code", "whats-new-1", "section", "a-b_c")
    ]


def test_closing_marks_of_a_heading_are_left_out() -> None:
    assert blocks("## Title ##\n") == (Heading(2, "title", (Text("Title"),)),)
    assert blocks("# C#") == (Heading(2, "c", (Text("C#"),)),)
    assert blocks("#tag") == (p("#tag"),)


@pytest.mark.parametrize("indent", ["  ", "   ", "    "])
def test_nested_lists_may_be_indented_by_two_three_or_four_blanks(indent: str) -> None:
    source = f"- a\n{indent}- b\n{indent}{indent}- c\n- d"
    inner = BulletList(((p("b"), bullets("c")),))
    assert blocks(source) == (BulletList(((p("a"), inner), (p("d"),))),)


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
def test_steps_hold_paragraphs_lists_tables_and_code(indent: str) -> None:
    source = (
        "1. one\n\n>para\n>- x\n>- y\n\n>| a | b |\n>|---|---|\n>| 1 | 2 |\n\n"
        ">```sh\n>run\n\n>  more\n>```\n2. two"
    ).replace(">", indent)
    cells = ((Text("1"),), (Text("2"),))
    table = Table(((Text("a"),), (Text("b"),)), (cells,), ("", ""))
    first = (p("one"), p("para"), bullets("x", "y"), table, CodeBlock("run\n\n  more", "sh"))
    assert blocks(source) == (Steps((first, (p("two"),))),)


def test_a_list_may_follow_a_paragraph_without_an_empty_line() -> None:
    assert blocks("Buy:\n- a\n- b") == (p("Buy:"), bullets("a", "b"))
    assert blocks("Do:\n1. a\n2. b") == (p("Do:"), Steps(((p("a"),), (p("b"),))))


def test_a_number_that_begins_a_line_of_a_paragraph_is_no_list() -> None:
    assert blocks("It was in\n1984. A year.") == (p("It was in 1984. A year."),)


def test_steps_begin_with_their_first_number() -> None:
    assert blocks("7. a\n7. b") == (Steps(((p("a"),), (p("b"),)), start=7),)


def test_items_apart_by_empty_lines_are_one_list() -> None:
    assert blocks("- a\n\n- b\n\n\n- c") == (bullets("a", "b", "c"),)


def test_another_bullet_begins_another_list() -> None:
    assert blocks("- a\n* b\n1. c") == (bullets("a"), bullets("b"), Steps(((p("c"),),)))


def test_a_line_that_goes_on_belongs_to_its_item() -> None:
    assert blocks("- a\nb\n\nc") == (bullets("a b"), p("c"))


def test_empty_items_are_left_out() -> None:
    assert blocks("- a\n-\n- b") == (bullets("a", "b"),)


def test_a_quote_holds_blocks_and_lines_that_go_on() -> None:
    assert blocks("> a\nb\n> - c\n\nd") == (Quote((p("a b"), bullets("c"))), p("d"))


def test_code_is_kept_as_it_is() -> None:
    source = (
        "```json extra\n{{ a }} **x** <b>\n\n\ty\n```\n~~~\n```\n~~~\n\n    indented\n      more\n"
    )
    assert blocks(source) == (
        CodeBlock("{{ a }} **x** <b>\n\n\ty", "json"),
        CodeBlock("```"),
        CodeBlock("indented\n  more"),
    )


def test_a_fence_without_an_end_goes_to_the_end() -> None:
    assert blocks("```\na\n\n# b") == (CodeBlock("a\n\n# b"),)


def test_rules_and_underlines_are_told_apart() -> None:
    assert blocks("a\n\n---\n***\n_ _ _") == (p("a"), Rule(), Rule(), Rule())
    assert blocks("a\n---") == (Heading(2, "a", (Text("a"),)),)


def test_a_table_is_even_and_aligned() -> None:
    source = "| a | b | c |\n|:--|:-:|--:|\n| 1 \\| 2 | `x` |\n|||\n\nend"
    assert blocks(source) == (
        Table(
            ((Text("a"),), (Text("b"),), (Text("c"),)),
            (((Text("1 | 2"),), (Code("x"),), ()), ((), (), ())),
            ("left", "center", "right"),
        ),
        p("end"),
    )


def test_a_callout_gets_its_title_from_the_author_or_the_locale() -> None:
    assert blocks('::: tip "Say \\"no\\""\na\n:::') == (Callout("tip", 'Say "no"', (p("a"),)),)
    assert blocks(":::warning\na\n:::") == (Callout("warning", "Warning", (p("a"),)),)
    assert blocks("::: tip\na\n:::", "zh-hans") == (Callout("tip", "提示", (p("a"),)),)
    assert blocks("::: note\na\n:::", "zh-hant") == (Callout("note", "說明", (p("a"),)),)
    assert blocks("::: note\na\n:::", "cy") == (Callout("note", "Note", (p("a"),)),)


def test_parts_nest_in_parts_lists_and_quotes() -> None:
    source = """\
        :::: agent
        a
        ::: note "N"
        b
        :::
        ::::
        - c
          ::: partner "P"
          d
          :::
        """
    assert blocks(source) == (
        AudienceBlock("agent", "For agents only", (p("a"), Callout("note", "N", (p("b"),)))),
        BulletList(((p("c"), AudienceBlock("partner", "P", (p("d"),))),)),
    )


def test_parts_of_equally_many_colons_nest_too() -> None:
    inner = Callout("tip", "Tip", (p("a"),))
    source = "::: note\n::: tip\na\n:::\nb\n:::"
    assert blocks(source) == (Callout("note", "Note", (inner, p("b"))),)


def test_colons_in_code_and_in_items_close_nothing() -> None:
    source = "::: note\n```\n:::\n```\n- ::: tip\n  a\n  :::\n:::"
    inner = BulletList(((Callout("tip", "Tip", (p("a"),)),),))
    assert blocks(source) == (Callout("note", "Note", (CodeBlock(":::"), inner)),)


def test_footnotes_are_numbered_by_their_first_mark() -> None:
    parsed = parse(
        "a[^x] b[^1] c[^x]\n\n[^1]: one\n\n[^x]: two\n    lines\n\n    more", locale="en"
    )
    marks = (FootnoteRef(1), FootnoteRef(2), FootnoteRef(1))
    texts = (Text("a"), Text(" b"), Text(" c"))
    pairs = (node for pair in zip(texts, marks, strict=True) for node in pair)
    assert parsed.body.blocks == (Paragraph(tuple(pairs)),)
    assert parsed.body.footnotes == (
        Footnote(1, (p("two lines"), p("more"))),
        Footnote(2, (p("one"),)),
    )


def test_comments_disappear() -> None:
    assert blocks("<!-- a\n\nb -->\nc <!-- d --> e\n\n<!-- f --> g") == (p("c e"), p("g"))
    assert blocks("`<!-- a -->`") == (Paragraph((Code("<!-- a -->"),)),)
    assert blocks("<!-- never closed\n\nb") == (p("<!-- never closed"), p("b"))


def test_line_ends_of_windows_and_tabs_are_fine() -> None:
    assert blocks("a\r\nb\r\n\r\n-\tc\r\n\t- d\r\n") == (
        p("a b"),
        BulletList(((p("c"), bullets("d")),)),
    )


def test_code_right_after_an_items_mark_hides_no_part_that_follows() -> None:
    source = "1. ```sh\n   run\n   ```\n2. b\n\n::: note\nc\n:::"
    assert blocks(source) == (
        Steps(((CodeBlock("run", "sh"),), (p("b"),))),
        Callout("note", "Note", (p("c"),)),
    )


def test_lists_may_begin_in_the_line_of_an_item() -> None:
    source = "- - a\n    b\n  - c\n- d"
    assert blocks(source) == (BulletList(((bullets("a b", "c"),), (p("d"),))),)


def test_only_a_paragraph_goes_on_in_a_line_without_marks() -> None:
    heading = Heading(2, "a", (Text("a"),))
    assert blocks("> # a\nb") == (Quote((heading,)), p("b"))
    assert blocks("- # a\nb") == (BulletList(((heading,),)), p("b"))
    assert blocks("- ```\n  a\n  ```\nb") == (BulletList(((CodeBlock("a"),),)), p("b"))


def test_code_in_items_indented_by_four_is_code() -> None:
    source = "- a\n\n    b\n\n        code\n          more"
    assert blocks(source) == (BulletList(((p("a"), p("b"), CodeBlock("code\n  more")),)),)
