"""Releases: what was chosen to go live together, when, and the edition it became."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.roles import PUBLISH, WRITE
from channels.admin.publishing import PublishingPages
from channels.admin.release_views import ReleaseViews
from channels.admin.retiring import RetiringPages
from channels.models import Release


class MineFilter(admin.SimpleListFilter):
    title = _("owner")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("mine"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Release]) -> QuerySet[Release]:
        return queryset.filter(owner=request.user.pk) if self.value() else queryset


@admin.register(Release)
class ReleaseAdmin(PublishingPages, RetiringPages, ReleaseViews):
    opens = WRITE
    writes = WRITE
    more_pages = ((_("Publish"), "channels_publish", PUBLISH),)
    list_display = ("name", "standing", "goes_live", "of", "size", "created_at", "edition_link")
    list_filter = ("state", MineFilter)
    list_select_related = ("owner", "edition")
    list_per_page = 50
    search_fields = ("name",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        return super().get_queryset(request).select_related("owner", "created_by", "edition")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Count the items of the page's releases in one statement."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        counted = Release.objects.filter(pk__in=[row.pk for row in rows])
        counts = dict(counted.annotate(count=Count("items")).values_list("pk", "count"))
        for row in rows:
            row.item_count = counts.get(row.pk, 0)
        changelist.result_list = rows
        return changelist

    @admin.display(description=_("state"), ordering="state")
    def standing(self, release: Release) -> SafeString:
        reason = release.failure.partition("\n")[0] if release.state == "failed" else ""
        return format_html(
            '<span class="desk-state desk-state-{}">{}</span> {}',
            release.state,
            release.get_state_display(),
            reason if len(reason) <= 160 else f"{reason[:159]}…",
        )

    @admin.display(description=_("goes live"), ordering="due_at")
    def goes_live(self, release: Release) -> str:
        # Of one that was published by hand before it was due, the time that never came is not told.
        in_time = (
            release.edition and release.due_at and release.edition.published_at < release.due_at
        )
        if not release.due_local or in_time:
            return "–"
        return f"{release.due_shown} {release.due_zone.replace('_', ' ')}"

    @admin.display(description=_("owner"), ordering="owner__username")
    def of(self, release: Release) -> str:
        return release.owner.get_username()

    @admin.display(description=_("items"))
    def size(self, release: Any) -> int:
        return int(release.item_count)

    @admin.display(description=_("edition"))
    def edition_link(self, release: Release) -> str:
        if not release.edition_id:
            return str(_("not published"))
        url = reverse("admin:channels_edition_change", args=[release.edition_id])
        return format_html('<a href="{}">{}</a>', url, release.edition_id)
