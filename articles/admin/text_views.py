"""What is done to one text of an article: saved, merged, taken a step further in review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.article_forms import MoveForm
from articles.admin.article_history import history_page
from articles.admin.article_page import (
    Section,
    Sources,
    conflict_with,
    sources_of,
    text_form,
    texts_of,
    typed_section,
)
from articles.admin.article_views import ArticlePages, to_article
from articles.admin.desk import CONFLICT, actor_of, blame, refusals_told
from articles.admin.review_standing import standing_of
from articles.exceptions import OperationRefused, Stale
from articles.locales import locales
from articles.models import Article, ArticleText, Revision
from articles.numbers import whole_number
from articles.operations.audit import operation
from articles.operations.reviewing import approve, reject, submit, withdraw
from articles.operations.working_copies import drop_working_copy
from articles.operations.writing import save_revision
from articles.workflow import Action

MOST_REVISIONS = 2_147_483_647  # that the column of their numbers holds
STEPS = {Action.SUBMIT: submit, Action.WITHDRAW: withdraw, Action.APPROVE: approve}
DONE = {
    Action.SUBMIT: gettext_lazy("Submitted for review."),
    Action.WITHDRAW: gettext_lazy("Taken back from review."),
    Action.REJECT: gettext_lazy("Sent back to its author."),
}


class TextPages(ArticlePages):
    """The addresses of one text; all of them lead back to its section of the article's page."""

    def get_urls(self) -> list[URLPattern]:
        text = "<path:object_id>/text/<str:locale>/"
        return [
            self.page_url(text, self.text_view, "text"),
            self.page_url(f"{text}move/", self.move_view, "text_move"),
            self.page_url(f"{text}history/", self.text_history_view, "text_history"),
            *super().get_urls(),
        ]

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
