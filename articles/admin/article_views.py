"""An article's pages: writing it, and its texts' way through review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.article_about import (
    SAID,
    AboutConflict,
    about_form,
    conflict_about,
    overtaken_form,
)
from articles.admin.article_forms import MetadataForm, MoveForm, NewArticleForm, error_count
from articles.admin.article_history import history_page
from articles.admin.article_page import (
    Section,
    Sources,
    build_sections,
    conflict_with,
    sources_of,
    text_form,
    texts_of,
    title_of,
    typed_section,
)
from articles.admin.desk import CONFLICT, actor_of, blame, refusals_told, require_role
from articles.admin.editor_views import EditorPages
from articles.admin.review_standing import standing_of
from articles.exceptions import OperationRefused, Stale
from articles.locales import locales
from articles.models import Article, ArticleText, Revision
from articles.numbers import whole_number
from articles.operations.audit import operation
from articles.operations.reviewing import approve, reject, submit, withdraw
from articles.operations.working_copies import drop_working_copy, others_at
from articles.operations.writing import create_article, save_revision, update_article
from articles.roles import WRITE
from articles.workflow import Action

MOST_REVISIONS = 2_147_483_647  # that the column of their numbers holds
MOST_ID = 2**63 - 1  # that the column of articles' ids holds
STEPS = {Action.SUBMIT: submit, Action.WITHDRAW: withdraw, Action.APPROVE: approve}
DONE = {
    Action.SUBMIT: gettext_lazy("Submitted for review."),
    Action.WITHDRAW: gettext_lazy("Taken back from review."),
    Action.REJECT: gettext_lazy("Sent back to its author."),
}


class ArticlePages(EditorPages):
    """The pages of one article."""

    opens = WRITE
    writes = WRITE

    def told(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        """What channels say of the article, for its page. This app knows nothing of them."""
        return {}

    def get_urls(self) -> list[URLPattern]:
        text = "<path:object_id>/text/<str:locale>/"
        return [
            self.page_url(text, self.text_view, "text"),
            self.page_url(f"{text}move/", self.move_view, "text_move"),
            self.page_url(f"{text}history/", self.text_history_view, "text_history"),
            *super().get_urls(),
        ]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Find one article and all that its texts say, so that nothing on a page about it asks
        again. The list reads less of many."""
        pk = whole_number(object_id, most=MOST_ID)
        if pk is None:
            return None
        texts = ArticleText.objects.select_related("head__author", "approved__author")
        found = self.get_queryset(request).prefetch_related(None).filter(pk=pk)
        return found.prefetch_related("topic__names", Prefetch("texts", texts)).first()

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require_role(request, WRITE)
        form = NewArticleForm(request.POST or None, initial={"owner": request.user.pk})
        if request.method == "POST" and (article := add_article(request, form)):
            messages.success(request, _("The article was made."))
            return to_article(article, form.cleaned_data["locale"], saved="new")
        return self.new_article_page(request, form)

    def new_article_page(
        self, request: HttpRequest, form: NewArticleForm, **context: Any
    ) -> HttpResponse:
        return self.page(
            request,
            "admin/articles/new_article.html",
            title=_("New article"),
            form=form,
            errors=error_count(form) if form.errors else "",
            **context,
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        article = self.found(request, object_id)
        if request.method != "POST":
            return self.article_page(request, article)
        form = about_form(article, data=request.POST)
        conflict = None
        if form.is_valid():
            try:
                update_article(actor=actor_of(request), article=article, **form.cleaned_data)
            except Stale:
                article = self.found(request, object_id)
                conflict = conflict_about(article, form.cleaned_data)
                form = overtaken_form(article, form.cleaned_data)
            except OperationRefused as refusal:
                blame(form, refusal)
            else:
                messages.success(request, _("Saved."))
                return to_article(article)
        return self.article_page(
            request, article, metadata=form, about_conflict=conflict, status=CONFLICT
        )

    def article_page(
        self,
        request: HttpRequest,
        article: Article,
        *,
        metadata: MetadataForm | None = None,
        about_conflict: AboutConflict | None = None,
        typed: Section | None = None,
        status: int = 200,
    ) -> HttpResponse:
        if request.method == "POST":  # Somebody else may have written meanwhile.
            article = self.found(request, article.pk)
        sections = build_sections(request, article, typed={typed.locale: typed} if typed else None)
        return self.page(
            request,
            "admin/articles/article.html",
            title=title_of(article),
            status=status,
            article=article,
            metadata=metadata or about_form(article),
            metadata_open=metadata is not None,
            about_conflict=about_conflict,
            sections=sections,
            locales_open=sum(section.open for section in sections),
            others=others_at(article, actor=actor_of(request)),
            told=self.told(request, article),
        )

    def text_view(self, request: HttpRequest, object_id: str, locale: str) -> HttpResponse:
        """Save a text on top of the revision it was written on."""
        article = self.found(request, object_id)
        if locale not in locales():
            raise Http404
        if request.method != "POST":
            return to_article(article, locale)
        texts = texts_of(article)
        text, sources = texts.get(locale), sources_of(article, texts)
        form = text_form(locale, article, text, sources, data=request.POST)
        if not form.is_valid():
            section = typed_section(locale, text, form)
            return self.article_page(request, article, typed=section, status=CONFLICT)
        content = form.content()
        merge_on = whole_number(request.POST.get("merge", ""), most=MOST_REVISIONS)
        if merge_on is not None and text is not None and text.head is not None:
            section = self._beside_theirs(request, article, locale, content, merge_on=merge_on)
            return self.article_page(request, article, typed=section)
        try:
            number = self._save(request, article, locale, content, sources)
        except Stale:
            section = self._beside_theirs(request, article, locale, content)
        except OperationRefused as refusal:
            blame(form, refusal)
            section = typed_section(locale, text, form)
        else:
            messages.success(request, _("Saved as revision %d.") % number)
            return to_article(article, locale, saved=locale)
        return self.article_page(request, article, typed=section, status=CONFLICT)

    def _save(
        self,
        request: HttpRequest,
        article: Article,
        locale: str,
        content: dict[str, Any],
        sources: Sources,
    ) -> int:
        """Save the text and drop what was kept of it meanwhile; return the revision's number."""
        actor = actor_of(request)
        source = sources.id(content["translation_of"])
        named = (
            Revision.objects.select_related("text").filter(pk=source).first() if source else None
        )
        with operation():
            revision = save_revision(
                actor=actor,
                article=article,
                locale=locale,
                **content | {"translation_of": named},
            )
            drop_working_copy(actor=actor, article=article, locale=locale)
        return revision.number

    def _beside_theirs(
        self,
        request: HttpRequest,
        article: Article,
        locale: str,
        content: dict[str, Any],
        *,
        merge_on: int | None = None,
    ) -> Section:
        """Keep what was typed, merged with theirs if that is asked for, now on top of the revision
        that came first."""
        texts = texts_of(self.found(request, article.pk))  # with the one that came first
        text, sources = texts.get(locale), sources_of(article, texts)
        if text is None or text.head is None:
            # Saved on top of a revision that never was.
            form = text_form(locale, article, text, sources, initial=content | {"based_on": 0})
            return typed_section(locale, text, form)
        conflict = conflict_with(text, text.head, content, merge_on=merge_on)
        now = {
            "based_on": text.head.number,
            "slug": content["slug"] or text.slug,
            "seen_slug": text.slug,
        }
        in_form = conflict.merged.content if conflict.merged else content
        form = text_form(locale, article, text, sources, initial=in_form | now)
        return typed_section(locale, text, form, conflict)

    @method_decorator(require_POST)
    def move_view(self, request: HttpRequest, object_id: str, locale: str) -> HttpResponse:
        """Take a text one step further in the workflow."""
        article = self.found(request, object_id)
        text = self._text(article, locale)
        form = MoveForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("This step is not known."))
            return to_article(article, locale)
        action = Action(form.cleaned_data["action"])
        step: dict[str, Any] = {
            "actor": actor_of(request),
            "text": text,
            "revision": form.cleaned_data["revision"],
        }
        with refusals_told(request):
            if action is Action.REJECT:
                moved = reject(**step, reason=form.cleaned_data["reason"])
            else:
                moved = STEPS[action](**step)
            approved = action is Action.APPROVE
            messages.success(request, standing_of(moved).words() if approved else DONE[action])
        return to_article(article, locale)

    def text_history_view(self, request: HttpRequest, object_id: str, locale: str) -> HttpResponse:
        article = self.found(request, object_id)
        text = self._text(article, locale)
        return self.page(request, "admin/articles/history.html", **history_page(request, text))

    def _text(self, article: Article, locale: str) -> ArticleText:
        text = texts_of(article).get(locale)
        if text is None:
            raise Http404
        return text


def add_article(request: HttpRequest, form: NewArticleForm) -> Article | None:
    """Make the article and its first text, both or neither; the form tells what is in the way."""
    if not form.is_valid():
        return None
    about = form.cleaned_data | {"source_locale": form.cleaned_data["locale"]}
    try:
        with operation():
            article = create_article(
                actor=actor_of(request),
                **{name: about[name] for name in SAID},
            )
            save_revision(
                actor=actor_of(request), article=article, locale=about["locale"], **form.content()
            )
    except OperationRefused as refusal:
        blame(form, refusal)
        return None
    return article


def to_article(article: Article, locale: str = "", *, saved: str = "") -> HttpResponseRedirect:
    """Lead to the article's page, to the section of `locale`; `saved` lets the browser drop what
    it kept of that text."""
    url = reverse("admin:articles_article_change", args=[article.pk])
    if not locale:
        return HttpResponseRedirect(url)
    query = f"?locale={locale}" + (f"&saved={saved}" if saved else "")
    return HttpResponseRedirect(f"{url}{query}#text-{locale}")
