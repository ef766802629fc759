"""Who did what, when and why: to be read by administrators, changed by nobody."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from articles.models import AuditRecord
from articles.roles import ADMINISTER


@admin.register(AuditRecord)
class AuditRecordAdmin(DeskAdmin):
    opens = ADMINISTER
    list_display = ("at", "by", "action", "subject", "details")
    list_display_links = None
    list_filter = (("action", admin.AllValuesFieldListFilter), "at")
    list_select_related = ("actor",)
    list_per_page = 100
    search_fields = ("subject", "actor__username")
    ordering = ("-pk",)
    sortable_by = ()
    show_full_result_count = False

    @admin.display(description=_("actor"))
    def by(self, record: AuditRecord) -> str:
        return record.actor.get_username()

    @admin.display(description=_("detail"))
    def details(self, record: AuditRecord) -> str:
        return _in_words(record.detail)


def _in_words(detail: dict[str, Any]) -> str:
    words = "; ".join(
        f"{name}: {value}" for name, value in detail.items() if value not in ("", None)
    )
    return words if len(words) <= 300 else f"{words[:299]}…"
