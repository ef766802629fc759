"""Every refusal that a program receives is a problem document (RFC 9457), wherever it arose."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.utils.translation import gettext
from django.views import defaults
from rest_framework import exceptions

from articles.exceptions import InvalidInput, NotAllowed, OperationRefused
from channels.problem import Problem, problem_response
from channels.website import views as website

# Below these addresses programs ask; everywhere else people do, and get a page.
FOR_PROGRAMS = ("/api/", "/feeds/")
CHALLENGE = 'Api-Key realm="knowledge-hub"'


def exception_handler(error: Exception, _context: dict[str, Any]) -> HttpResponse | None:
    """Answer for DRF's views; None (which raises the error again) for what is our own fault."""
    problem = problem_of(error)
    if problem is None:
        return None
    response = _respond(problem)
    wait = getattr(error, "wait", None)  # Seconds, of DRF's Throttled.
    if wait is not None:
        response["Retry-After"] = str(math.ceil(wait))
    return response


def problem_of(error: Exception) -> Problem | None:
    """Return the problem that `error` is to the caller; None where the caller did nothing wrong."""
    match error:
        case Problem():
            return error
        case InvalidInput():
            field = {"field": error.field} if error.field else {}
            return Problem(400, "invalid", str(error), **field)
        case NotAllowed():
            return Problem(403, "not-allowed", str(error))
        case OperationRefused():
            return Problem(409, "refused", str(error))
        case exceptions.ValidationError():
            return Problem(
                400, "invalid", "What was sent is not valid.", errors=_flat(error.detail)
            )
        case exceptions.APIException():
            return Problem(error.status_code, _code(error), str(error.detail))
        case Http404():
            return not_found()
        case PermissionDenied():
            return Problem(403, "not-allowed", "This is not allowed.")
        case RequestDataTooBig():
            return Problem(413, "body-too-large", "The body is too large.")
        case TooManyFieldsSent():
            return Problem(400, "too-many-parameters", "There are too many parameters.")
        case SuspiciousOperation() | RawPostDataException():
            return Problem(400, "bad-request", "The request can't be understood.")
    return None


def not_found() -> Problem:
    return Problem(404, "not-found", "There is nothing here for this reader.")


def _respond(problem: Problem) -> HttpResponse:
    response = problem_response(problem)
    response["Cache-Control"] = "no-store"
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = CHALLENGE
    return response


def _code(error: exceptions.APIException) -> str:
    return HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")


def _flat(detail: Any, field: str = "") -> list[dict[str, str]]:
    """Return `{"field", "detail"}` for each complaint of a serializer."""
    match detail:
        case dict():
            return [
                complaint
                for name, inner in detail.items()
                for complaint in _flat(inner, f"{field}.{name}" if field else str(name))
            ]
        case list():
            return [complaint for inner in detail for complaint in _flat(inner, field)]
    return [{"field": field, "detail": str(detail)}]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    problem = problem_of(exception) or Problem(400, "bad-request", "The request is not valid.")
    if _is_program(request):
        return _respond(problem)
    if isinstance(exception, RequestDataTooBig):
        return _too_large(request)
    return defaults.bad_request(request, exception)


def _too_large(request: HttpRequest) -> HttpResponse:
    """Tell a person, or a page's script, that nothing of what was sent was read."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024
    if request.headers.get("Accept") == "application/json":
        message = gettext("This is larger than %(most)d MB.") % {"most": most}
        return JsonResponse({"refused": message}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return render(request, "413.html", {"most": most}, status=status)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_program(request):
        return _respond(Problem(403, "not-allowed", "This is not allowed."))
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_program(request):
        return _respond(not_found())
    return website.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if _is_program(request):
        return _respond(Problem(500, "server-error", "Something went wrong on our side."))
    return defaults.server_error(request)


def _is_program(request: HttpRequest) -> bool:
    return request.path_info.startswith(FOR_PROGRAMS)
