"""Snippets: facts that many articles state, with revisions and review of their own."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from articles.exceptions import InvalidInput, Stale
from articles.models import Snippet, SnippetRevision
from articles.operations.snippets import approve_snippet, save_snippet
from channels.api.authors.answers import SnippetRevisionsAnswer, SnippetsAnswer
from channels.api.authors.base import AuthorView, answer
from channels.api.authors.contracts import changes, shows
from channels.api.authors.finding import snippet_of
from channels.api.authors.items import (
    EditionMade,
    SnippetItem,
    SnippetRevisionItem,
    snippet_path,
)
from channels.api.authors.parameters import SnippetBody, SnippetsQuestion
from channels.api.authors.preconditions import number_based_on
from channels.api.parameters import PageQuestion
from channels.models import Edition
from channels.operations.releases import publish_together
from channels.problem import Problem


class SnippetList(AuthorView):
    @shows("list_snippets", SnippetsAnswer, question=SnippetsQuestion)
    def get(self, request: Request) -> HttpResponse:
        """All snippets with their newest values, by key."""
        snippets = Snippet.objects.exclude(head=None).select_related("head", "approved")
        for name in ("kind", "state"):
            if name in self.asked:
                snippets = snippets.filter(**{name: self.asked[name]})
        return self.listed(SnippetItem, snippets, order=("key",))


class SnippetDetail(AuthorView):
    @shows("get_snippet", SnippetItem, 404, etag=True)
    def get(self, request: Request, key: str) -> HttpResponse:
        """A snippet with its newest value, whose number is the ETag."""
        return told(key)

    @changes(
        "put_snippet", {200: SnippetItem, 201: SnippetItem}, body=SnippetBody, based=True, new=True
    )
    def put(self, request: Request, key: str) -> HttpResponse:
        """Save a value on top of the revision in If-Match. 200: it was the value already."""
        return _save(self, request, key)


class SnippetRevisions(AuthorView):
    @shows("list_snippet_revisions", SnippetRevisionsAnswer, 404, question=PageQuestion)
    def get(self, request: Request, key: str) -> HttpResponse:
        """The values that a snippet had, the newest first."""
        revisions = snippet_of(key).revisions.select_related("author")
        return self.listed(SnippetRevisionItem, revisions, order=("-number",))

    @changes(
        "post_snippet_revision",
        {200: SnippetItem, 201: SnippetItem},
        body=SnippetBody,
        based=True,
        new=True,
    )
    def post(self, request: Request, key: str) -> HttpResponse:
        """The same as PUT on the snippet."""
        return _save(self, request, key)


class ApprovingSnippet(AuthorView):
    @changes("approve_snippet", {200: SnippetItem}, based=True)
    def post(self, request: Request, key: str) -> HttpResponse:
        """Approve the newest value. Its state says whether others must, too. What nobody submitted
        is submitted as well."""
        approve_snippet(
            actor=self.actor, snippet=snippet_of(key), revision=number_based_on(request)
        )
        return told(key)


class PublishingSnippet(AuthorView):
    @changes("publish_snippet", {200: EditionMade}, based=True, owns_transaction=True)
    def post(self, request: Request, key: str) -> HttpResponse:
        """Publish the approved value now, with every live article that states it."""
        snippet = snippet_of(key)
        number = number_based_on(request)
        approved = snippet.approved
        if approved is None or approved.number != number:
            raise Stale(
                "This value is not the approved one.", current=approved.number if approved else 0
            )

        def made(edition: Edition) -> HttpResponse:
            return answer(EditionMade(edition).data, version=number)

        edition = publish_together(
            actor=self.actor,
            name=snippet.key,
            items=[approved],
            alongside=lambda edition: self.keep(made(edition)),
        )
        return made(edition)


def told(key: str, *, status: int = 200, location: str = "") -> HttpResponse:
    """Answer with a snippet as it is now."""
    snippet = snippet_of(key)
    assert snippet.head is not None  # as `snippet_of` finds no other  # noqa: S101
    return answer(
        SnippetItem(snippet).data, status=status, version=snippet.head.number, location=location
    )


def _save(view: AuthorView, request: Request, key: str) -> HttpResponse:
    based_on = number_based_on(request)
    known = Snippet.objects.filter(key=key).first() if len(key) <= 80 and "\0" not in key else None
    kind = view.sent.get("kind") or (known.kind if known else "")
    if not kind:
        raise InvalidInput("A new snippet needs a kind.", field="kind")
    value = view.sent["value"]
    try:
        revision = save_snippet(
            actor=view.actor, key=key, kind=kind, value=value, based_on=based_on
        )
    except Stale as stale:
        raise _conflict(stale, key=key, based_on=based_on, value=value) from None
    if revision.number == based_on:
        return told(key)
    return told(key, status=201, location=snippet_path(key))


def _conflict(stale: Stale, *, key: str, based_on: int, value: object) -> Problem:
    numbers = (based_on, stale.current)
    revisions = SnippetRevision.objects.filter(snippet__key=key, number__in=numbers)
    found = {row.number: row for row in revisions.select_related("author")}
    base, theirs = found.get(based_on), found.get(stale.current)
    before, there = base.value if base else None, theirs.value if theirs else None
    differences = []
    if not there == before == value:
        differences = [
            {
                "field": "value",
                "changed_by": "them" if value == before else "both",
                "base": before,
                "theirs": there,
                "yours": value,
                "merged": there if value == before else value,
                "conflict": value not in (before, there),
            }
        ]
    return Problem(
        412,
        "stale",
        str(stale),
        current=stale.current,
        base=SnippetRevisionItem(base).data if base else None,
        theirs=SnippetRevisionItem(theirs).data if theirs else None,
        differences=differences,
    )
