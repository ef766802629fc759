"""What the authors' endpoints share: who acts, how a refusal is told, how lists are paged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.response import Response

from articles.exceptions import ContentProblems, InvalidInput, OperationRefused, Stale, WrongState
from articles.problem_messages import translated
from channels.api.authors.idempotency import Claim
from channels.api.authors.permissions import Author, AuthorThrottle
from channels.api.authors.preconditions import etag
from channels.api.base import ApiView, to_json
from channels.api.items import present
from channels.api.paging import Question, read_page
from channels.exceptions import NothingToPublish, PublishRefused
from channels.problem import Problem


class AuthorView(ApiView):
    """`actor` is who acts; every handler calls an operation, which decides whether they may."""

    authentication_classes = (Author,)
    throttle_classes = (AuthorThrottle,)
    claim: Claim | None = None

    @property
    def actor(self) -> AbstractUser:
        return cast("AbstractUser", self.request.user)

    def body_asked(self) -> Any:
        """Return what a second request must say to be the same one."""
        contract = getattr(getattr(self, (self.request.method or "").lower()), "contract", None)
        return self.request.data if contract and contract.body else None

    def keep(self, response: HttpResponse) -> None:
        """Commit the answer with what an operation writes that owns its transaction."""
        if self.claim is not None:
            self.claim.finish(response)

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(refusal_of(exc))

    def listed(
        self,
        item: Any,
        rows: QuerySet[Any],
        *,
        order: Sequence[str],
        then: Callable[[list[Any]], object] | None = None,
        **context: Any,
    ) -> HttpResponse:
        """Answer with one page of `rows`; `then` looks up what the page's rows need."""
        question = Question.of(self.request.path, self.asked)
        cursor = question.read(self.asked.get("cursor"))
        page = read_page(rows, order=order, question=question, cursor=cursor, edition=0)
        if then:
            then(page.rows)
        results = present(item, page.rows, **context)
        return answer({"results": results, "next": page.next, "previous": page.previous})


def answer(
    data: dict[str, Any], *, status: int = 200, version: int | str = "", location: str = ""
) -> HttpResponse:
    """Answer with `data`; `version` becomes the ETag, which a write on top of it sends back.

    Nothing is kept by a cache: what is said beside the text changes without a new revision.
    """
    response = HttpResponse(to_json(data), status=status, content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    if version != "":
        response["ETag"] = etag(version)
    if location:
        response["Location"] = location
    return response


def refusal_of(error: Exception) -> Exception:
    """Return the problem that an operation's refusal is; other errors as they are."""
    match error:
        case InvalidInput():
            extra: dict[str, Any] = {}
            if error.field:
                extra = {
                    "field": error.field,
                    "errors": [{"field": error.field, "detail": str(error)}],
                }
            if choices := getattr(error, "choices", ()):
                extra["choices"] = [
                    {"local": choice.local, "fold": choice.fold, "offset": choice.offset}
                    for choice in choices
                ]
            return Problem(400, "invalid", str(error), **extra)
        case ContentProblems():
            return Problem(
                409,
                "content-problems",
                str(error),
                problems=[
                    {"line": problem.line, "detail": translated(problem.message)}
                    for problem in error.problems
                ],
            )
        case PublishRefused():
            return Problem(
                409,
                "publish-refused",
                str(error),
                problems=[
                    {
                        "article": problem.article,
                        "locale": problem.locale,
                        "title": problem.title,
                        "detail": problem.message,
                    }
                    for problem in error.problems
                ],
            )
        case WrongState():
            return Problem(409, "wrong-state", str(error))
        case NothingToPublish():
            return Problem(409, "nothing-to-publish", str(error))
        case Stale():
            return Problem(412, "stale", str(error), current=error.current)
        case OperationRefused() if type(error) is OperationRefused:
            return Problem(409, "refused", str(error))
    return error


def not_found(what: str) -> Problem:
    return Problem(404, "not-found", f"There is no such {what}.")
