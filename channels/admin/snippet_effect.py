"""The part of a snippet's review page that tells what its value changes for readers."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from articles.models import Snippet, SnippetRevision
from articles.roles import PUBLISH
from channels.admin.release_page import change_rows, signed
from channels.models import EntrySnippet
from channels.operations.snippet_effect import effect_of

TEXTS_ON_A_PAGE = 10  # each is rendered as publishing would


def ways_on(request: HttpRequest, snippet: Snippet, *, waits: bool) -> dict[str, str]:
    """Return where an approved value that `waits` is published."""
    put = f"{reverse('admin:channels_release_put')}?snippet={snippet.pk}"
    publish = reverse("admin:channels_publish")
    may_publish = waits and request.user.has_perm(PUBLISH)
    return {"publish": publish if may_publish else "", "put": put if waits else ""}


def effect_context(
    request: HttpRequest,
    snippet: Snippet,
    revision: SnippetRevision,
    *,
    live: SnippetRevision | None,
) -> dict[str, Any]:
    """Return a page of the live texts that use the snippet, with what `revision` changes in them
    beside the value that is `live`. Fifteen statements, however many texts there are."""
    uses = EntrySnippet.objects.filter(snippet=snippet, entry__until_edition=None)
    ordered = uses.order_by("entry__title", "entry__locale", "entry_id")
    page = Paginator(ordered.values_list("entry_id", flat=True), TEXTS_ON_A_PAGE).get_page(
        request.GET.get("p")
    )
    effect = effect_of(revision, list(page))
    before = sum(change.seconds_before for change in effect.changes)
    after = sum(change.seconds_after for change in effect.changes)
    waits = snippet.approved_id == revision.pk and live != revision
    return {
        "page": page,
        "changes": list(change_rows(effect.changes, effect.bodies)),
        "unchanged": effect.unchanged,
        "problems": effect.problems,
        "before": before,
        "after": after,
        "change": signed(after - before),
        **ways_on(request, snippet, waits=waits),
    }
