"""What a partner asks a feed for: filters, a page, and the edition that pages are pinned to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from articles.models.article import Kind
from articles.numbers import whole_number
from channels.delivery.negotiation import read_edition
from channels.problem import Problem

PARAMETERS = ("kind", "topic", "edition", "page")
LAST_PAGE = 999_999


@dataclass(frozen=True, slots=True)
class Selection:
    kind: str = ""
    topic: str = ""
    edition: int | None = None  # None: the current one
    page: int = 1

    def query(self) -> str:
        """Return the query string that asks for this; "" for a whole feed."""
        asked = {"kind": self.kind, "topic": self.topic, "edition": self.edition}
        page = self.page if self.page > 1 else None
        return urlencode({k: v for k, v in (asked | {"page": page}).items() if v})

    def next_page(self, edition: int) -> Selection:
        """Return what asks for the page after this one, of the same edition (RFC 5005, 3)."""
        return replace(self, edition=edition, page=self.page + 1)


def read_selection(request: HttpRequest) -> Selection:
    """Raises Problem (400) for an unknown or repeated parameter, or a value that can't be."""
    for name, values in request.GET.lists():
        if name not in PARAMETERS:
            raise Problem(400, "unknown-parameter", f"Parameters are {', '.join(PARAMETERS)}.")
        if len(values) > 1:
            raise Problem(400, "repeated-parameter", f"Give {name} once.")
    kind = request.GET.get("kind", "")
    if kind and kind not in Kind.values:
        raise Problem(400, "unknown-kind", f"Kinds are {', '.join(Kind.values)}.")
    page = whole_number(request.GET.get("page", "1"), most=LAST_PAGE)
    if page is None:
        raise Problem(400, "bad-page", "A page is a whole number from 1.")
    return Selection(kind, request.GET.get("topic", ""), read_edition(request), page)
