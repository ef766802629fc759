"""JSON: the document itself with its address and digest, as the content API serves it."""

from __future__ import annotations

import json
import re
from typing import Any

from articles.document.blocks import Document
from articles.document.canonical import from_json, to_json
from articles.document.words import read_aloud, words_of
from channels.renderers.base import Context, Renderer

# Fields of the document in the order they are served; `id` is what the API calls an article.
_METADATA = ("locale", "kind", "audience")
_CONTENT = ("title", "summary", "questions", "body")
_HALF_PAIRS = re.compile("[\ud800-\udfff]")


class DocumentRenderer(Renderer):
    format = "document"
    media_type = "application/json"
    version = 1

    def render(self, document: Document, context: Context) -> bytes:
        fields = to_json(document)
        served: dict[str, Any] = {
            "id": fields["article"],
            **{name: fields[name] for name in _METADATA},
            "slug": context.slug,
            "topic": context.topic,
            "digest": context.digest,
            "url": f"/{document.locale}/articles/{context.slug}/",
            **({"converted_from": context.converted_from} if context.converted_from else {}),
            **{name: fields[name] for name in _CONTENT},
        }
        text = json.dumps(served, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return (_HALF_PAIRS.sub(" ", text) + "\n").encode()

    def words(self, body: bytes) -> list[str]:
        """Return the words of the document. Raises ValueError where it is not one of ours."""
        return words_of(read_aloud(document_of(body)))


def document_of(body: bytes) -> Document:
    """Return the document that `body` is the rendering of. Raises ValueError if it is of none."""
    served = json.loads(body)
    if not isinstance(served, dict) or not {"id", *_METADATA, *_CONTENT} <= served.keys():
        raise ValueError("This JSON is not a document.")
    fields = {name: served[name] for name in (*_METADATA, *_CONTENT)}
    return from_json({"type": "Document", "article": served["id"], **fields})
