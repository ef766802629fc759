"""What every format and every envelope keeps: the same words, for any document."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from articles.document.blocks import Document, Paragraph, SnippetRef
from articles.document.canonical import content_digest
from articles.document.expand import for_audience
from articles.document.words import document_words
from channels.registry import ENVELOPES, FORMATS
from channels.renderers.base import Context
from channels.renderers.html_gate import through_the_gate
from tests.document.strategies import documents
from tests.renderers.samples import CONTEXT, ESIM, document
from tests.renderers.wrapping import WRAPPINGS

every_format = pytest.mark.parametrize("format", FORMATS)


def context(document: Document) -> Context:
    return Context(content_digest(document), "a-slug", "a-topic")


@given(document=documents())
@settings(max_examples=150, deadline=None)
def test_every_format_says_the_words_of_the_document(document: Document) -> None:
    expected = document_words(document)
    for name, renderer in FORMATS.items():
        rendered = renderer.render(document, context(document))
        assert (name, renderer.words(rendered)) == (name, expected)


@given(document=documents())
@settings(max_examples=40, deadline=None)
def test_every_envelope_says_the_words_of_the_document(document: Document) -> None:
    expected = document_words(document)
    for name, wrapping in WRAPPINGS.items():
        stored = FORMATS[wrapping.wraps].render(document, context(document))
        assert (name, wrapping.words(wrapping.wrap(stored))) == (name, expected)


@given(document=documents())
@settings(max_examples=20, deadline=None)
def test_every_format_gives_the_same_bytes_each_time(document: Document) -> None:
    for renderer in FORMATS.values():
        first = type(renderer)().render(document, context(document))
        assert type(renderer)().render(document, context(document)) == first


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("seed", ["0", "1"])
def test_a_format_gives_the_same_bytes_in_another_process(format: str, seed: str) -> None:
    code = (
        "import sys; from channels.registry import FORMATS;"
        " from tests.renderers.samples import CONTEXT, ESIM;"
        f" sys.stdout.buffer.write(FORMATS[{format!r}].render(ESIM, CONTEXT))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONHASHSEED": seed},
    )
    assert elsewhere.stdout == FORMATS[format].render(ESIM, CONTEXT)


@given(document=documents())
@settings(max_examples=40, deadline=None)
def test_footnotes_keep_their_numbers_where_some_are_missing(document: Document) -> None:
    """What is left for an audience that doesn't read the first footnote."""
    body = for_audience(document.body, "public")
    expected = document_words(replace(document, body=body))
    for name, renderer in FORMATS.items():
        rendered = renderer.render(replace(document, body=body), context(document))
        assert (name, renderer.words(rendered)) == (name, expected)


@given(document=documents())
@settings(max_examples=40, deadline=None)
def test_the_last_gate_finds_nothing_to_change_in_our_html(document: Document) -> None:
    rendered = FORMATS["html"].render(document, context(document)).decode()
    assert through_the_gate(rendered) == rendered


@every_format
def test_a_format_says_the_words_of_the_sample(format: str) -> None:
    rendered = FORMATS[format].render(ESIM, CONTEXT)
    assert FORMATS[format].words(rendered) == document_words(ESIM)


@every_format
def test_a_format_refuses_a_snippet_that_was_not_expanded(format: str) -> None:
    unexpanded = document(Paragraph((SnippetRef("price.esim"),)))
    if format == "document":  # it can carry the reference, but never publish it
        rendered = FORMATS[format].render(unexpanded, CONTEXT)
        with pytest.raises(ValueError, match=r"price\.esim"):
            FORMATS[format].words(rendered)
        return
    with pytest.raises(ValueError, match=r"price\.esim"):
        FORMATS[format].render(unexpanded, CONTEXT)


def test_the_registry_names_formats_by_themselves_and_in_their_order() -> None:
    assert list(FORMATS) == ["html", "text", "markdown", "ssml", "document"]
    assert all(renderer.format == name for name, renderer in FORMATS.items())
    assert all(renderer.version >= 1 for renderer in FORMATS.values())


def test_every_envelope_of_the_registry_wraps_a_stored_format_and_is_tested_here() -> None:
    assert {name: envelope.wraps for name, envelope in ENVELOPES.items()} == {
        name: WRAPPINGS[name].wraps for name in ("voicexml", "twiml")
    }
    assert {wrapping.wraps for wrapping in WRAPPINGS.values()} <= set(FORMATS)
