"""What every format and every envelope keeps: the same words, for any document."""

from __future__ import annotations

import ast
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
from channels.renderers import html
from channels.renderers.base import Context
from tests.document.strategies import documents
from tests.renderers.samples import CONTEXT, ESIM, document
from tests.renderers.wrapping import WRAPPINGS

every_format = pytest.mark.parametrize("format", FORMATS)


def context(document: Document) -> Context:
    return Context(content_digest(document), "a-slug", "a-topic")


@given(document=documents())
def test_every_format_and_every_envelope_says_the_words_that_its_audience_reads(
    document: Document,
) -> None:
    """Where an audience does not read the first footnote, the others keep their numbers."""
    bodies = (for_audience(document.body, audience) for audience in ("agent", "public"))
    for body in dict.fromkeys(bodies):
        told = replace(document, body=body)
        expected = document_words(told)
        rendered = {
            name: renderer.render(told, context(told)) for name, renderer in FORMATS.items()
        }
        for name, renderer in FORMATS.items():
            assert (name, renderer.words(rendered[name])) == (name, expected)
        for name, wrapping in WRAPPINGS.items():
            wrapped = wrapping.wrap(rendered[wrapping.wraps])
            assert (name, wrapping.words(wrapped)) == (name, expected)


@given(document=documents())
@settings(max_examples=30)
def test_a_format_gives_the_same_bytes_each_time_and_the_last_gate_changes_none(
    document: Document,
) -> None:
    first, again = (
        {
            name: type(format)().render(document, context(document))
            for name, format in FORMATS.items()
        }
        for _ in range(2)
    )
    assert again == first
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "through_the_gate", str)
        assert FORMATS["html"].render(document, context(document)) == first["html"]


@pytest.mark.parametrize("seed", ["0", "1"])
def test_a_format_gives_the_same_bytes_in_another_process(seed: str) -> None:
    code = (
        "from channels.registry import FORMATS;"
        " from tests.renderers.samples import CONTEXT, ESIM;"
        " print({name: one.render(ESIM, CONTEXT) for name, one in FORMATS.items()})"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONHASHSEED": seed},
    )
    here = {name: renderer.render(ESIM, CONTEXT) for name, renderer in FORMATS.items()}
    assert ast.literal_eval(elsewhere.stdout.decode()) == here


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
