"""Texts: the newest revision of an article in a locale, and saving a newer one on top of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from articles.exceptions import InvalidInput, Stale
from articles.locales import locales
from articles.models import Article, Revision
from articles.operations.writing import save_revision
from channels.api.authors.answers import RevisionsAnswer
from channels.api.authors.base import AuthorView, answer, not_found
from channels.api.authors.conflicts import text_conflict
from channels.api.authors.contracts import changes, shows
from channels.api.authors.finding import article_of, revision_of, text_of
from channels.api.authors.items import RevisionDetail, RevisionItem, TextDetail, draft_path
from channels.api.authors.parameters import TextBody
from channels.api.authors.preconditions import number_based_on
from channels.api.parameters import PageQuestion


class DraftText(AuthorView):
    @shows("get_text", TextDetail, 404, etag=True)
    def get(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """A text with its newest revision, whose number is the ETag."""
        return told(public_id, locale)

    @changes("put_text", {200: TextDetail, 201: TextDetail}, body=TextBody, based=True, new=True)
    def put(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """Save a text on top of the revision in If-Match. 200: it said just that already."""
        return _save(self, request, public_id, locale)


class RevisionList(AuthorView):
    @shows("list_revisions", RevisionsAnswer, 404, question=PageQuestion)
    def get(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """The revisions of a text, the newest first."""
        text = text_of(public_id, locale)
        revisions = text.revisions.select_related("author", "based_on", "translation_of")
        return self.listed(RevisionItem, revisions, order=("-number",))

    @changes(
        "post_revision", {200: TextDetail, 201: TextDetail}, body=TextBody, based=True, new=True
    )
    def post(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """The same as PUT on the text."""
        return _save(self, request, public_id, locale)


class RevisionOne(AuthorView):
    @shows("get_revision", RevisionDetail, 404, etag=True)
    def get(self, request: Request, public_id: str, locale: str, number: str) -> HttpResponse:
        """One revision; it never changes."""
        revision = revision_of(text_of(public_id, locale), number)
        return answer(RevisionDetail(revision).data, version=revision.number)


def told(public_id: str, locale: str, *, status: int = 200, location: str = "") -> HttpResponse:
    """Answer with the text as it is now."""
    text = text_of(public_id, locale)
    assert text.head is not None  # as `text_of` finds no other  # noqa: S101
    return answer(TextDetail(text).data, status=status, version=text.head.number, location=location)


def _save(view: AuthorView, request: Request, public_id: str, locale: str) -> HttpResponse:
    article = article_of(public_id)
    if locale not in locales():
        raise not_found("locale")
    based_on = number_based_on(request)
    sent: dict[str, Any] = dict(view.sent)
    source = _source(article, sent.pop("translation_of", None))
    try:
        revision = save_revision(
            actor=view.actor,
            article=article,
            locale=locale,
            based_on=based_on,
            translation_of=source,
            **sent,
        )
    except Stale as stale:
        raise text_conflict(
            stale, article=article, locale=locale, based_on=based_on, sent=view.sent
        ) from None
    if revision.number == based_on:
        return told(public_id, locale)
    location = f"{draft_path(public_id, locale)}revisions/{revision.number}/"
    return told(public_id, locale, status=201, location=location)


def _source(article: Article, number: int | None) -> Revision | None:
    """Return the revision of the article's source text that is translated. Raises InvalidInput."""
    if number is None:
        return None
    found = Revision.objects.filter(
        text__article=article, text__locale=article.source_locale, number=number
    ).first()
    if found is None:
        raise InvalidInput(
            f"The source text ({article.source_locale}) has no revision {number}.",
            field="translation_of",
        )
    return found
