"""Anchors of headings: what a reader gets does not depend on what others may read beside it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.audiences import AUDIENCES
from articles.document.blocks import AudienceBlock, Block, Body, Callout, Heading, SnippetRef, Text
from articles.document.expand import expand, for_audience
from articles.document.headings import name_headings
from articles.document.parse import parse
from articles.document.walk import every_block


def anchors(blocks: tuple[Block, ...]) -> list[str]:
    return [block.anchor for block in every_block(blocks) if isinstance(block, Heading)]


def parsed(source: str) -> tuple[Block, ...]:
    return parse(source, locale="en").body.blocks


def expanded(source: str, **snippets: str) -> Body:
    def present(snippet: SnippetRef) -> Body:
        return parse(snippets[snippet.key], locale="en").body

    return expand(parse(source, locale="en").body, present)


# Words that collide with each other, and with the numbers that anchors get.
TITLES = st.sampled_from(("Price", "Price 1", "Roaming"))
HEADINGS = TITLES.map(lambda title: Heading(2, "", (Text(title),)))


def inside(content: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(content, min_size=1, max_size=3).map(tuple)
    part = st.builds(AudienceBlock, st.sampled_from(AUDIENCES[1:]), st.just("Part"), blocks)
    return part | st.builds(Callout, st.just("note"), st.just("Note"), blocks)


OUTLINES = st.lists(st.recursive(HEADINGS, inside, max_leaves=8), max_size=6).map(tuple)


@given(OUTLINES)
def test_anchors_that_a_reader_gets_are_those_of_a_text_without_the_parts_for_others(
    outline: tuple[Block, ...],
) -> None:
    named = Body(name_headings(outline))
    for audience in AUDIENCES:
        cut = for_audience(Body(outline), audience).blocks
        assert anchors(for_audience(named, audience).blocks) == anchors(name_headings(cut))


@given(OUTLINES)
def test_no_two_headings_share_an_anchor(outline: tuple[Block, ...]) -> None:
    found = anchors(name_headings(outline))
    assert len(set(found)) == len(found)


def test_a_part_for_agents_takes_no_anchor_from_a_public_heading() -> None:
    found = parsed("::: agent\n## Price\n:::\n\n## Price\n\n## Price")
    assert anchors(found) == ["price-2", "price", "price-1"]


def test_wider_readers_headings_are_named_before_narrower_ones_inside() -> None:
    nested = "::: agent\n## Price\n::: customer\n## Price\n:::\n:::"
    source = f"{nested}\n\n::: customer\n## Price\n:::\n\n## Price"
    # A customers' part inside an agents' part is read by agents alone.
    assert anchors(parsed(source)) == ["price-2", "price-3", "price-1", "price"]


def test_a_link_to_a_heading_of_its_own_text_stays_right() -> None:
    source = "::: agent\n## Price\n:::\n\n[see](#price)\n\n## Price"
    assert parse(source, locale="en").problems == ()
    assert anchors(for_audience(Body(parsed(source)), "public").blocks) == ["price"]


def test_a_snippets_public_heading_yields_to_no_part_for_agents() -> None:
    part = "::: agent\n## Price\n{{ a }}\n:::"
    alone = expanded("{{ a }}", a="## Price\n\nfive")
    beside = expanded(f"{part}\n\n{{{{ a }}}}", a="## Price\n\nfive")
    assert anchors(for_audience(beside, "public").blocks) == anchors(alone.blocks) == ["price"]
    assert anchors(beside.blocks) == ["price-1", "price-2", "price"]


def test_a_part_for_agents_in_a_snippet_takes_no_anchor_from_what_follows_it() -> None:
    found = expanded("{{ a }}\n\n{{ b }}", a="::: agent\n## Price\n:::\n\nx", b="## Price\n\nfive")
    assert anchors(for_audience(found, "public").blocks) == ["price"]
