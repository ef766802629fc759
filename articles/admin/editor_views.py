"""What the editor on an article's page asks for while somebody types: what is kept, who else is
there, what can be completed, where a file goes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from articles.admin import editor_completion
from articles.admin.desk import DeskAdmin, actor_of
from articles.admin.editor_answers import answer_url, not_cut_short, refused
from articles.locales import locale_choices, locales
from articles.models import Article, ArticleText
from articles.numbers import whole_number
from articles.operations.attachments import store_attachment
from articles.operations.working_copies import (
    LIMITS,
    be_seen,
    drop_working_copy,
    keep_working_copy,
    others_at,
)
from articles.uploads.inspection import MAX_BYTES


class EditorPages(DeskAdmin):
    """The answers that the editor's scripts get."""

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [
            answer_url(site, "complete/", self.complete_view, "articles_complete"),
            answer_url(site, "picture/", self.picture_view, "articles_picture"),
            answer_url(
                site,
                "<path:object_id>/text/<str:locale>/working-copy/",
                self.working_copy_view,
                "articles_working_copy",
            ),
            *super().get_urls(),
        ]

    def complete_view(self, request: HttpRequest) -> HttpResponse:
        """Return what completes what was typed; GET, `kind`, `q` and `locale`."""
        if request.method != "GET":
            return refused(_("This address only answers questions."), HTTPStatus.METHOD_NOT_ALLOWED)
        typed, locale = request.GET.get("q", ""), request.GET.get("locale", "")
        match request.GET.get("kind"):
            case "snippet":
                return not_cut_short({"results": editor_completion.snippets(typed)})
            case "article":
                return not_cut_short(
                    {"results": editor_completion.articles(typed, locale=locale[:16])}
                )
        return refused(_("Snippets and articles can be completed."), HTTPStatus.BAD_REQUEST)

    def picture_view(self, request: HttpRequest) -> HttpResponse:
        """Store a picture or a PDF that was pasted or dropped; return what to write for it."""
        upload = request.FILES.get("file") if request.method == "POST" else None
        if upload is None:
            return refused(_("Send a picture or a PDF."), HTTPStatus.BAD_REQUEST)
        attachment = store_attachment(
            actor=actor_of(request),
            content=upload.read(MAX_BYTES + 1),  # one byte more is enough to be refused
            original_name=upload.name or "",
        )
        return JsonResponse(
            {
                "source": f"media:{attachment.name}",
                "url": reverse("media", args=[attachment.name]),
                "width": attachment.width,
                "height": attachment.height,
            }
        )

    def working_copy_view(self, request: HttpRequest, object_id: str, locale: str) -> HttpResponse:
        """Keep what is typed, drop it, or only be seen; return who else is there and which
        revision is the newest."""
        article = self._article(object_id)
        if locale not in locales():
            raise Http404
        if request.method != "POST":
            return refused(_("Nothing was sent."), HTTPStatus.METHOD_NOT_ALLOWED)
        who: dict[str, Any] = {"actor": actor_of(request), "article": article, "locale": locale}
        text = (
            ArticleText.objects.select_related("head__author")
            .filter(article=article, locale=locale)
            .first()
        )
        head = text.head if text else None
        saved = ""
        match request.POST.get("act"):
            case "keep":
                typed = {name: request.POST[name] for name in LIMITS if name in request.POST}
                based_on = whole_number(request.POST.get("based_on", "0"), most=2_147_483_647) or 0
                copy = keep_working_copy(**who, based_on=based_on, content=typed, head=head)
                if copy.saved_at:
                    saved = time_format(timezone.localtime(copy.saved_at), "TIME_FORMAT")
            case "drop":
                drop_working_copy(**who)
            case _:
                be_seen(**who)
        if request.POST.get("then") == "page":
            page = reverse("admin:articles_article_change", args=[article.pk])
            return HttpResponseRedirect(f"{page}?locale={locale}#text-{locale}")
        names = dict(locale_choices())
        return not_cut_short(
            {
                "saved": saved,
                "head": head.number if head else 0,
                "author": head.author.get_username() if head else "",
                "others": [
                    {"name": other.name, "language": names.get(other.locale, other.locale)}
                    for other in others_at(article, actor=who["actor"])
                ],
            }
        )

    def _article(self, object_id: str) -> Article:
        pk = whole_number(object_id, most=2**63 - 1)
        article = Article.objects.filter(pk=pk).first() if pk is not None else None
        if article is None:
            raise Http404
        return article
