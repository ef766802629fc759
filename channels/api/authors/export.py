"""Everything with its history, one JSON object a line (NDJSON)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiResponse
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from articles.exporting import history
from articles.exporting.run import AT_ONCE
from articles.locales import locales
from articles.models import Article
from articles.roles import ADMINISTER, require
from channels.api.authors.base import AuthorView
from channels.api.authors.contracts import shows
from channels.live_revisions import live_snippets, live_texts

MEDIA_TYPE = "application/x-ndjson"


class Lines(BaseRenderer):
    """For the negotiation alone: the answer is written as it is found."""

    media_type = MEDIA_TYPE
    format = "ndjson"


class Export(AuthorView):
    renderer_classes = (JSONRenderer, Lines)

    @shows("export", {(200, MEDIA_TYPE): OpenApiResponse(str, "One object a line.")})
    def get(self, request: Request) -> StreamingHttpResponse:
        """Topics, snippets, attachments and articles with all revisions and steps of review, as
        knowledge.json of `manage.py export_articles` has them; `type` says which a line is. For
        administrators."""
        require(self.actor, ADMINISTER)
        response = StreamingHttpResponse(_lines(), content_type=MEDIA_TYPE)
        response["Cache-Control"] = "private, no-store"
        response["Content-Disposition"] = 'attachment; filename="knowledge.ndjson"'
        return response


def _lines() -> Iterator[bytes]:
    for topic in history.topics():
        yield _line("topic", topic)
    for snippet in history.snippets(live_snippets()):
        yield _line("snippet", snippet)
    for attachment in history.attachments(None):
        yield _line("attachment", attachment)
    ids = list(Article.objects.order_by("public_id").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        live = live_texts(some)
        rows = history.with_history(Article.objects.filter(pk__in=some), locales())
        for article in rows.order_by("public_id"):
            yield _line("article", history.article(article, live))


def _line(kind: str, item: dict[str, Any]) -> bytes:
    return json.dumps({"type": kind, **item}, ensure_ascii=False).encode() + b"\n"
