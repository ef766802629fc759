"""What the editor's scripts ask for: always answered as JSON, also to who is signed out.

A page would lead to the sign-in and lose what is typed; a script says so and goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from articles.exceptions import NotAllowed, OperationRefused
from articles.roles import WRITE

View = Callable[..., HttpResponseBase]


def answer_url(site: AdminSite, route: str, view: View, name: str) -> URLPattern:
    """Return the address of an answer for authors, as `admin:<name>`.

    Who is signed out gets 401, who may not write 403, what an operation refuses 400.
    """
    return path(route, never_cache(_for_authors(site, view)), name=name)


def refused(message: str, status: int) -> JsonResponse:
    """Answer that nothing was done, and why."""
    return JsonResponse({"refused": message}, status=status)


def _for_authors(site: AdminSite, view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return refused(_("You are signed out. Sign in in another tab, then go on here."), 401)
        if not site.has_permission(request) or not request.user.has_perm(WRITE):
            return refused(_("You may not write articles."), 403)
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as refusal:
            return refused(str(refusal), 403)
        except OperationRefused as refusal:
            return refused(str(refusal), 400)

    return answer


def not_cut_short(answer: dict[str, Any]) -> HttpResponse:
    """Answer with JSON whose Chinese is readable and short."""
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
