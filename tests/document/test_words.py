"""What counts as a word, and the order in which a document is read."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.document.blocks import (
    AudienceBlock,
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
from articles.document.words import body_words, document_words, read_aloud, split_words
from tests.document.strategies import LINES, lines


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It costs 19.99 or 10-20, it's fine.", "It costs 19.99 or 10-20 it's fine"),
        ("Ask user@host (see https://a.b/c).", "Ask user@host see https a.b/c"),
        ("£12.50, 10% or 5 °C", "£ 12.50 10 % or 5 ° C"),
        ("-5 and −5 and - 5 and -£5", "-5 and -5 and 5 and − £ 5"),
        ("1 + 1 = 2 ≠ 3", "1 + 1 = 2 ≠ 3"),
        ("‹a› | b · c • d ▪ e — f", "a b c d e f"),
        ("资费 5G网络", "资 费 5G 网 络"),
        ("カナとかな", "カ ナ と か な"),
        ("हिन्दी한국어 مرحبا", "हिन्दी한국어 مرحبا"),
        ("wait... what?! (yes)", "wait what yes"),
        ("snake_case-word/x", "snake_case-word/x"),
        ("", ""),
    ],
)
def test_words_are_runs_of_letters_and_digits_with_single_signs(text: str, words: str) -> None:
    assert split_words(text) == words.split()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Hello”, she said…", '"Hello" she said'),
        ("it’s", "it's"),
        ("a\u00a0b\u3000c\n\td", "a b c d"),
        ("cafe\u0301", "café"),
        ("co\u00adop zero\u200bwidth", "coop zerowidth"),
        ("⚠\ufe0f 👩\u200d💻", "⚠ 👩💻"),
    ],
)
def test_punctuation_blanks_and_invisible_characters_never_matter(one: str, other: str) -> None:
    assert split_words(one) == split_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("£12", "€12"),
        ("12", "£12"),
        ("10%", "10"),
        ("-5", "5"),
        ("-£5", "£5"),
        ("19.99", "1999"),
        ("Plan S", "Plan s"),
        ("资费", "資費"),
        ("5 > 3", "5 < 3"),
    ],
)
def test_letters_digits_currency_percent_and_sign_always_matter(one: str, other: str) -> None:
    assert split_words(one) != split_words(other)


@given(lines(), lines())
def test_lines_set_apart_have_the_words_of_both(one: str, other: str) -> None:
    assert split_words(f"{one}\n{other}") == split_words(one) + split_words(other)


@given(st.text() | st.sampled_from(LINES))
def test_words_said_again_are_the_same_words(text: str) -> None:
    words = split_words(text)
    assert [again for word in words for again in split_words(word)] == words


@given(
    st.text(st.characters(max_codepoint=0x7F))
    | st.text(st.sampled_from("a1 -$%.,:'/@_+<=>|~^`\n"), max_size=12)
)
@example("-$1 -2 a-3")
def test_ascii_is_cut_by_the_same_rules_as_every_other_text(text: str) -> None:
    """An invisible character at its end makes a text one that is not ASCII, and says nothing."""
    assert split_words(text) == split_words(f"{text}\u200b")


def test_a_document_is_read_title_summary_blocks_and_footnotes() -> None:
    body = Body(
        (
            Heading(2, "a", (Text("Head"),)),
            BulletList(((paragraph("one"), paragraph("more")), (paragraph("two"),))),
            Quote((paragraph("quoted"),)),
            Callout("note", "Note", (paragraph("called"),)),
            AudienceBlock("agent", "For agents", (paragraph("hidden"),)),
            Rule(),
            CodeBlock("x = 1"),
        ),
        (Footnote(1, (paragraph("the note"),)),),
    )
    document = Document("id", "en", "support", "public", "Title", "Summary", ("Why?",), body)
    assert list(read_aloud(document)) == [
        *("Title", "Summary", "Head", "one", "more", "two", "quoted", "Note", "called"),
        *("For agents", "hidden", "x = 1", "1 the note"),
    ]


def test_steps_are_read_with_their_numbers() -> None:
    steps = Steps(((paragraph("first"),), (paragraph("second"), paragraph("more"))), start=9)
    assert body_words(Body((steps,))) == ["9", "first", "10", "second", "more"]


def test_each_cell_is_read_after_its_header() -> None:
    header = ((Text("Plan"),), (Text("Price"),))
    rows = (((Text("S"),), (Text("£5"),)), ((Text("M"),), ()))
    table = Table(header, rows, ("", ""))
    assert body_words(Body((table,))) == ["Plan", "S", "Price", "£", "5", "Plan", "M", "Price"]
    assert body_words(Body((Table(header, (), ("", "")),))) == ["Plan", "Price"]


def test_only_pictures_marks_and_breaks_part_words_within_a_line() -> None:
    inside = Paragraph(
        (
            Strong((Text("bo"),)),
            Text("ld"),
            Code("code"),
            Emphasis((Text("x"),)),
            Image("", "a tray"),
            Link("#a", (Text("y"),)),
            FootnoteRef(1),
            Text("z"),
            LineBreak(),
            Fact("k", "money", "£5", "five pounds"),
        )
    )
    assert body_words(Body((inside,))) == ["boldcodex", "a", "tray", "y", "1", "z", "£", "5"]


def test_a_snippet_that_was_not_expanded_is_never_read() -> None:
    document = Document(
        "id", "en", "support", "public", "T", "", (), Body((Paragraph((SnippetRef("a"),)),))
    )
    with pytest.raises(ValueError, match="not been expanded"):
        document_words(document)
