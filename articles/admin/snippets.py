"""Snippets: facts written once, typed by kind, approved, and used in many articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.desk import CONFLICT, actor_of, blame, refusals_told, require_role
from articles.admin.snippet_forms import KeyForm, ValueForm, summary
from articles.admin.snippet_page import (
    UsingText,
    revisions_of,
    snippets_using,
    standing_of,
    steps_of,
    using_texts,
)
from articles.admin.snippet_review import SnippetReviewPages
from articles.admin.snippet_told import told_rows
from articles.document.blocks import SnippetRef
from articles.document.regional import parts_of
from articles.exceptions import InvalidInput, OperationRefused, Stale
from articles.models import Snippet, SnippetKind, SnippetRevision
from articles.operations.snippets import approve_snippet, save_snippet
from articles.roles import WRITE
from articles.snippet_uses import texts_naming
from articles.workflow import State


@admin.register(Snippet)
class SnippetAdmin(SnippetReviewPages):
    opens = WRITE
    writes = WRITE
    list_display: tuple[str, ...] = ("key", "kind", "value", "standing")
    list_filter = ("kind", "state")
    list_per_page = 100
    search_fields = ("key",)
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("<path:object_id>/approve/", self.approve_view, "snippet_approve"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("value"))
    def value(self, snippet: Snippet) -> str:
        return summary(snippet.kind, snippet.head.value) if snippet.head else ""

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, snippet: Snippet) -> SafeString:
        return format_html(
            '<span class="desk-state desk-state-{}">{}</span>',
            snippet.state,
            snippet.get_state_display(),
        )

    def told(self, request: HttpRequest, snippet: Snippet) -> dict[str, Any]:
        """What channels say of the snippet, for its page. This app knows nothing of them."""
        return {}

    def texts_using(self, snippet: Snippet, keys: Iterable[str]) -> Q:
        """Return which texts use the snippet: those that name it, or another of `keys`."""
        return texts_naming(keys)

    def with_live(self, snippet: Snippet, uses: list[UsingText]) -> list[UsingText]:
        """Return the uses with what is live of them. This app knows nothing of it."""
        return uses

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require_role(request, WRITE)
        kind = request.GET.get("kind", "")
        if kind not in SnippetKind.values:
            return self.page(
                request,
                "admin/articles/snippet_kinds.html",
                title=_("New snippet"),
                kinds=SnippetKind.choices,
            )
        data = request.POST if request.method == "POST" else None
        key = KeyForm(data, initial={"based_on": 0})
        value = ValueForm(kind, data=data)
        if data is not None:
            saved = self._save(request, key, value)
            if isinstance(saved, SnippetRevision):
                return self._saved(request, saved)
        return self._form_page(request, key, value)

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        snippet = self.found(request, object_id)
        if snippet.head is None:
            raise Http404
        head = snippet.head
        if request.method != "POST":
            key = _key_form(snippet)
            return self._form_page(
                request, key, ValueForm(snippet.kind, value=head.value), snippet=snippet
            )
        key = _key_form(snippet, {"key": snippet.key, "based_on": request.POST.get("based_on")})
        value = ValueForm(snippet.kind, data=request.POST)
        saved = self._save(request, key, value)
        if isinstance(saved, SnippetRevision):
            return self._saved(request, saved)
        if isinstance(saved, Stale):
            # What was typed stays, now on top of the value that came first.
            snippet = self.found(request, object_id)
            key = _key_form(snippet)
            return self._form_page(
                request, key, value, snippet=snippet, theirs=snippet.head, status=CONFLICT
            )
        return self._form_page(request, key, value, snippet=snippet, status=CONFLICT)

    @method_decorator(require_POST)
    def approve_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        snippet = self.found(request, object_id)
        number = request.POST.get("revision", "")
        revision = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        with refusals_told(request):
            held = approve_snippet(actor=actor_of(request), snippet=snippet, revision=revision)
            messages.success(request, standing_of(held).words())
        return HttpResponseRedirect(_address(snippet))

    def _save(
        self, request: HttpRequest, key: KeyForm, value: ValueForm
    ) -> SnippetRevision | OperationRefused | None:
        """Save what was typed; return the revision, or what stands in the way."""
        if not (key.is_valid() & value.is_valid()):
            return None
        try:
            return save_snippet(
                actor=actor_of(request),
                key=key.cleaned_data["key"],
                kind=value.kind,
                value=value.value(),
                based_on=key.cleaned_data["based_on"],
            )
        except Stale as refusal:
            if not key.cleaned_data["based_on"]:
                key.add_error("key", _("There is a snippet with this key."))
            return refusal
        except InvalidInput as refusal:
            if refusal.field == "value":
                value.problems.append(str(refusal))
            else:
                blame(key, refusal)
            return refusal
        except OperationRefused as refusal:
            blame(key, refusal)
            return refusal

    def _saved(self, request: HttpRequest, revision: SnippetRevision) -> HttpResponse:
        messages.success(request, _("Saved as revision %d.") % revision.number)
        return HttpResponseRedirect(_address(revision.snippet))

    def _form_page(
        self,
        request: HttpRequest,
        key: KeyForm,
        value: ValueForm,
        *,
        snippet: Snippet | None = None,
        theirs: SnippetRevision | None = None,
        status: int = 200,
    ) -> HttpResponse:
        return self.page(
            request,
            "admin/articles/snippet.html",
            title=snippet.key if snippet else _("New snippet"),
            status=status,
            snippet=snippet,
            key_form=key,
            value=value,
            kind_name=SnippetKind(value.kind).label,
            theirs=theirs,
            theirs_summary=summary(value.kind, theirs.value) if theirs else "",
            **(self._about(request, snippet) if snippet and snippet.head else {}),
        )

    def _about(self, request: HttpRequest, snippet: Snippet) -> dict[str, Any]:
        """Return what the page shows of a snippet beside its form."""
        head = snippet.head
        assert head is not None  # as its caller looked  # noqa: S101
        user, standing = actor_of(request), standing_of(snippet)
        through = snippets_using(snippet)
        using = self.texts_using(snippet, {snippet.key, *through})
        page, uses = using_texts(using, snippet, through, request.GET.get("p"))
        return {
            "head": head,
            "standing": standing,
            "may_submit": snippet.state in (State.DRAFT, State.REJECTED),
            "may_withdraw": standing.may_take_back(user),
            "may_approve": not standing.why_not(user),
            "rows": told_rows(snippet.kind, head.value),
            "named": [
                SnippetRef(snippet.key, region).name for region, _part in parts_of(head.value)
            ],
            "through": through,
            "uses_page": page,
            "uses": self.with_live(snippet, uses),
            "revisions": revisions_of(snippet),
            "steps": steps_of(snippet),
            "told": self.told(request, snippet),
        }


def _key_form(snippet: Snippet, data: dict[str, Any] | None = None) -> KeyForm:
    form = KeyForm(
        data,
        initial={"key": snippet.key, "based_on": snippet.head.number if snippet.head else 0},
    )
    form.fields["key"].disabled = True
    return form


def _address(snippet: Snippet) -> str:
    return reverse("admin:articles_snippet_change", args=[snippet.pk])
