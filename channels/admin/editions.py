"""Editions: what was told from when on, what each one changed, and the way back to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk import DeskAdmin, actor_of, refusals_told, require_role
from articles.admin.snippet_forms import summary
from articles.roles import PUBLISH, WRITE
from channels.models import Edition, Entry, SnippetEntry, TopicEntry
from channels.operations.rollback import go_back
from channels.queries import current_number

MOST_CHANGES = 200  # of a sort, on one page


@dataclass(frozen=True, slots=True)
class Change:
    """What an edition did to one text."""

    kind: str  # added, changed or removed
    entry: Entry


class NoteForm(forms.Form):
    note = forms.CharField(max_length=300, required=False)


@admin.register(Edition)
class EditionAdmin(DeskAdmin):
    opens = WRITE
    list_display = (
        "number",
        "cause",
        "published_at",
        "by",
        "note",
        "added",
        "changed",
        "removed",
        "live",
    )
    list_filter = ("cause", "published_at")
    list_select_related = ("actor",)
    list_per_page = 50
    search_fields = ("note",)
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("<int:number>/go-back/", self.go_back_view, "edition_go_back"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("actor"), ordering="actor__username")
    def by(self, edition: Edition) -> str:
        return edition.actor.get_username()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        edition = self.found(request, object_id)
        current = current_number()
        return self.page(
            request,
            "admin/channels/edition.html",
            title=_("Edition %d") % edition.number,
            edition=edition,
            is_current=edition.number == current,
            may_go_back=edition.number < current and request.user.has_perm(PUBLISH),
            changes=list(changes_of(edition)),
            most=MOST_CHANGES,
            snippets=list(_snippets(edition)),
            topics=TopicEntry.objects.filter(from_edition=edition).order_by("position")[
                :MOST_CHANGES
            ],
        )

    def go_back_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Ask again, then tell what this edition told, as a new edition."""
        require_role(request, PUBLISH)
        edition = self.found(request, number)
        if request.method == "POST":
            form = NoteForm(request.POST)
            note = form.cleaned_data["note"] if form.is_valid() else ""
            with refusals_told(request):
                new = go_back(number=edition.number, actor=actor_of(request), note=note)
                messages.success(request, _("Published in edition %d.") % new.number)
                return _to(new)
            return _to(edition)
        return self.page(
            request,
            "admin/channels/go_back.html",
            title=_("Go back to edition %d?") % edition.number,
            edition=edition,
            current=current_number(),
        )


def changes_of(edition: Edition) -> Iterator[Change]:
    """Yield what the edition added, changed and removed, as many as a page shows."""
    begun = list(_entries().filter(from_edition=edition)[:MOST_CHANGES])
    ended = {
        (entry.public_id, entry.locale): entry
        for entry in _entries().filter(until_edition=edition).order_by("pk")
    }
    for entry in begun:
        before = ended.pop((entry.public_id, entry.locale), None)
        yield Change("changed" if before else "added", entry)
    if len(begun) < MOST_CHANGES:
        for entry in list(ended.values())[: MOST_CHANGES - len(begun)]:
            yield Change("removed", entry)


def _entries() -> Any:
    return Entry.objects.only(
        "public_id", "locale", "title", "article_id", "from_edition_id", "until_edition_id"
    ).order_by("title", "locale")


def _snippets(edition: Edition) -> Iterator[tuple[str, str]]:
    rows = SnippetEntry.objects.filter(from_edition=edition).select_related("snippet", "revision")
    for row in rows.order_by("snippet__key")[:MOST_CHANGES]:
        yield row.snippet.key, summary(row.snippet.kind, row.revision.value)


def _to(edition: Edition) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:channels_edition_change", args=[edition.number]))
