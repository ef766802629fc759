"""Who calls the API: the holder of a key, or whoever sits at a browser.

What may be read depends on the key alone, as on the reading path, which knows no sessions; a
session or a browser's token only says whose vote it is.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from channels.delivery.viewer import VISITOR, Viewer, read_viewer
from channels.models.api_key import Scope
from channels.problem import Problem


class KeyOrReader(BaseAuthentication):
    """Sets `request.auth` to a Viewer. Writing needs a key with the scope for it or, because a
    browser sends its cookies by itself, a CSRF token."""

    def authenticate(self, request: Request) -> tuple[AbstractBaseUser | AnonymousUser, Viewer]:
        """Raises Problem: 401 for a key that opens nothing, 403 for a missing scope or token."""
        reading = request.method in SAFE_METHODS
        django_request = request._request
        viewer = read_viewer(django_request, scope=Scope.READ if reading else Scope.REQUESTS)
        if viewer is not VISITOR:
            return AnonymousUser(), viewer
        if not reading:
            require_csrf_token(django_request)
        return getattr(django_request, "user", AnonymousUser()), viewer

    def authenticate_header(self, request: Request) -> str:
        return 'Api-Key realm="knowledge-hub"'


def require_csrf_token(request: HttpRequest) -> None:
    """Raise Problem (403) where a browser does not say that its page meant this request."""
    check = CSRFCheck(_no_view)
    check.process_request(request)
    if check.process_view(request, _no_view, (), {}):
        raise Problem(
            403,
            "csrf",
            "Send the csrftoken cookie's value as X-CSRFToken too, or use an API key.",
        )


def _no_view(_request: HttpRequest) -> HttpResponse:
    """What the check stands before: it only tells whether it would let the request through."""
    return HttpResponse()
