"""The one byte form of a document, which its digest is taken of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import Any

from articles.document import blocks
from articles.document.blocks import Document

_NODE_TYPES: dict[str, type[Any]] = {
    node.__name__: node
    for node in (
        blocks.Document,
        blocks.Body,
        blocks.Footnote,
        blocks.Heading,
        blocks.Paragraph,
        blocks.BulletList,
        blocks.Steps,
        blocks.Table,
        blocks.CodeBlock,
        blocks.Quote,
        blocks.Callout,
        blocks.AudienceBlock,
        blocks.Rule,
        blocks.Text,
        blocks.Emphasis,
        blocks.Strong,
        blocks.Code,
        blocks.LineBreak,
        blocks.Link,
        blocks.ArticleLink,
        blocks.Image,
        blocks.SnippetRef,
        blocks.Fact,
        blocks.FootnoteRef,
    )
}
_FIELDS = {name: tuple(field.name for field in fields(node)) for name, node in _NODE_TYPES.items()}


def to_json(document: Document) -> dict[str, Any]:
    """Return `document` as JSON objects; every node names its class under `type`."""
    encoded: dict[str, Any] = _encode(document)
    return encoded


def from_json(value: object) -> Document:
    """Return the document that `to_json` made `value` of. Raises ValueError for anything else."""
    document = _decode(value)
    if not isinstance(document, Document):
        raise ValueError("this is not a document")
    return document


def canonical_bytes(document: Document) -> bytes:
    """Return `document` as UTF-8 JSON with sorted keys and without blanks."""
    text = json.dumps(
        to_json(document),
        ensure_ascii=False,
        allow_nan=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return text.encode()


def content_digest(document: Document) -> str:
    """Return the SHA-256 of the canonical bytes in hexadecimal."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def _encode(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, str | int):
        return value
    name = type(value).__name__
    encoded = {field: _encode(getattr(value, field)) for field in _FIELDS[name]}
    encoded["type"] = name
    return encoded


def _decode(value: object) -> object:
    match value:
        case list():
            return tuple(_decode(item) for item in value)
        case dict():
            return _decode_node(value)
        case str() | int():
            return value
    raise ValueError(f"a document holds no {type(value).__name__}")


def _decode_node(value: dict[str, object]) -> object:
    name = value.get("type")
    if not isinstance(name, str) or name not in _NODE_TYPES:
        raise ValueError("there is no such node in a document")
    if value.keys() != {"type", *_FIELDS[name]}:
        raise ValueError(f"a {name} has other fields")
    return _NODE_TYPES[name](**{field: _decode(value[field]) for field in _FIELDS[name]})
