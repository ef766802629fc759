"""Who may open the agent's pages: people who are signed in and may read what is for agents."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from articles.roles import READ_AGENT

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def agents_only(view: View[P]) -> View[P]:
    """Send strangers to the sign-in and back; tell those who may not read here why (403)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.has_perm(READ_AGENT):
            response = view(request, *args, **kwargs)
        else:
            context = {"site_name": settings.SITE_NAME}
            response = render(request, "agent/forbidden.html", context, status=HTTPStatus.FORBIDDEN)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return login_required(guarded)


def agent_of(request: HttpRequest) -> AbstractUser:
    """Return the agent, for an operation. Behind `agents_only` there is one."""
    if not isinstance(request.user, AbstractUser):
        raise PermissionDenied
    return request.user
