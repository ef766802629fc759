"""What the preview beside the editor asks for: the unsaved text for one kind of reader, and how
it sounds."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _

from articles.admin.desk import DeskAdmin
from articles.admin.editor_answers import answer_url, not_cut_short, refused
from articles.audiences import AUDIENCES, PUBLIC
from articles.exceptions import InvalidInput
from articles.locales import locales
from articles.models import Article, Kind
from articles.numbers import whole_number
from channels.admin.speaking import CannotSpeak, spoken
from channels.admin.typed_preview import (
    MOST_CHARACTERS,
    VIEWS,
    Typed,
    TypedPreview,
    told,
    typed_preview,
)

MOST_PROBLEMS = 20  # told at once
NEW = "new"  # stands in an address for an article that is not made yet


class TypedPreviewPages(DeskAdmin):
    """The answers that the preview gets."""

    def get_urls(self) -> list[URLPattern]:
        text = "<path:object_id>/text/<str:locale>/"
        site = self.admin_site
        return [
            answer_url(site, f"{text}preview/", self.typed_preview_view, "channels_typed_preview"),
            answer_url(site, f"{text}speech/", self.speech_view, "channels_typed_speech"),
            *super().get_urls(),
        ]

    def typed_preview_view(self, request: HttpRequest, object_id: str, locale: str) -> HttpResponse:
        """Show the typed text; POST the form's fields, with `view` and `audience`."""
        if request.method != "POST":
            return refused(_("Nothing was sent."), HTTPStatus.METHOD_NOT_ALLOWED)
        view = request.POST.get("view", "")
        locale = _locale(request, object_id, locale)
        preview = _preview(request, object_id, locale, view=view if view in VIEWS else VIEWS[0])
        return not_cut_short(
            {
                "audience": preview.audience,
                "html": preview.html,
                "script": preview.script,
                "seconds": preview.seconds,
                "same": preview.same,
                "verdict": preview.verdict,
                "problems": [
                    {"line": problem.line, "said": told(problem)}
                    for problem in preview.problems[:MOST_PROBLEMS]
                ],
            }
        )

    def speech_view(self, request: HttpRequest, object_id: str, locale: str) -> HttpResponse:
        """Answer with the typed text as a voice says it."""
        if request.method != "POST":
            return refused(_("Nothing was sent."), HTTPStatus.METHOD_NOT_ALLOWED)
        locale = _locale(request, object_id, locale)
        preview = _preview(request, object_id, locale, view="phone")
        if not preview.script:
            return refused(preview.verdict, HTTPStatus.BAD_REQUEST)
        try:
            sound = spoken(preview.script, locale=locale)
        except CannotSpeak as refusal:
            return refused(str(refusal), HTTPStatus.SERVICE_UNAVAILABLE)
        return HttpResponse(sound, content_type="audio/wav")


def _locale(request: HttpRequest, object_id: str, locale: str) -> str:
    """Return the locale of the text; that of a new article is chosen in its form."""
    chosen = request.POST.get("locale", locale) if object_id == NEW else locale
    if chosen not in locales():
        raise Http404
    return chosen


def _article(object_id: str) -> Article:
    if object_id == NEW:
        return Article(public_id=NEW, kind=Kind.SUPPORT, audience=PUBLIC)
    pk = whole_number(object_id, most=2**63 - 1)
    article = Article.objects.select_related("topic").filter(pk=pk or 0).first()
    if article is None:
        raise Http404
    return article


def _preview(request: HttpRequest, object_id: str, locale: str, *, view: str) -> TypedPreview:
    article = _article(object_id)
    body = request.POST.get("body", "")
    if len(body) > MOST_CHARACTERS:
        raise InvalidInput(_("This is too long to be shown while you type. Save it first."))
    audience = request.POST.get("audience", "")
    return typed_preview(
        article,
        Typed(
            title=request.POST.get("title", "")[:200],
            summary=request.POST.get("summary", "")[:1000],
            questions=tuple(request.POST.get("questions", "").splitlines()),
            body=body,
        ),
        locale=locale,
        slug=request.POST.get("slug", "")[:120],
        view=view,
        audience=audience if audience in AUDIENCES else PUBLIC,
        origin=request.build_absolute_uri("/")[:-1],
    )
