"""What an endpoint takes and answers, said once: the view keeps to it and OpenAPI tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from channels.api.answers import ProblemBody
from channels.api.parameters import Body, NoQuestion
from channels.problem import MEDIA_TYPE

Handler = TypeVar("Handler", bound=Callable[..., Any])
Shape = type[Serializer[Any]]

READING = (400, 401, 403, 406, 413)
WRITING = (*READING, 429)
SENDING = (*WRITING, 415)


@dataclass(frozen=True, slots=True)
class Contract:
    """What a handler takes; `ApiView.initial` refuses all else."""

    question: Shape = NoQuestion
    body: type[Body] | None = None
    # In bytes, of a body that is an uploaded file; 0: there is none.
    upload: int = 0


def reads(
    name: str, answer: Shape, *refusals: int, question: Shape = NoQuestion
) -> Callable[[Handler], Handler]:
    """Describe a GET that answers 200 with `answer`, or 304, or a problem."""
    return keep_to(
        Contract(question),
        operation_id=name,
        parameters=[*([question] if question().fields else []), IF_NONE_MATCH, *READ_HEADERS],
        responses={200: answer, 304: NOT_MODIFIED, **problems(*READING, *refusals)},
    )


def writes(
    name: str, answers: dict[int, Shape], *refusals: int, body: type[Body] | None = None
) -> Callable[[Handler], Handler]:
    """Describe a POST or DELETE that answers one of `answers`, or a problem."""
    return keep_to(
        Contract(NoQuestion, body),
        operation_id=name,
        request=body,
        parameters=[CSRF],
        responses={**answers, **problems(*(SENDING if body else WRITING), *refusals)},
    )


def keep_to(contract: Contract, **description: Any) -> Callable[[Handler], Handler]:
    """Give a handler its contract, and OpenAPI its description."""

    def describe(handler: Handler) -> Handler:
        handler.contract = contract  # type: ignore[attr-defined]
        described: Handler = extend_schema(**description)(handler)
        return described

    return describe


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    return {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemBody, HTTPStatus(status).phrase)
        for status in sorted(set(statuses))
    }


NOT_MODIFIED = OpenApiResponse(description="What the caller has is what there is.")
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="An ETag of an earlier answer."
)
CSRF = OpenApiParameter(
    "X-CSRFToken",
    str,
    OpenApiParameter.HEADER,
    description="Without a key: the value of the cookie `csrftoken`.",
)
READ_HEADERS = [
    OpenApiParameter(
        "Knowledge-Edition", int, OpenApiParameter.HEADER, response=[200, 304], required=True
    ),
    OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 304], required=True),
]


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = "channels.api.authentication.KeyOrReader"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key, `kh_…`. Without one, what everybody may read is told.",
        }


class BodyScheme(OpenApiSerializerExtension):
    """A body holds nothing but its fields."""

    target_class = "channels.api.parameters.Body"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        mapped: dict[str, Any] = auto_schema._map_serializer(
            self.target, direction, bypass_extensions=True
        )
        return mapped | {"additionalProperties": False}
