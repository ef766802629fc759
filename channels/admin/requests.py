"""What readers ask for, most wanted first, and what editors make of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.article_forms import NewArticleForm
from articles.admin.article_page import title_of
from articles.admin.article_views import ArticlePages, add_article, to_article
from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, refusals_told, require_role, tell
from articles.exceptions import InvalidInput, OperationRefused
from articles.locales import locale_choices
from articles.models import Article, ArticleText
from articles.operations.audit import operation
from articles.roles import WRITE
from channels.models import UpdateRequest
from channels.operations.requests import assign_article, decide, set_hidden, start_work
from channels.request_workflow import NEXT, OPEN_STATES, RequestState

DECISIONS = {
    "plan": RequestState.PLANNED,
    "decline": RequestState.DECLINED,
    "reopen": RequestState.OPEN,
}


class LocaleFilter(admin.SimpleListFilter):
    title = gettext_lazy("language")
    parameter_name = "locale"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return locale_choices()

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[UpdateRequest]
    ) -> QuerySet[UpdateRequest]:
        return queryset.filter(locale=self.value()) if self.value() else queryset


class ActForm(forms.Form):
    act = forms.ChoiceField(
        choices=[(act, act) for act in (*DECISIONS, "hide", "show", "assign", "draft")]
    )
    reason = forms.CharField(max_length=500, required=False)
    article = forms.CharField(max_length=200, required=False)


@admin.register(UpdateRequest)
class UpdateRequestAdmin(DeskAdmin):
    opens = WRITE
    list_display = (
        "sentence",
        "votes_count",
        "standing",
        "about",
        "language",
        "origin",
        "created_at",
    )
    list_filter = ("state", LocaleFilter, "origin", "hidden")
    list_per_page = 50
    ordering = ("-votes_count", "-created_at", "-pk")
    search_fields = ("sentence",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[UpdateRequest]:
        texts = ArticleText.objects.select_related("head").defer("head__body", "head__summary")
        return (
            super()
            .get_queryset(request)
            .select_related("article", "answered_by")
            .prefetch_related(
                Prefetch("article__texts", queryset=texts),
                Prefetch("answered_by__texts", queryset=texts),
            )
        )

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("<path:object_id>/act/", self.act_view, "updaterequest_act"),
            self.page_url("<path:object_id>/draft/", self.draft_view, "updaterequest_draft"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, wish: UpdateRequest) -> SafeString:
        return format_html(
            '<span class="desk-state desk-state-{}">{}</span> {}',
            wish.state,
            wish.get_state_display(),
            _("hidden") if wish.hidden else "",
        )

    @admin.display(description=gettext_lazy("article"))
    def about(self, wish: UpdateRequest) -> str:
        article = wish.article or wish.answered_by
        return title_of(article) if article else "–"

    @admin.display(description=gettext_lazy("language"), ordering="locale")
    def language(self, wish: UpdateRequest) -> str:
        return wish.locale

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._shown(request, self.found(request, object_id))

    def _shown(
        self, request: HttpRequest, wish: UpdateRequest, *, status: int = 200
    ) -> HttpResponse:
        """Show a request, with what was typed where that was refused."""
        return self.page(
            request,
            "admin/channels/update_request.html",
            title=wish.sentence,
            status=status,
            typed=request.POST,
            wish=wish,
            is_open=wish.state in OPEN_STATES,
            next_states=NEXT[RequestState(wish.state)],
            language=dict(locale_choices()).get(wish.locale, wish.locale),
            article_title=title_of(wish.article) if wish.article else "",
            answer_title=title_of(wish.answered_by) if wish.answered_by else "",
        )

    @method_decorator(require_POST)
    def act_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Do one thing with a request, and say so."""
        wish = self.found(request, object_id)
        form = ActForm(request.POST)
        if not form.is_valid():
            for problems in form.errors.values():
                messages.error(request, str(problems[0]))
            return self._shown(request, wish, status=CONFLICT)
        act = form.cleaned_data["act"]
        try:
            wish = _act(request, wish, act, form)
        except OperationRefused as refusal:
            tell(request, refusal)
            return self._shown(request, wish, status=CONFLICT)
        if act == "draft" and wish.answered_by:
            messages.success(request, _("In work: the next revision that is published answers it."))
            return to_article(wish.answered_by, wish.locale)
        messages.success(request, _("Saved."))
        return _to(wish)

    def draft_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Write the article that a request misses; saving it takes the request into work."""
        require_role(request, WRITE)
        wish = self.found(request, object_id)
        if wish.article or wish.answered_by or wish.state not in OPEN_STATES:
            return _to(wish)
        form = NewArticleForm(
            request.POST if request.method == "POST" else None,
            initial={
                "owner": request.user.pk,
                "locale": wish.locale,
                "title": wish.sentence[:200],
                "questions": [wish.sentence[:300]],
                "note": _("Readers asked for it."),
            },
        )
        with refusals_told(request), operation():
            if form.is_bound and (article := add_article(request, form)):
                wish = assign_article(actor=actor_of(request), request=wish, article=article)
                start_work(actor=actor_of(request), request=wish)
                messages.success(request, _("The article was made, and the request is in work."))
                return to_article(article, form.cleaned_data["locale"], saved="new")
        return self._articles().new_article_page(request, form, wish=wish)

    def _articles(self) -> ArticlePages:
        pages = self.admin_site.get_model_admin(Article)
        assert isinstance(pages, ArticlePages)  # noqa: S101 - registered by articles.admin
        return pages


def _act(request: HttpRequest, wish: UpdateRequest, act: str, form: ActForm) -> UpdateRequest:
    actor, typed = actor_of(request), form.cleaned_data
    match act:
        case "hide" | "show":
            return set_hidden(actor=actor, request=wish, hidden=act == "hide")
        case "assign":
            return assign_article(actor=actor, request=wish, article=_named(typed["article"], wish))
        case "draft":
            return start_work(actor=actor, request=wish)
        case _:
            return decide(actor=actor, request=wish, state=DECISIONS[act], reason=typed["reason"])


def _named(typed: str, wish: UpdateRequest) -> Article:
    """Return the article of this id, or of this address in the request's language, which may be
    copied whole from the website. Raises InvalidInput."""
    name = typed.strip().rstrip("/").rpartition("/")[2]
    address = Q(texts__locale=wish.locale, texts__slug=name)
    article = Article.objects.filter(Q(public_id=name) | address).first()
    if article is None:
        raise InvalidInput(_("There is no article with this id or address."), field="article")
    return article


def _to(wish: UpdateRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:channels_updaterequest_change", args=[wish.pk]))
