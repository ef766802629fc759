"""Plain text reads well in a chat and is never ambiguous."""

from __future__ import annotations

from articles.document.blocks import Block, BulletList, CodeBlock, LineBreak, Link, Steps, Text
from articles.document.words import document_words
from channels.renderers.text import TextRenderer
from tests.renderers.samples import CONTEXT, ESIM, document, paragraph, text


def plain(*blocks: Block) -> str:
    rendered = TextRenderer().render(document(*blocks), CONTEXT).decode()
    return rendered.removeprefix("Activate an eSIM\n\n")


def test_the_whole_sample_as_an_agent_would_paste_it() -> None:
    assert (
        TextRenderer().render(ESIM, CONTEXT).decode()
        == """\
Activate an eSIM

It takes five minutes & no tools.

It costs £19.99[1] in our shop <https://shop.example/esim>.

Steps

1. Open Settings.
2. Scan the code
   or type it:
       LPA:1$rsp.example$X
3. Choose:
   - data
   - calls

Plan: S; Price: £19.99
Plan: M; Price: £25

Warning: Do not delete it.

| For agents only: Waive the fee.

  It just worked.

---

[The code on the card] See roaming, run *#06# or call +44 808 157 0101.

[1] Once only.
"""
    )


def test_a_link_that_shows_its_address_is_written_once() -> None:
    assert plain(paragraph(Link("https://a.example/", text("https://a.example/")))) == (
        "https://a.example/\n"
    )
    assert plain(paragraph(Link("mailto:a@b.example", text("a@b.example")))) == "a@b.example\n"


def test_an_address_the_author_typed_in_brackets_is_told_apart_from_ours() -> None:
    typed = document(paragraph("see <https://a.example/one> ", Link("tel:+44", text("us"))))
    rendered = TextRenderer().render(typed, CONTEXT)
    assert b"see < https://a.example/one> us <tel:+44>" in rendered
    assert TextRenderer().words(rendered) == document_words(typed)


def test_a_word_that_goes_on_after_a_link_stays_one_word() -> None:
    glued = document(paragraph(Link("https://a.example/", text("SIM")), "s"))
    rendered = TextRenderer().render(glued, CONTEXT)
    assert b"SIM <https://a.example/>s" in rendered
    assert TextRenderer().words(rendered) == document_words(glued)


def test_nested_lists_are_indented_under_their_items() -> None:
    inner = BulletList(((paragraph("a"), paragraph("b")),))
    assert plain(Steps(((paragraph("x"), inner),), start=10)) == "10. x\n    - a\n      b\n"


def test_code_keeps_its_lines_and_its_indentation() -> None:
    assert plain(CodeBlock("if x:\n\n    y")) == "    if x:\n\n        y\n"


def test_line_breaks_are_kept_and_line_ends_are_not() -> None:
    assert plain(paragraph("one\ntwo", LineBreak(), Text("three"))) == "one two\nthree\n"


def test_a_blank_that_must_not_break_stays() -> None:
    assert plain(paragraph("12\u00a0€ a\u2028b")) == "12\u00a0€ a b\n"
