"""HTML: semantic, accessible and linked."""

from __future__ import annotations

from dataclasses import replace

from articles.document.blocks import (
    ArticleLink,
    AudienceBlock,
    Callout,
    CodeBlock,
    Fact,
    Footnote,
    FootnoteRef,
    Heading,
    Image,
    Link,
    Steps,
    Table,
)
from channels.renderers.html import HtmlRenderer
from tests.renderers.samples import CONTEXT, PHONE, PICTURE, PRICE, document, paragraph, text


def html(*blocks: object, **fields: object) -> str:
    return HtmlRenderer().render(document(*blocks, **fields), CONTEXT).decode()  # type: ignore[arg-type]


def test_an_article_says_its_language_its_id_and_its_digest() -> None:
    chinese = replace(document(locale="zh-hans"), title="激活", summary="很快")
    assert HtmlRenderer().render(chinese, CONTEXT).decode() == (
        '<article class="kh-article" lang="zh-Hans" data-article="k3v9"'
        f' data-digest="{CONTEXT.digest}">\n'
        '<h1 class="kh-title">激活</h1>\n'
        '<p class="kh-summary">很快</p>\n'
        "</article>\n"
    )


def test_a_heading_can_be_linked_to_from_its_article_and_from_others() -> None:
    written = html(
        Heading(2, "how-to", text("How to")),
        paragraph(Link("#how-to", text("up")), ArticleLink("abc", "how-to", text("there"))),
    )
    assert '<h2 id="kh-how-to">How to</h2>' in written
    assert '<a href="#kh-how-to">up</a>' in written
    assert '<a class="kh-link" data-article="abc" href="/en/a/abc/#kh-how-to">there</a>' in written


def test_steps_begin_where_the_author_begins() -> None:
    written = html(Steps(((paragraph("three"),), (paragraph("four"),)), start=3))
    assert '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>' in written


def test_an_item_of_several_blocks_holds_paragraphs() -> None:
    written = html(Steps(((paragraph("one"), CodeBlock("run", "sh")),)))
    assert '<li><p>one</p>\n<pre><code class="language-sh">run</code></pre>\n</li>' in written


def test_a_table_has_scoped_headers_and_can_be_reached_by_keyboard_to_scroll() -> None:
    written = html(Table((text("Plan"), text("Price")), ((text("S"), (PRICE,)),), ("", "right")))
    assert '<div class="kh-table" role="region" tabindex="0" aria-label="Plan; Price">' in written
    assert '<th scope="col">Plan</th><th class="kh-right" scope="col">Price</th>' in written
    assert '<td>S</td><td class="kh-right"><span class="kh-fact"' in written


def test_a_table_without_header_texts_is_named_after_the_article() -> None:
    written = html(Table(((), ()), ((text("a"), text("b")),), ("", "")))
    assert 'aria-label="Activate an eSIM"' in written


def test_a_picture_has_its_words_and_its_size() -> None:
    written = html(paragraph(Image(PICTURE, 'The "tray"', 640, 480), Image(PICTURE, "x")))
    assert (
        f'<img src="/media/{PICTURE}" alt="The &quot;tray&quot;" width="640" height="480"'
        ' loading="lazy">' in written
    )
    assert f'<img src="/media/{PICTURE}" alt="x" loading="lazy">' in written


def test_parts_for_some_readers_are_marked() -> None:
    written = html(
        Callout("warning", "Mind", (paragraph("the gap"),)),
        AudienceBlock("agent", "For agents only", (paragraph("hush"),)),
    )
    assert (
        '<aside class="kh-callout kh-callout-warning" role="note">\n'
        '<p class="kh-callout-title">Mind</p>\n<p>the gap</p>\n</aside>' in written
    )
    assert '<aside class="kh-audience kh-audience-agent" data-audience="agent">' in written


def test_facts_name_their_snippet_and_phone_numbers_can_be_called() -> None:
    written = html(paragraph(PRICE, " ", PHONE))
    assert '<span class="kh-fact" data-snippet="price.esim">£19.99</span>' in written
    assert (
        '<a class="kh-fact" data-snippet="phone.help" href="tel:+448081570101">'
        "+44 808 157 0101</a>" in written
    )


def test_a_phone_number_inside_a_link_does_not_nest_links() -> None:
    number = Fact("phone.help", "phone", "+44 1", "4 4 1")
    written = html(paragraph(Link("https://example.com/", (number,))))
    assert written.count("<a ") == 1


def test_footnotes_and_their_marks_lead_to_each_other_however_often_one_is_marked() -> None:
    written = html(
        paragraph("a", FootnoteRef(2), " b", FootnoteRef(2)),
        footnotes=(Footnote(2, (paragraph("note"),)),),
    )
    assert '<a id="kh-mark-k3v9-2" href="#kh-note-k3v9-2" role="doc-noteref">2</a>' in written
    assert '<a id="kh-mark-k3v9-2-2" href="#kh-note-k3v9-2" role="doc-noteref">2</a>' in written
    assert '<div class="kh-footnote" id="kh-note-k3v9-2">' in written
    assert '<a href="#kh-mark-k3v9-2" role="doc-backlink">2</a>' in written


def test_a_link_out_hands_no_window_over() -> None:
    written = html(paragraph(Link("https://example.com/?a=1&b=2", text("out"))))
    assert '<a href="https://example.com/?a=1&amp;b=2" rel="noopener">out</a>' in written
