"""What an authors' endpoint takes and answers, and how its writes are done once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request

from articles.operations.audit import operation
from channels.api.authors.answers import StaleBody
from channels.api.authors.idempotency import Claim, claim, fingerprint, read_key
from channels.api.parameters import Body, NoQuestion
from channels.api.schema import (
    CSRF,
    READING,
    SENDING,
    WRITING,
    Contract,
    Handler,
    Shape,
    keep_to,
    problems,
)
from channels.problem import MEDIA_TYPE

if TYPE_CHECKING:
    from channels.api.authors.base import AuthorView

TAGS = ["authors"]
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Asked again under the same key within 24 hours, the write is not done again.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of what the write is based on.",
)
IF_NEW = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="`*` instead of If-Match: there is nothing yet.",
)
UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}},
        "required": ["file"],
    }
}


def shows(
    name: str,
    answer: Any,
    *refusals: int,
    question: Shape = NoQuestion,
    etag: bool = False,
) -> Callable[[Handler], Handler]:
    """Describe a GET that answers 200 with `answer`, or a problem."""
    return keep_to(
        Contract(question),
        operation_id=name,
        tags=TAGS,
        parameters=[*([question] if question().fields else []), *([_etag(200)] if etag else [])],
        responses={
            **(answer if isinstance(answer, dict) else {200: answer}),
            **problems(*READING, *refusals),
        },
    )


def changes(
    name: str,
    answers: dict[int, Any],
    *refusals: int,
    body: type[Body] | None = None,
    based: bool = False,
    new: bool = False,
    upload: int = 0,
    owns_transaction: bool = False,
) -> Callable[[Handler], Handler]:
    """Describe a write that answers one of `answers`, or a problem, and do it once by key.

    `based`: it names in If-Match what it is based on, or (`new`) that there is nothing yet.
    `owns_transaction`: its operation must not run inside another; see `AuthorView.keep`.
    """
    refused = [*(SENDING if body or upload else WRITING), 404, 409, 422, *refusals]
    responses: dict[Any, Any] = {**answers, **problems(*refused)}
    parameters = [IDEMPOTENCY_KEY, CSRF]
    if based:
        parameters += [IF_MATCH, *([IF_NEW] if new else []), _etag(*answers)]
        responses |= problems(428)
        responses[412, MEDIA_TYPE] = OpenApiResponse(StaleBody, "Precondition Failed")
    describe = keep_to(
        Contract(NoQuestion, body, upload),
        operation_id=name,
        tags=TAGS,
        request=UPLOAD if upload else body,
        parameters=parameters,
        responses=responses,
    )

    def decorate(handler: Handler) -> Handler:
        return describe(_once(handler, inside=not owns_transaction))

    return decorate


def _once(handler: Handler, *, inside: bool) -> Handler:
    @wraps(handler)
    def answer(view: AuthorView, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        key = read_key(request)
        if not key:
            return handler(view, request, *args, **kwargs)
        asked = fingerprint(request, view.body_asked())
        claimed = claim(person=view.actor, key=key, request_sha256=asked)
        if isinstance(claimed, HttpResponse):
            return claimed
        try:
            return _done(view, claimed, lambda: handler(view, request, *args, **kwargs), inside)
        except BaseException:
            claimed.give_up()
            raise

    return answer  # type: ignore[return-value]


def _done(
    view: AuthorView, claimed: Claim, work: Callable[[], HttpResponse], inside: bool
) -> HttpResponse:
    if inside:
        with operation():
            response = work()
            claimed.finish(response)
        return response
    view.claim = claimed
    response = work()
    if not claimed.finished:
        claimed.finish(response)
    return response


def _etag(*statuses: int) -> OpenApiParameter:
    return OpenApiParameter(
        "ETag", str, OpenApiParameter.HEADER, response=list(statuses), required=True
    )
