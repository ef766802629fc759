"""What may stand in a line."""

from __future__ import annotations

import pytest

from articles.document.blocks import (
    ArticleLink,
    Code,
    Emphasis,
    FootnoteRef,
    Image,
    Inline,
    LineBreak,
    Link,
    Paragraph,
    SnippetRef,
    Strong,
    Text,
)
from articles.document.parse import parse
from articles.document.words import body_words, split_words

PICTURE = f"{'0123456789abcdef' * 4}.png"


def line(source: str) -> tuple[Inline, ...]:
    parsed = parse(source, locale="en")
    assert parsed.problems == ()
    (paragraph,) = parsed.body.blocks
    assert isinstance(paragraph, Paragraph)
    return paragraph.children


def em(*children: Inline | str) -> Emphasis:
    return Emphasis(tuple(Text(child) if isinstance(child, str) else child for child in children))


def strong(*children: Inline | str) -> Strong:
    return Strong(tuple(Text(child) if isinstance(child, str) else child for child in children))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*a* _b_", (em("a"), Text(" "), em("b"))),
        ("**bo**ld", (strong("bo"), Text("ld"))),
        ("***a** b*", (em(strong("a"), " b"),)),
        ("**a *b***", (strong("a ", em("b")),)),
        ("*a **b*c", (em("a **b"), Text("c"))),
        ("*foo**bar**baz*", (em("foo", strong("bar"), "baz"),)),
        ("**“你好”**世界", (strong("“你好”"), Text("世界"))),
        ("snake_case_name", (Text("snake_case_name"),)),
        ("2 * 3 * 4", (Text("2 * 3 * 4"),)),
        ("*not closed", (Text("*not closed"),)),
        ("*[a](https://x.y)*", (em(Link("https://x.y", (Text("a"),))),)),
        ("*a _b_ c*", (em("a b c"),)),
        (r"\*a\* \_", (Text("*a* _"),)),
    ],
)
def test_emphasis_pairs_as_readers_of_commonmark_expect(
    source: str, expected: tuple[Inline, ...]
) -> None:
    assert line(source) == expected


def test_code_keeps_its_signs() -> None:
    assert line("``a ` b`` `*x* {{ a }} &lt; <b> \\`") == (
        Code("a ` b"),
        Text(" "),
        Code("*x* {{ a }} &lt; <b> \\"),
    )


def test_html_is_text_and_entities_are_characters() -> None:
    assert line('<b onclick="x">a</b> &copy; &lt;i&gt; &#20013; &amp;lt;') == (
        Text('<b onclick="x">a</b> © <i> 中 &lt;'),
    )


def test_an_entity_cannot_bring_back_what_is_removed() -> None:
    assert line("a&#8238;b&#xFEFF;c&#0;d") == (Text("abc\ufffdd"),)


def test_a_line_ends_where_the_author_breaks_it() -> None:
    assert line("a  \nb\\\nc\nd") == (Text("a"), LineBreak(), Text("b"), LineBreak(), Text("c d"))


def test_a_line_end_in_a_chinese_sentence_is_no_blank() -> None:
    assert line("资费，\n说明\nplan") == (Text("资费，说明 plan"),)


@pytest.mark.parametrize(
    ("source", "href", "text"),
    [
        ('[a](https://x.y/b_(c)?d&amp;e "title")', "https://x.y/b_(c)?d&e", "a"),
        ("[a](<https://x.y/b c>)", "https://x.y/b%20c", "a"),
        ("[a](mailto:a@b.c)", "mailto:a@b.c", "a"),
        ("[a](tel:+448081570101)", "tel:+448081570101", "a"),
        ("<https://x.y/a_b_c>", "https://x.y/a_b_c", "https://x.y/a_b_c"),
        ("<help@example.com>", "mailto:help@example.com", "help@example.com"),
        ("[a][r]\n\n[r]: https://x.y/z 'title'", "https://x.y/z", "a"),
        ("[R]\n\n[r]: <https://x.y/z>", "https://x.y/z", "R"),
        ("https://x.y/a_b*c*?d=1", "https://x.y/a_b*c*?d=1", "https://x.y/a_b*c*?d=1"),
    ],
)
def test_links_lead_out(source: str, href: str, text: str) -> None:
    assert line(source) == (Link(href, (Text(text),)),)


@pytest.mark.parametrize("after", [".", ",", ")", "?!", "。", "，谢谢", "**", "'"])
def test_a_bare_address_ends_before_the_sentences_punctuation(after: str) -> None:
    url = "https://x.y/(a)"
    assert line(f"see {url}{after}")[1] == Link(url, (Text(url),))


def test_no_address_is_a_link_in_code_or_in_a_link() -> None:
    assert line("`https://x.y`") == (Code("https://x.y"),)
    assert line("[see https://x.y](https://z.z)") == (
        Link("https://z.z", (Text("see https://x.y"),)),
    )


def test_an_anchor_is_a_heading_of_the_article() -> None:
    parsed = parse("# 资费 A\n\n[a](#资费-a) [b](#%E8%B5%84%E8%B4%B9-a)", locale="en")
    assert parsed.problems == ()
    link = Link("#资费-a", (Text("a"),))
    assert parsed.body.blocks[1] == Paragraph((link, Text(" "), Link(link.href, (Text("b"),))))


def test_a_link_to_an_article_names_its_id() -> None:
    assert line("[a **b**](article:k3v9-x#top)") == (
        ArticleLink("k3v9-x", "top", (Text("a "), strong("b"))),
    )


def test_a_picture_names_its_content() -> None:
    assert line(f"![The *tray*, open](media:{PICTURE})") == (Image(PICTURE, "The *tray*, open"),)
    assert line(f"[![Tray](media:{PICTURE})](https://x.y)") == (
        Link("https://x.y", (Image(PICTURE, "Tray"),)),
    )


def test_a_snippet_is_named_by_a_key() -> None:
    assert line("{{ price.plan-s }}{{a}} **{{ b_c.d }}**") == (
        SnippetRef("price.plan-s"),
        SnippetRef("a"),
        Text(" "),
        strong(SnippetRef("b_c.d")),
    )


@pytest.mark.parametrize(
    "source",
    [
        *("{{ }}", "{{ A }}", "{{ 1a }}", "{{ a..b }}", "{{ a b }}", "{ { a } }", "{% a %}"),
        *("{{ a|safe }}", "{{ a() }}", "{{ " + "a" * 81 + " }}", "{{ a }", "{{ a. }}"),
    ],
)
def test_other_braces_are_text(source: str) -> None:
    assert line(source) == (Text(source),)


def test_an_escaped_snippet_is_text() -> None:
    assert line(r"\{{ x }} and \\{{ x }}") == (Text("{{ x }} and \\"), SnippetRef("x"))


def test_a_footnote_mark_stands_outside_a_link() -> None:
    parsed = parse("[a[^1]](https://x.y)\n\n[^1]: b", locale="en")
    assert parsed.body.blocks == (Paragraph((Link("https://x.y", (Text("a"),)), FootnoteRef(1))),)


@pytest.mark.parametrize("mark", ["", "!"])
@pytest.mark.parametrize("title", ['"(b)', "'(b)", '"(b) "c', '"b" (c) "'])
def test_a_link_whose_title_never_ends_is_text_and_loses_no_word(mark: str, title: str) -> None:
    source = f"One {mark}[a](https://x.example {title} two three."
    parsed = parse(source, locale="en")
    assert not parsed.problems
    assert body_words(parsed.body) == split_words(source)
