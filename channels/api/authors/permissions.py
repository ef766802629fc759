"""Who writes: the person at a browser who signed in, or the person that a key acts for.

What they may do is asked of their permissions at that moment; an operation decides.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from articles.roles import WRITE
from channels.api.authentication import require_csrf_token
from channels.delivery.throttle import WriteThrottle
from channels.delivery.viewer import VISITOR, Viewer, read_viewer
from channels.models.api_key import Scope
from channels.problem import Problem


class Author(BaseAuthentication):
    """Sets `request.user` to who acts. Nobody sees unpublished work who may not write."""

    def authenticate(self, request: Request) -> tuple[AbstractUser, Viewer]:
        """Raises Problem: 401 for nobody, 403 for a missing scope, CSRF token or permission."""
        viewer = read_viewer(request._request, scope=Scope.WRITE)
        person = viewer.person
        if viewer is VISITOR:
            person = _signed_in(request)
            if request.method not in SAFE_METHODS:
                require_csrf_token(request._request)
        if person is None:
            raise Problem(401, "sign-in", "Send a key that writes, or sign in.")
        if not person.has_perm(WRITE):
            raise Problem(403, "not-allowed", f"{person.get_username()} may not write.")
        return person, viewer

    def authenticate_header(self, request: Request) -> str:
        return 'Api-Key realm="knowledge-hub"'


class AuthorThrottle(WriteThrottle):
    """Programs write in runs; readers' own limit would stop every one of them."""

    scope = "author-writes"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"authors.{super().get_cache_key(request, view)}"


class AuthorScheme(OpenApiAuthenticationExtension):
    target_class = "channels.api.authors.permissions.Author"
    name = "author"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key with the scope `content:write`, which acts for a person.",
        }


def _signed_in(request: Request) -> AbstractUser | None:
    user = getattr(request._request, "user", None)
    return user if isinstance(user, AbstractUser) and user.is_active else None
