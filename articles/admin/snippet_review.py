"""The review page of a snippet: what its newest value says otherwise and what that touches,
deciding on it; and any two of its values beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, tell
from articles.admin.snippet_page import (
    revision_numbered,
    revisions_of,
    standing_of,
    steps_of,
)
from articles.admin.snippet_told import told_rows
from articles.exceptions import InvalidInput, OperationRefused
from articles.models import Snippet, SnippetKind, SnippetRevision
from articles.numbers import whole_number
from articles.operations.snippets import (
    approve_snippet,
    reject_snippet,
    submit_snippet,
    withdraw_snippet,
)
from articles.roles import REVIEW
from articles.workflow import State

MOST_NUMBER = 2_147_483_647


class SnippetReviewPages(DeskAdmin):
    """Reviewing a snippet's values."""

    def live_value(self, snippet: Snippet) -> SnippetRevision | None:
        """Return the value that readers get. This app knows nothing of it."""
        return None

    def effect(
        self, request: HttpRequest, snippet: Snippet, revision: SnippetRevision
    ) -> dict[str, Any]:
        """Return what readers would get otherwise by `revision`. This app knows nothing of it."""
        return {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snippet]:
        return super().get_queryset(request).select_related("head__author", "approved")

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("<path:object_id>/review/", self.review_view, "snippet_review"),
            self.page_url("<path:object_id>/compare/", self.compare_view, "snippet_compare"),
            *super().get_urls(),
        ]

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        snippet = self.found(request, object_id)
        if snippet.head is None:
            raise Http404
        if request.method != "POST":
            return self._review_page(request, snippet, snippet.head)
        try:
            self._act(request, snippet)
        except OperationRefused as refusal:
            tell(request, refusal)
            snippet = self.found(request, object_id)
            return self._review_page(
                request, snippet, snippet.head, typed=request.POST, status=CONFLICT
            )
        page = "snippet_review" if request.POST.get("from") == "review" else "snippet_change"
        return HttpResponseRedirect(reverse(f"admin:articles_{page}", args=[snippet.pk]))

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show two of the values beside each other; the newest two where none are named."""
        snippet = self.found(request, object_id)
        if snippet.head is None:
            raise Http404
        newest = snippet.head.number
        after = self._named(request, snippet, "to", newest)
        before = self._named(request, snippet, "from", max(1, newest - 1))
        return self.page(
            request,
            "admin/articles/snippet_compare.html",
            title=_("Values of %(key)s") % {"key": snippet.key},
            snippet=snippet,
            before=before,
            after=after,
            rows=told_rows(snippet.kind, after.value, before.value),
            numbers=[row["row"].number for row in revisions_of(snippet)],
        )

    def _named(
        self, request: HttpRequest, snippet: Snippet, name: str, default: int
    ) -> SnippetRevision:
        asked = request.GET.get(name)
        number = default if asked is None else whole_number(asked, most=MOST_NUMBER)
        found = revision_numbered(snippet, number)
        if found is None:
            raise Http404
        return found

    def _act(self, request: HttpRequest, snippet: Snippet) -> None:
        """Do what was asked for. Raises what the operations refuse."""
        typed = request.POST
        on: dict[str, Any] = {
            "actor": actor_of(request),
            "snippet": snippet,
            "revision": whole_number(typed.get("revision", ""), most=MOST_NUMBER) or 0,
        }
        match typed.get("act"):
            case "submit":
                submit_snippet(**on)
                messages.success(request, _("Submitted for review."))
            case "withdraw":
                withdraw_snippet(**on)
                messages.success(request, _("Taken back from review."))
            case "approve":
                messages.success(request, standing_of(approve_snippet(**on)).words())
            case "reject":
                reject_snippet(**on, reason=typed.get("reason", ""))
                messages.success(request, _("Sent back to its author."))
            case _:
                raise InvalidInput(_("This step is not known."))

    def _review_page(
        self,
        request: HttpRequest,
        snippet: Snippet,
        revision: SnippetRevision,
        *,
        typed: Mapping[str, Any] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        user, standing = actor_of(request), standing_of(snippet)
        live = self.live_value(snippet)
        before = next(
            (known for known in (live, snippet.approved) if known and known.pk != revision.pk), None
        )
        why_not = standing.why_not(user)
        return self.page(
            request,
            "admin/articles/snippet_review.html",
            title=_("Review of %(title)s") % {"title": snippet.key},
            status=status,
            snippet=snippet,
            kind_name=SnippetKind(snippet.kind).label,
            revision=revision,
            standing=standing,
            why_not=why_not,
            may_submit=snippet.state in (State.DRAFT, State.REJECTED),
            may_withdraw=standing.may_take_back(user),
            may_approve=not why_not,
            may_reject=snippet.state == State.IN_REVIEW and user.has_perm(REVIEW),
            before=before,
            before_is_live=before is not None and before == live,
            is_live=live is not None and live.pk == revision.pk,
            rows=told_rows(snippet.kind, revision.value, before.value if before else None),
            steps=steps_of(snippet),
            effect=self.effect(request, snippet, revision),
            typed=typed or {},
        )
