"""An article's pages: making it, and all that is said of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.article_about import (
    SAID,
    AboutConflict,
    about_form,
    conflict_about,
    overtaken_form,
)
from articles.admin.article_forms import MetadataForm, NewArticleForm, error_count
from articles.admin.article_page import (
    Section,
    build_sections,
    title_of,
)
from articles.admin.desk import CONFLICT, actor_of, blame, require_role
from articles.admin.editor_views import EditorPages
from articles.exceptions import OperationRefused, Stale
from articles.locales import default_locale, locale_name, locales
from articles.models import Article, ArticleText
from articles.numbers import whole_number
from articles.operations.audit import operation
from articles.operations.working_copies import others_at
from articles.operations.writing import create_article, save_revision, update_article
from articles.roles import WRITE

MOST_ID = 2**63 - 1  # that the column of articles' ids holds


class ArticlePages(EditorPages):
    """The pages of one article."""

    opens = WRITE
    writes = WRITE

    def told(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        """What channels say of the article, for its page. This app knows nothing of them."""
        return {}

    def told_of_new(self) -> dict[str, Any]:
        """Return what channels show beside an article that is not made yet."""
        return {}

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
        chosen = form["locale"].value()
        locale = chosen if chosen in locales() else default_locale()
        return self.page(
            request,
            "admin/articles/new_article.html",
            title=_("New article"),
            form=form,
            errors=error_count(form) if form.errors else "",
            told=self.told_of_new(),
            language={"locale": locale, "name": locale_name(locale)},
            **context,
        )

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
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
