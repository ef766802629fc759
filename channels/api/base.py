"""What all endpoints share: strict questions, one way of answering, one way of refusing."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from rest_framework.exceptions import MethodNotAllowed, UnsupportedMediaType
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from channels.api.items import made_once
from channels.api.parsers import MOST_BYTES, SafeJSONParser, too_large
from channels.api.schema import Contract
from channels.delivery.article import cache_control
from channels.delivery.responses import unless_known
from channels.delivery.throttle import WriteThrottle
from channels.delivery.viewer import Viewer
from channels.languages import html_lang
from channels.problem import Problem

VARY = "Accept, Accept-Language, Authorization"


class ApiView(APIView):
    """`asked` holds the parameters, `sent` the body, both as the handler's contract has them."""

    permission_classes = (AllowAny,)  # What may be read is decided row by row, by rank.
    throttle_classes = (WriteThrottle,)
    asked: dict[str, Any]
    sent: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Accept-Language chooses a text; refusals are read by programs, in one language.
        with override("en"):
            return cast("HttpResponse", super().dispatch(request, *args, **kwargs))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what no caller may ask, before it is looked up who calls."""
        method = (request.method or "").lower()
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(request.method or "")
        contract = getattr(getattr(self, method), "contract", Contract())
        _check_body(request._request, contract)
        super().initial(request, *args, **kwargs)
        if method == "options":
            return
        self.asked = read_question(request, contract.question)
        if contract.body:
            self.sent = made_once(contract.body).run_validation(request.data)

    def options(  # type: ignore[override]  # DRF would describe its own serializers here.
        self, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return HttpResponse(headers={"Content-Length": "0"})

    @property
    def viewer(self) -> Viewer:
        return cast("Viewer", self.request.auth)


def _check_body(request: HttpRequest, contract: Contract) -> None:
    """Raise 413 for what is too large and, where a body is due, 400 for none and 415 for others."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    limit = contract.upload or MOST_BYTES
    if length.isdecimal() and int(length[:20]) > limit:
        raise too_large(limit)
    if contract.upload and request.content_type != MultiPartParser.media_type:
        raise UnsupportedMediaType((request.content_type or "")[:60])
    if contract.body is None:
        return
    if not length.isdecimal() or not int(length[:20]):
        raise Problem(400, "bad-json", "The body is empty.")
    charset = (request.content_params or {}).get("charset", "utf-8")
    if request.content_type != SafeJSONParser.media_type or charset.lower() != "utf-8":
        raise UnsupportedMediaType((request.content_type or "")[:60])


def read_question(request: Request, question: type[Serializer[Any]]) -> dict[str, Any]:
    """Return the parameters by name. Raises Problem (400) naming what is not known, ValidationError
    naming what is not valid."""
    given = request.query_params
    asking = made_once(question)
    known = asking.fields
    if unknown := sorted(set(given) - set(known)):
        names = [name[:60] for name in unknown[:10]]
        raise Problem(
            400,
            "unknown-parameter",
            f"Parameters here are: {', '.join(sorted(known)) or 'none'}.",
            parameters=names,
        )
    if repeated := [name for name, values in given.lists() if len(values) > 1]:
        raise Problem(400, "repeated-parameter", "Say each once.", parameters=sorted(repeated))
    valid: dict[str, Any] = asking.run_validation(given.dict())
    return valid


def tell(
    request: Request,
    data: dict[str, Any],
    *,
    viewer: Viewer,
    edition: int,
    pinned: bool = False,
    locale: str = "",
) -> HttpResponse:
    """Answer a read of edition `edition` with `data`, which is in `locale` if in one alone;
    `pinned`: it can never be told otherwise."""
    response = HttpResponse(to_json(data), content_type="application/json")
    if locale:
        response["Content-Language"] = html_lang(locale)
    response["Knowledge-Edition"] = str(edition)
    response["Cache-Control"] = cache_control(viewer, pinned=pinned)
    response["Vary"] = VARY
    return unless_known(request._request, response)


def done(data: dict[str, Any], *, status: int = 200, location: str = "") -> HttpResponse:
    """Answer a write."""
    response = HttpResponse(to_json(data), status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    if location:
        response["Location"] = location
    return response


def to_json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
