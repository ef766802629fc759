"""Who did what, when and why: to be searched and read by administrators, changed by nobody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext as _

from articles.admin.audit_download import MEDIA_TYPES, download
from articles.admin.audit_form import ZONE, AuditForm, people, zone_of
from articles.admin.audit_subjects import (
    SUBJECTS,
    SubjectKind,
    SubjectPage,
    pages_of,
    subjects_meant,
)
from articles.admin.audit_words import ACTIONS
from articles.admin.desk import DeskAdmin, refuse_null, require_role
from articles.audit_search import LOOKED_THROUGH, Found, find, find_all
from articles.models import AuditRecord
from articles.numbers import whole_number
from articles.operations.audit_verifying import fault_of
from articles.roles import ADMINISTER

PER_PAGE = 50
MOST_ID = 2**63 - 1  # that the column holds
KEPT = 365 * 24 * 60 * 60  # seconds that a browser remembers the zone
SHORT = 160  # characters of a detail in the list


@dataclass(frozen=True, slots=True)
class Row:
    record: AuditRecord
    action: Any
    page: SubjectPage | None
    detail: str


@admin.register(AuditRecord)
class AuditRecordAdmin(DeskAdmin):
    opens = ADMINISTER
    # Channels do more, to more: they add to both.
    actions_in_words: Mapping[str, Any] = ACTIONS
    subjects: tuple[SubjectKind, ...] = SUBJECTS

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("download.<str:form>", self.download_view, "audit_download"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the newest rows that were asked for, and lead on to older ones."""
        require_role(request, ADMINISTER)
        form = self._form(request)
        valid = form.is_valid()
        found = Found([])
        if valid:
            before = whole_number(request.GET.get("before", ""), most=MOST_ID)
            found = find(form.search(self._subjects_meant), before=before, most=PER_PAGE)
        answer = self.page(
            request,
            "admin/articles/audit.html",
            title=_("Audit"),
            status=200 if valid else 400,
            form=form,
            people=people(),
            rows=self._rows(found.rows),
            found=found,
            looked_through=LOOKED_THROUGH,
            zone=form.shown_in.key,
            query=_without(request, "before"),
            first_page="before" not in request.GET,
        )
        if valid and "zone" in request.GET:
            answer.set_cookie(ZONE, form.shown_in.key, max_age=KEPT, path="/admin/", samesite="Lax")
        return answer

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show one row whole, and whether it is what it was."""
        record = self.found(request, object_id)
        beside = AuditRecord.objects.filter(number__in=(record.number - 1, record.number + 1))
        neighbours = dict(beside.values_list("number", "pk"))
        fault = fault_of(record)
        return self.page(
            request,
            "admin/articles/audit_record.html",
            title=_("Audit row %(number)d") % {"number": record.number},
            row=self._rows([record])[0],
            zone=zone_of(request),
            detail=json.dumps(record.detail, ensure_ascii=False, indent=2, sort_keys=True),
            fault=fault.value if fault else "",
            before=neighbours.get(record.number - 1),
            after=neighbours.get(record.number + 1),
        )

    def download_view(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """Send all rows that were asked for, as many as there are."""
        require_role(request, ADMINISTER)
        if form not in MEDIA_TYPES:
            raise Http404
        asked = self._form(request)
        if not asked.is_valid():
            return self.changelist_view(request)
        return download(find_all(asked.search(self._subjects_meant)), form=form)

    def _form(self, request: HttpRequest) -> AuditForm:
        refuse_null(request)
        return AuditForm(request, actions=self.actions_in_words)

    def _subjects_meant(self, typed: str) -> frozenset[str]:
        return subjects_meant(typed, self.subjects)

    def _rows(self, records: Sequence[AuditRecord]) -> list[Row]:
        pages = pages_of({record.subject for record in records}, self.subjects)
        return [
            Row(
                record,
                self.actions_in_words.get(record.action, record.action),
                pages.get(record.subject),
                _in_words(record.detail),
            )
            for record in records
        ]


def _without(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    return query.urlencode()


def _in_words(detail: dict[str, Any]) -> str:
    words = "; ".join(
        f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in detail.items()
        if value not in ("", None)
    )
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"
