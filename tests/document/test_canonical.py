"""The byte form of a document and its digest."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from articles.document.blocks import Body, Document, Image, LineBreak, Paragraph, Text
from articles.document.canonical import canonical_bytes, content_digest, from_json, to_json
from tests.document.strategies import documents

DOCUMENT = Document(
    *("k3v9", "en", "support", "public", "Titel é", "", ()),
    body=Body((Paragraph((Text("a"), LineBreak(), Image("x.png", "alt", 1, 2))),)),
)


@given(documents())
@settings(max_examples=50)
def test_a_document_comes_back_from_its_json(document: Document) -> None:
    assert from_json(json.loads(canonical_bytes(document))) == document
    assert from_json(to_json(document)) == document


def test_the_bytes_are_sorted_utf8_without_blanks() -> None:
    assert canonical_bytes(DOCUMENT).startswith(
        b'{"article":"k3v9","audience":"public","body":{"blocks":[{"children":[{"text":"a",'
    )
    assert "Titel é".encode() in canonical_bytes(DOCUMENT)


def test_the_digest_changes_with_any_field() -> None:
    digests = {
        content_digest(DOCUMENT),
        content_digest(replace(DOCUMENT, title="Titel e")),
        content_digest(replace(DOCUMENT, questions=("Titel é",))),
        content_digest(replace(DOCUMENT, body=Body(()))),
    }
    assert len(digests) == 4
    assert all(len(digest) == 64 for digest in digests)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "text",
        {"type": "Text", "text": "only a node"},
        {"type": "Script", "text": "x"},
        {**to_json(DOCUMENT), "more": 1},
        {**to_json(DOCUMENT), "title": None},
        {key: value for key, value in to_json(DOCUMENT).items() if key != "title"},
        {**to_json(DOCUMENT), "body": {"type": ["Body"]}},
    ],
)
def test_what_is_no_document_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"document|fields"):
        from_json(value)
