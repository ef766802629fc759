"""The admin's site: its index is the editors' front page."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.models import Article
from knowledgehub.desk_menu import menu_for

# What an editor works with comes first, whatever it is called in their language.
DAILY_APPS = ("articles", "channels")


class DeskSite(AdminSite):
    index_template = "admin/desk/front.html"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"menu": menu_for(request)}

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
