"""Releases: what was chosen to go live together, and the edition it became."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.roles import WRITE
from channels.admin.publishing import PublishingPages
from channels.admin.retiring import RetiringPages
from channels.models import Release
from channels.operations.items import Retirement
from channels.operations.releases import items_of


@admin.register(Release)
class ReleaseAdmin(PublishingPages, RetiringPages):
    opens = WRITE
    list_display = ("name", "created_by", "created_at", "edition_link")
    list_select_related = ("created_by", "edition")
    list_per_page = 50
    search_fields = ("name",)
    show_full_result_count = False

    @admin.display(description=_("edition"))
    def edition_link(self, release: Release) -> str:
        if not release.edition_id:
            return str(_("not published"))
        url = reverse("admin:channels_edition_change", args=[release.edition_id])
        return format_html('<a href="{}">{}</a>', url, release.edition_id)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        release = self.found(request, object_id)
        items = [
            (_("retire"), str(item.article))
            if isinstance(item, Retirement)
            else (_("publish"), str(item))
            for item in items_of(release)
        ]
        return self.page(
            request,
            "admin/channels/release.html",
            title=release.name,
            release=release,
            items=items,
        )
