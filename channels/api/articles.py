"""Articles: the list, and the address of the one article that the reading path answers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from articles.locales import locales
from channels.api.answers import ArticleAnswer, ArticlesAnswer
from channels.api.audiences import rank_asked
from channels.api.base import ApiView, tell
from channels.api.items import ArticleItem, present
from channels.api.paging import Question, read_page
from channels.api.parameters import ArticlesQuestion
from channels.api.pins import pin
from channels.api.schema import IF_NONE_MATCH, NOT_MODIFIED, problems, reads
from channels.delivery.article import article_response
from channels.delivery.negotiation import ALIASES, LARGEST_EDITION, NAMES
from channels.delivery.viewer import Viewer
from channels.models import Entry
from channels.problem import Problem
from channels.queries import entries_at, readable_topics, with_descendants
from channels.registry import ENVELOPES, FORMATS

TEXT_ORDER = ("public_id", "locale")


class ArticleList(ApiView):
    @reads("list_articles", ArticlesAnswer, 404, question=ArticlesQuestion)
    def get(self, request: Request) -> HttpResponse:
        """What an edition tells the caller, text by text; all pages tell that of the first."""
        asked = self.asked
        question = Question.of(request.path, asked)
        cursor = question.read(asked.get("cursor"))
        edition = pin(asked=asked.get("edition"), cursor=cursor.edition if cursor else None)
        page = read_page(
            _filtered(asked, self.viewer, edition),
            order=TEXT_ORDER,
            question=question,
            cursor=cursor,
            edition=edition,
        )
        results = present(ArticleItem, page.rows, edition=asked.get("edition"))
        return tell(
            request,
            page.answer(edition, results),
            viewer=self.viewer,
            edition=edition,
            pinned="edition" in asked,
            locale=asked.get("locale", ""),
        )


def _filtered(asked: dict[str, Any], viewer: Viewer, edition: int) -> QuerySet[Entry]:
    """Raises Problem (400) for a topic that is not there, or has nothing for the caller."""
    entries = entries_at(edition, rank=rank_asked(asked, viewer))
    if "topic" in asked:
        nodes = readable_topics(edition, rank=viewer.rank)
        if asked["topic"] not in {node.slug for node in nodes}:
            raise Problem(400, "unknown-topic", "There is no such topic in this edition.")
        entries = entries.filter(topic__in=with_descendants(asked["topic"], nodes))
    return entries.filter(**{name: asked[name] for name in ("kind", "locale") if name in asked})


def _media_type(name: str) -> str:
    told = ENVELOPES[name] if name in ENVELOPES else FORMATS[ALIASES.get(name, name)]
    return told.media_type


# Every format but JSON is text to a program that reads the OpenAPI document.
_ANSWERS: dict[tuple[int, str], Any] = {
    (200, _media_type(name).split(";")[0]): ArticleAnswer if name == "json" else str
    for name in NAMES
}


class ArticleDetail(APIView):
    """Tells OpenAPI about the reading path; requests are answered by the function below."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="get_article",
        parameters=[
            OpenApiParameter("format", str, enum=NAMES, description="Wins over `Accept`."),
            OpenApiParameter(
                "locale", str, enum=locales(), description="Wins over `Accept-Language`."
            ),
            OpenApiParameter(
                "edition", {"type": "integer", "minimum": 1, "maximum": LARGEST_EDITION}
            ),
            IF_NONE_MATCH,
        ],
        responses={**_ANSWERS, 304: NOT_MODIFIED, **problems(400, 401, 403, 404, 406)},
    )
    def get(self, request: Request, public_id: str) -> HttpResponse:
        """One article in one format, from its stored bytes. Where the locale has no text, another
        stands in, and the header `Knowledge-Fallback` names the locale that was asked for. Where
        the text was converted by machine, `Knowledge-Converted-From` names that of its origin."""
        raise NotImplementedError


def article_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    return article_response(request, public_id)


# Where drf-spectacular looks for a view's class, and DRF for its arguments.
article_detail.cls = ArticleDetail  # type: ignore[attr-defined]
article_detail.initkwargs = {}  # type: ignore[attr-defined]
