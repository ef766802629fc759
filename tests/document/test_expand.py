"""Snippets put in their places, and parts left out for those who may not read them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from articles.audiences import AUDIENCES, may_read
from articles.document.blocks import (
    AudienceBlock,
    Body,
    Document,
    Fact,
    FootnoteRef,
    Heading,
    Link,
    Paragraph,
    SnippetRef,
    Strong,
    Text,
)
from articles.document.errors import ExpansionError, MissingValue, UnknownSnippet
from articles.document.expand import audience_levels, expand, for_audience
from articles.document.parse import parse
from articles.document.walk import every_block, inlines_with_audience
from articles.document.words import body_words
from tests.document.strategies import documents

PRICE = Fact("price", "money", "£5", "five pounds")
SHOP = Link("https://shop.example/", (Text("shop"),))


def body(source: str) -> Body:
    return parse(source, locale="en").body


def expanded(source: str, **snippets: Fact | Link | str) -> Body:
    def present(snippet: SnippetRef) -> Fact | Link | Body:
        if snippet.key not in snippets:
            raise UnknownSnippet(snippet.key)
        said = snippets[snippet.key]
        return body(said) if isinstance(said, str) else said

    return expand(body(source), present)


def test_facts_and_links_stand_in_the_line() -> None:
    found = expanded("Pay **{{ price }}** in our {{ shop }}.", price=PRICE, shop=SHOP)
    line = (Text("Pay "), Strong((PRICE,)), Text(" in our "), SHOP, Text("."))
    assert found.blocks == (Paragraph(line),)


def test_a_fact_alone_is_a_paragraph() -> None:
    assert expanded("{{ price }}", price=PRICE).blocks == (Paragraph((PRICE,)),)


def test_a_snippet_of_one_paragraph_flows_into_its_sentence() -> None:
    found = expanded("We are **{{ a }}** today.", a="**wide** open")
    line = (Text("We are "), Strong((Text("wide open"),)), Text(" today."))
    assert found.blocks == (Paragraph(line),)


def test_a_snippet_of_many_blocks_stands_alone() -> None:
    found = expanded("- {{ a }}\n- c", a="a\n\n- b")
    assert found == body("- a\n  - b\n- c")


@pytest.mark.parametrize("source", ["x {{ a }}", "# {{ a }}", "a | b\n--|--\n{{ a }} | c"])
def test_a_block_inside_a_sentence_is_refused(source: str) -> None:
    with pytest.raises(ExpansionError, match="is a block and stands inside a sentence") as caught:
        expanded(source, a="- list")
    assert caught.value.key == "a"


def test_snippets_may_use_snippets() -> None:
    found = expanded("x {{ a }} y\n\n{{ a }}", a="{{ b }}", b="costs {{ price }}", price=PRICE)
    assert body_words(found) == ["x", "costs", "£", "5", "y", "costs", "£", "5"]


def test_a_loop_is_named() -> None:
    with pytest.raises(ExpansionError, match="a → b → a"):
        expanded("{{ x }}", x="{{ a }}", a="1 {{ b }}", b="2 {{ a }}")
    with pytest.raises(ExpansionError, match="a → a"):
        expanded("{{ a }}", a="{{ a }}")


def test_snippets_are_used_through_ten_others_at_most() -> None:
    chain = {f"a{depth}": f"{{{{ a{depth + 1} }}}}" for depth in range(12)}
    with pytest.raises(ExpansionError, match="more than 10"):
        expanded("{{ a0 }}", **chain, a12="end")
    chain["a9"] = "end"
    assert body_words(expanded("{{ a0 }}", **chain)) == ["end"]


def test_few_snippets_cannot_fill_the_disk() -> None:
    doubling = {f"a{depth}": f"{{{{ a{depth + 1} }}}} " * 10 for depth in range(8)}
    with pytest.raises(ExpansionError, match="more than 5,000"):
        expanded("{{ a0 }}", **doubling, a8="x")


def test_a_snippet_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownSnippet) as caught:
        expanded("{{ nope }}")
    assert caught.value.key == "nope"
    assert str(MissingValue("a", "en")) == "snippet “a” has no value in the locale en"


def test_a_snippet_with_a_footnote_is_refused() -> None:
    with pytest.raises(ExpansionError, match="has footnotes"):
        expanded("{{ a }}", a="x[^1]\n\n[^1]: y")


def test_headings_of_a_snippet_fit_in_and_leave_the_articles_anchors() -> None:
    found = expanded("{{ a }}\n\n# Price\n\n### x\n\n{{ a }}", a="# Price\n\nfive")
    headings = [block for block in found.blocks if isinstance(block, Heading)]
    assert [(heading.level, heading.anchor) for heading in headings] == [
        *((2, "price-1"), (2, "price"), (3, "x"), (2, "price-2"))
    ]


def test_snippets_in_footnotes_and_links_are_expanded() -> None:
    found = expanded("a[^1] [{{ shop }}](https://x.y)\n\n[^1]: {{ price }}", shop=SHOP, price=PRICE)
    assert found.footnotes[0].blocks == (Paragraph((PRICE,)),)
    assert found.blocks == (
        Paragraph((Text("a"), FootnoteRef(1), Text(" "), Link("https://x.y", (Text("shop"),)))),
    )


def test_what_a_snippet_leaves_empty_goes() -> None:
    assert expanded("a\n\n{{ b }}\n\n> {{ b }}\n\n- {{ b }}", b="") == body("a")


PARTS = """\
# One
all[^a]

::: customer
customers[^c]

::: agent
agents[^g]
:::
:::

- ::: agent
  hidden
  :::
- seen[^s]

[^g]: only agents
[^a]: everybody
[^c]: only customers
[^s]: everybody too
"""


def test_a_reader_never_sees_what_is_for_others() -> None:
    public = body_words(for_audience(body(PARTS), "public"))
    assert public == ["One", "all", "1", "seen", "4", "1", "everybody", "4", "everybody", "too"]
    assert "customers" in body_words(for_audience(body(PARTS), "partner"))
    assert "agents" not in body_words(for_audience(body(PARTS), "partner"))
    assert for_audience(body(PARTS), "agent") == body(PARTS)


def test_headings_that_are_left_have_no_gaps() -> None:
    found = for_audience(body("# a\n\n::: agent\n## b\n:::\n\n### c\n\n# d"), "public")
    assert [block.level for block in found.blocks if isinstance(block, Heading)] == [2, 3, 2]


@given(documents())
@settings(max_examples=50)
def test_nothing_for_narrower_audiences_is_left(document: Document) -> None:
    for audience in AUDIENCES:
        found = for_audience(document.body, audience)
        every = [*every_block(found.blocks)]
        parts = [block for block in every if isinstance(block, AudienceBlock)]
        assert all(may_read(audience, part.audience) for part in parts)
        nodes = [node for node, _ in inlines_with_audience(Body(found.blocks))]
        marks = {node.number for node in nodes if isinstance(node, FootnoteRef)}
        assert {footnote.number for footnote in found.footnotes} == marks


@pytest.mark.parametrize(
    ("own", "levels"),
    [
        ("public", ("public", "customer", "agent")),
        ("customer", ("customer", "agent")),
        ("partner", ("partner", "agent")),
        ("agent", ("agent",)),
    ],
)
def test_an_article_differs_for_its_own_audience_and_those_of_its_parts(
    own: str, levels: tuple[str, ...]
) -> None:
    document = Document("k3v9", "en", "support", own, "T", "", (), body(PARTS))
    assert audience_levels(document) == levels
