"""The admin's site: its index is the editors' front page."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import Article
from knowledgehub.desk_menu import menu_for

# What an editor works with comes first, whatever it is called in their language.
DAILY_APPS = ("articles", "channels")


class DeskSite(AdminSite):
    index_template = "admin/desk/front.html"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"menu": menu_for(request)}

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Answer in words who comes by GET where a page only sends: mostly after signing in again,
        which leads back to the address that was asked for."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            response = inner(request, *args, **kwargs)
            if request.method == "GET" and response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                return self._nothing_done(request, response)
            return response

        return answer

    def _nothing_done(self, request: HttpRequest, refused: HttpResponse) -> HttpResponse:
        """Say that nothing was done, and lead to the page of the thing that the address names."""
        here = reverse("admin:index", current_app=self.name)
        app, model, one, *_rest = f"{request.path.removeprefix(here)}///".split("/")
        page = f"{here}{app}/{model}/" + (f"{one}/change/" if one.isdigit() else "")
        context = self.each_context(request) | {"title": gettext("Nothing was done"), "page": page}
        headers = {"Allow": refused.get("Allow", "POST")}
        return TemplateResponse(
            request,
            "admin/desk/nothing_done.html",
            context,
            status=HTTPStatus.METHOD_NOT_ALLOWED,
            headers=headers,
        )

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        # Whoever registered the articles' pages knows most of what an editor has to do.
        pages: Any = self.get_model_admin(Article)
        return super().index(request, pages.front(request) | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the stock list, what editors work with first; below each model stand its further
        pages that the person may open."""
        apps = super().get_app_list(request, app_label)
        apps.sort(key=lambda app: _place(app["app_label"]))
        for app in apps:
            app["models"] = [
                entry for model in app["models"] for entry in (model, *self._more(request, model))
            ]
        return apps

    def _more(self, request: HttpRequest, model: dict[str, Any]) -> list[dict[str, Any]]:
        pages = getattr(self.get_model_admin(model["model"]), "more_pages", ())
        return [
            {
                "name": name,
                "object_name": view,
                "admin_url": reverse(f"admin:{view}", current_app=self.name),
                "add_url": None,
                "view_only": True,
                "perms": {"view": True},
            }
            for name, view, permission in pages
            if request.user.has_perm(permission)
        ]


def _place(app_label: str) -> int:
    return DAILY_APPS.index(app_label) if app_label in DAILY_APPS else len(DAILY_APPS)
