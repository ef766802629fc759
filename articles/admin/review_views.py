"""The review page of a text: remarks on its lines, approving it, sending it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from articles.admin.article_page import texts_of, title_of
from articles.admin.compare_views import MOST_NUMBER
from articles.admin.compared_versions import versions_of
from articles.admin.comparisons import parts_of
from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, tell
from articles.admin.review_page import lines_to_review, remarks_of, steps_of
from articles.admin.review_standing import standing_of
from articles.exceptions import InvalidInput, OperationRefused
from articles.locales import locale_choices
from articles.models import ArticleText, Remark, Revision
from articles.numbers import whole_number
from articles.operations.remarks import MAX_REMARK, add_remark, reopen_remark, settle_remark
from articles.operations.reviewing import approve, reject
from articles.roles import REVIEW
from articles.workflow import State

NOWHERE = 0  # a line that no text has


class ReviewPages(DeskAdmin):
    """Reviewing an article's texts."""

    def live_revision(self, text: ArticleText) -> Revision | None:
        """Return the revision that readers get. This app knows nothing of it."""
        return None

    def get_urls(self) -> list[URLPattern]:
        route = "<path:object_id>/text/<str:locale>/review/"
        return [self.page_url(route, self.review_view, "review"), *super().get_urls()]

    def review_view(self, request: HttpRequest, object_id: str, locale: str) -> HttpResponse:
        article = self.found(request, object_id)
        text = texts_of(article).get(locale)
        if text is None or text.head is None:
            raise Http404
        if request.method != "POST":
            return self._review_page(request, text, text.head)
        try:
            self._act(request, text)
        except OperationRefused as refusal:
            tell(request, refusal)
            return self._review_page(request, text, text.head, typed=request.POST, status=CONFLICT)
        return HttpResponseRedirect(review_url(text))

    def _act(self, request: HttpRequest, text: ArticleText) -> None:
        """Do what was asked for. Raises what the operations refuse."""
        actor, typed = actor_of(request), request.POST
        revision = whole_number(typed.get("revision", ""), most=MOST_NUMBER) or 0
        match typed.get("act"):
            case "remark":
                add_remark(
                    actor=actor,
                    revision=get_object_or_404(
                        Revision.objects.select_related("text__article"), text=text, number=revision
                    ),
                    words=typed.get("words", ""),
                    line=_line_of(typed),
                )
                messages.success(request, _("Remarked."))
            case "settle":
                settle_remark(actor=actor, remark=_remark_of(text, typed))
                messages.success(request, _("The remark is settled."))
            case "reopen":
                reopen_remark(actor=actor, remark=_remark_of(text, typed))
                messages.success(request, _("The remark is open again."))
            case "approve":
                held = approve(actor=actor, text=text, revision=revision)
                messages.success(request, standing_of(held).words())
            case "reject":
                reason = typed.get("reason", "")
                reject(actor=actor, text=text, revision=revision, reason=reason)
                messages.success(request, _("Sent back to its author."))
            case _:
                raise InvalidInput(_("This step is not known."))

    def _review_page(
        self,
        request: HttpRequest,
        text: ArticleText,
        revision: Revision,
        *,
        typed: Mapping[str, Any] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        user, typed = actor_of(request), typed or {}
        standing = standing_of(text)
        live = self.live_revision(text)
        before = next(
            (known for known in (live, text.approved) if known and known.pk != revision.pk), None
        )
        remarks, earlier = remarks_of(text, revision)
        asked = typed.get("line") if typed.get("act") == "remark" else request.GET.get("line")
        line = whole_number(asked or "", most=MOST_NUMBER)
        page = whole_number(request.GET.get("p", ""), most=MOST_NUMBER) or 1
        sides = versions_of(text, [before, revision] if before else [revision])
        why_not = standing.why_not(user)
        lines = lines_to_review(revision, before, remarks, line=line, page=page)
        return self.page(
            request,
            "admin/articles/review.html",
            title=_("Review of %(title)s") % {"title": text},
            status=status,
            article=text.article,
            article_title=title_of(text.article),
            text=text,
            language=dict(locale_choices())[text.locale],
            revision=revision,
            standing=standing,
            why_not=why_not,
            may_approve=not why_not,
            may_reject=text.state in (State.IN_REVIEW, State.APPROVED) and user.has_perm(REVIEW),
            may_reopen=user.has_perm(REVIEW),
            before=sides[0] if before else None,
            before_is_live=before is not None and before == live,
            after=sides[-1],
            parts=[part for part in parts_of(sides[0], sides[-1]) if not part.numbered]
            if before
            else [],
            lines=lines,
            line=line if any(shown.chosen for shown in lines.shown) else None,
            whole=[remark for remark in remarks if remark.line is None],
            earlier=earlier,
            steps=steps_of(text),
            typed=typed,
            most=MAX_REMARK,
        )


def review_url(text: ArticleText) -> str:
    return reverse("admin:articles_review", args=[text.article_id, text.locale])


def _line_of(typed: Mapping[str, Any]) -> int | None:
    said = str(typed.get("line", "")).strip()
    if not said:
        return None
    return whole_number(said, most=MOST_NUMBER) or NOWHERE


def _remark_of(text: ArticleText, typed: Mapping[str, Any]) -> Remark:
    pk = whole_number(typed.get("remark", ""), most=MOST_NUMBER)
    return get_object_or_404(Remark, pk=pk or 0, revision__text=text)
