"""Text that would like to be markup, or that some format can't carry, stays text everywhere."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from articles.document.blocks import (
    ArticleLink,
    Block,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    Document,
    Fact,
    Heading,
    Image,
    Link,
    Paragraph,
    Steps,
    Table,
    Text,
)
from articles.document.words import document_words
from channels.envelopes import twiml, voicexml
from channels.registry import FORMATS
from channels.renderers.html_gate import through_the_gate
from tests.renderers.samples import CONTEXT, PICTURE, document, paragraph, text
from tests.renderers.wrapping import WRAPPINGS

HOSTILE = {
    "end of CDATA": "a ]]> b",
    "script": "<script>alert(1)</script>",
    "script without end": "<script",
    "event handler": "<img src=x onerror=alert(1)>",
    "quotes": "\" onmouseover='x' \"",
    "comment": "<!-- a --> b --> <!--",
    "processing instruction": "<?xml version='1.0'?>",
    "doctype": "<!DOCTYPE x [<!ENTITY y 'z'>]> &y;",
    "entities": "&amp; &lt;b&gt; &#60; &copy &nbsp; &unknown;",
    "right to left": "pay \u202e99.91\u202c now",
    "isolate": "a\u2066b\u2069c",
    "line separators": "a\u2028b\u2029c\u0085d",
    "snippet": "{{ price.esim }} {% if %}",
    "part": "::: agent \"x\"\n:::",
    "fence": "``` ~~~",
    "list": "1. one\n- two",
    "table": "a | b\n---|---",
    "footnote": "[^1]: note",
    "reference": "[x]: https://example.com",
    "address": "<https://example.com> and <tel:123>",
    "underline": "a\n===",
    "markup of ours": '<a class="kh-link" data-article="x" href="/en/a/x/">y</a>',
}  # fmt: skip
# What XML and UTF-8 can't carry separates words; `document_words` sees it in the same way.
UNCARRIED = {"nul": "a\x00b", "controls": "a\x01b\x0bc\x1bd", "half pairs": "a\ud800b\udfffc"}


def everywhere(hostile: str) -> Document:
    """A document with the text in every place that can hold one."""
    blocks: tuple[Block, ...] = (
        Heading(2, "x", text(hostile)),
        paragraph(hostile, Code(hostile), Fact("k", "money", hostile, f"{hostile} spoken")),
        paragraph("see ", Link("https://example.com/", text(hostile)), " or ",
                  ArticleLink("abc", "d", text(hostile))),
        paragraph(Image(PICTURE, hostile), " and ", Fact("k", "phone", hostile, hostile)),
        BulletList(((paragraph(hostile),), (paragraph("x"), paragraph(hostile)))),
        Steps(((paragraph(hostile),),)),
        Table((text(hostile), text("b")), ((text("a"), text(hostile)),), ("", "")),
        CodeBlock(hostile, "c++"),
        Callout("note", hostile, (paragraph(hostile),)),
    )  # fmt: skip
    whole = document(*blocks)
    return Document(
        whole.article, whole.locale, whole.kind, whole.audience,
        title=hostile, summary=hostile, questions=(hostile,), body=whole.body,
    )  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_said_as_it_is_in_every_format_and_envelope(name: str) -> None:
    whole = everywhere(HOSTILE[name])
    expected = document_words(whole)
    for format, renderer in FORMATS.items():
        assert (format, renderer.words(renderer.render(whole, CONTEXT))) == (format, expected)
    for envelope, wrapping in WRAPPINGS.items():
        wrapped = wrapping.wrap(FORMATS[wrapping.wraps].render(whole, CONTEXT))
        assert (envelope, wrapping.words(wrapped)) == (envelope, expected)


@pytest.mark.parametrize("hostile", [*HOSTILE.values(), *UNCARRIED.values()])
def test_every_format_is_well_formed_whatever_the_text(hostile: str) -> None:
    whole = everywhere(hostile)
    rendered = {name: renderer.render(whole, CONTEXT) for name, renderer in FORMATS.items()}
    for body in rendered.values():
        body.decode("utf-8")
    etree.fromstring(rendered["ssml"])
    json.loads(rendered["document"])
    etree.fromstring(twiml.article(rendered["ssml"]))
    etree.fromstring(
        voicexml.article(rendered["ssml"], locale="en", title=hostile, back_url=f"/?x={hostile}")
    )
    for wrapping in WRAPPINGS.values():
        wrapping.wrap(rendered[wrapping.wraps])


@pytest.mark.parametrize("hostile", UNCARRIED.values())
def test_what_no_format_can_carry_still_separates_words(hostile: str) -> None:
    whole = document(paragraph(hostile))
    for format, renderer in FORMATS.items():
        rendered = renderer.render(whole, CONTEXT)
        assert (format, renderer.words(rendered)) == (format, document_words(whole))


@pytest.mark.parametrize("hostile", HOSTILE.values())
def test_hostile_text_never_becomes_an_element_and_passes_the_gate(hostile: str) -> None:
    rendered = FORMATS["html"].render(everywhere(hostile), CONTEXT).decode()
    assert through_the_gate(rendered) == rendered
    assert "<script" not in rendered
    assert "<img src=x" not in rendered


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "//evil", ""],
)
def test_a_link_with_a_dangerous_address_is_only_text(href: str) -> None:
    whole = document(paragraph("a ", Link(href, text("click")), " b"))
    for format in ("html", "text", "markdown", "ssml"):
        rendered = FORMATS[format].render(whole, CONTEXT).decode()
        assert "click" in rendered
        assert "<a " not in rendered
        assert "](" not in rendered
        assert not href.strip() or href.strip() not in rendered


def test_an_address_can_not_leave_its_attribute() -> None:
    link = Link('https://example.com/"><script>x</script>', text("y"))
    rendered = FORMATS["html"].render(document(paragraph(link)), CONTEXT).decode()
    assert 'href="https://example.com/%22%3E%3Cscript%3Ex%3C/script%3E"' in rendered


def test_the_gate_takes_away_what_is_not_ours() -> None:
    dangerous = (
        '<p onclick="x">a<script>b</script><a href="javascript:c">d</a><iframe></iframe></p>'
    )
    assert through_the_gate(dangerous) == "<p>a<a>d</a></p>"


def test_very_deep_documents_are_read_back_whole() -> None:
    block: Block = Paragraph((Text("deep"),))
    for _ in range(60):
        block = BulletList(((block,),))
    whole = document(block)
    for format in ("html", "text", "ssml", "document"):
        renderer = FORMATS[format]
        assert renderer.words(renderer.render(whole, CONTEXT)) == document_words(whole)
