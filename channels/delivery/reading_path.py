"""The reading path: published articles are answered before sessions, messages, translation and
the rest of the middleware, which would cost more than the answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from channels.delivery.article import article_response

# The whole segment: what can't be an id is refused by the view, as any unknown id is.
ARTICLE = re.compile(r"/api/v1/articles/([^/]+)/")


class ReadingPath:
    """The outermost middleware; everything but one article passes through untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = ARTICLE.fullmatch(request.path_info)
        if match is None:
            return self.get_response(request)
        return article_response(request, match[1])
