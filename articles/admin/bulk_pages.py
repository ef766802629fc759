"""The pages of what is done to many articles: what will happen, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.admin.article_page import title_of
from articles.admin.bulk_action import (
    MOST_ID,
    BulkAction,
    BulkForm,
    ids_in,
    seen_in,
    seen_words,
    with_titles,
)
from articles.admin.bulk_saying import Assigning, Tagging
from articles.admin.bulk_submitting import Submitting
from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, require_role, tell
from articles.exceptions import OperationRefused
from articles.models import Article
from articles.numbers import whole_number

Chosen = Callable[[Any, HttpRequest, QuerySet[Article]], HttpResponse | None]


class BulkPages(DeskAdmin):
    """Actions on the list of articles. Channels add theirs to `bulk`: this app knows none."""

    bulk: tuple[type[BulkAction], ...] = (Assigning, Tagging, Submitting)

    def get_urls(self) -> list[URLPattern]:
        return [self.page_url("bulk/<slug:name>/", self.bulk_view, "bulk"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Chosen, str, str]]:  # type: ignore[override]
        """Offer what the person may do."""
        return {
            action.name: (_opener(action), action.name, str(action.label))
            for action in self.bulk
            if request.user.has_perm(action.permission)
        }

    def action_checkbox(self, obj: Article) -> SafeString:
        label = _("Choose “%(title)s”") % {"title": title_of(obj)}
        # Django's own would be rendered by two templates, for each row.
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">',
            ACTION_CHECKBOX_NAME,
            str(obj.pk),
            label,
        )

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *at: Any) -> Any:
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if any(whole_number(number, most=MOST_ID) is None for number in ticked):
            raise SuspiciousOperation("A row of the list that is no number.")
        return super().response_action(request, queryset, *at)

    def bulk_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Show what will happen, and do it where that was shown."""
        action = next((action for action in self.bulk if action.name == name), None)
        if action is None:
            raise Http404
        require_role(request, action.permission)
        ids = ids_in(request.POST)
        if request.method != "POST" or not ids:
            return _to_list(request)
        if len(ids) > action.most:
            raise SuspiciousOperation("More articles than one action takes.")
        return self.bulk_page(request, action(), ids)

    def bulk_page(self, request: HttpRequest, action: BulkAction, ids: list[int]) -> HttpResponse:
        """Answer with the page of an action: with what was typed on it, or its first one."""
        articles = with_titles(ids)
        is_ours = "chosen" in request.POST
        first = action.first(actor_of(request))
        form = action.form(request.POST) if is_ours else action.form(initial=first)
        if is_ours and "do" in request.POST and form.is_valid():
            try:
                return self._do(request, action, articles, form)
            except OperationRefused as refusal:
                tell(request, refusal)
                articles = with_titles(ids)
                return self._preview(request, action, articles, form, status=CONFLICT)
        status = CONFLICT if is_ours and not form.is_valid() else 200
        return self._preview(request, action, articles, form, status=status)

    def _do(
        self, request: HttpRequest, action: BulkAction, articles: Sequence[Article], form: BulkForm
    ) -> HttpResponse:
        lines = action.run(actor_of(request), articles, seen_in(request.POST), form.cleaned_data)
        return self.page(
            request,
            "admin/articles/bulk_done.html",
            title=action.title(),
            done=[line for line in lines if line.will],
            left=[line for line in lines if not line.will],
            list=_list_of(request),
        )

    def _preview(
        self,
        request: HttpRequest,
        action: BulkAction,
        articles: Sequence[Article],
        form: BulkForm,
        *,
        status: int,
    ) -> HttpResponse:
        said = _said(form, action)
        lines = action.standing(articles)
        if said is not None:
            lines = action.planned(lines, said)
        # What will be done comes first: of a thousand lines it may be three.
        lines.sort(key=lambda line: not line.will)
        return self.page(
            request,
            action.template,
            title=action.title(),
            status=status,
            action=action,
            count=len(articles),
            form=form,
            kept=action.form(form.data if form.is_bound else form.initial, auto_id=False),
            shown=said is not None,
            lines=lines,
            will=sum(bool(line.will) for line in lines),
            chosen=" ".join(str(article.pk) for article in articles),
            seen=seen_words(lines),
            list=_list_of(request),
            **action.context(articles),
        )


def _opener(action: type[BulkAction]) -> Chosen:
    """Return what the list calls with the articles that were chosen on it."""

    def opened(
        pages: BulkPages, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        ids = list(dict.fromkeys(queryset.values_list("pk", flat=True)[: action.most + 1]))
        if len(ids) > action.most:
            message = _("One action takes at most %(most)d articles. Narrow the list first.")
            messages.error(request, message % {"most": action.most})
            return None
        return pages.bulk_page(request, action(), ids)

    return opened


def _said(form: BulkForm, action: BulkAction) -> dict[str, Any] | None:
    """Return what the form says, None where it says nothing yet that could be shown."""
    if form.is_bound:
        return form.cleaned_data if form.is_valid() else None
    return None if action.asks_first else dict(form.initial)


def _list_of(request: HttpRequest) -> str:
    """Return the query string of the list that was come from."""
    query = request.POST.get("list") if "chosen" in request.POST else request.GET.urlencode()
    return QueryDict((query or "")[:2000]).urlencode()


def _to_list(request: HttpRequest) -> HttpResponseRedirect:
    query = _list_of(request)
    url = reverse("admin:articles_article_changelist")
    return HttpResponseRedirect(f"{url}?{query}" if query else url)
