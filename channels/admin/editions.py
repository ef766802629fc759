"""Editions: what was told from when on, what each one changed, and the way back to it."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk import actor_of, refusals_told, require_role
from articles.roles import PUBLISH, WRITE
from channels.admin.changes import changes_of, changes_of_return
from channels.admin.comparing import ComparingPages
from channels.models import Edition
from channels.operations.rollback import go_back, what_returns
from channels.queries import current_number


class NoteForm(forms.Form):
    note = forms.CharField(max_length=300, required=False)


@admin.register(Edition)
class EditionAdmin(ComparingPages):
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

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        edition = self.found(request, object_id)
        current = current_number()
        return self.page(
            request,
            "admin/channels/edition.html",
            title=_("Edition %d") % edition.number,
            edition=edition,
            is_current=edition.number == current,
            may_go_back=edition.number < current and request.user.has_perm(PUBLISH),
            changes=changes_of(edition),
        )

    def go_back_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Say what would change and ask again, then tell what this edition told, as a new one."""
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
        returning = what_returns(edition.number)
        return self.page(
            request,
            "admin/channels/go_back.html",
            title=_("Go back to edition %d?") % edition.number,
            edition=edition,
            current=current_number(),
            added=len(returning.coming) - len(returning.replaced),
            changed=len(returning.replaced),
            removed=len(returning.removed),
            changes=changes_of_return(returning),
        )


def _to(edition: Edition) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:channels_edition_change", args=[edition.number]))
