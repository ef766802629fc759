"""Two texts as readers get them, with the words marked that differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.admin.comparisons import Rendered
from articles.audiences import AGENT
from articles.comparing.markup import mark_changes
from articles.document.expand import for_audience
from articles.models import ArticleText, Revision
from articles.snippet_values import Reading
from channels.models import Blob, Entry, Rendering
from channels.operations.edition_values import EditionValues
from channels.operations.preparing import Unpublishable, build_document, context_of
from channels.operations.subjects import subject_of
from channels.registry import FORMATS
from channels.renderers.html_gate import through_the_gate

MOST_CHARACTERS = 200_000  # of a text that is rendered for a comparison

_SNIPPET = re.compile(r"\{\{\s*([a-z][a-z0-9._-]*)(?:@[a-z0-9-]+)?\s*\}\}")


@dataclass(frozen=True, slots=True)
class Told:
    """The HTML that agents get of a text, as they read all of it; or why it can't be told."""

    html: str = ""
    problems: tuple[str, ...] = ()


def marked_pair(before: Told, after: Told) -> Rendered:
    """Return both with the words marked that differ."""
    old, new = mark_changes(before.html, after.html, removed=_("removed: "), added=_("added: "))
    return Rendered(
        before=mark_safe(through_the_gate(old, marked=True)),  # noqa: S308  (nh3)
        after=mark_safe(through_the_gate(new, marked=True)),  # noqa: S308  (nh3)
        problems_before=before.problems,
        problems_after=after.problems,
        same="<del>" not in old and "<ins>" not in new and not (before.problems or after.problems),
    )


def drafts_html(text: ArticleText, revisions: Sequence[Revision]) -> list[Told]:
    """Render revisions of `text` as publishing would now. Snippets that stand in the texts
    themselves are looked up together."""
    bodies = (revision.body for revision in revisions)
    values = EditionValues.of_now(key for body in bodies for key in _SNIPPET.findall(body))
    return [_draft_html(text, revision, values) for revision in revisions]


def stored_html(entries: Sequence[Entry | None]) -> list[Told]:
    """Return what is stored for agents, the readers who read most; nothing for None."""
    rows = (
        Rendering.objects.filter(entry__in=[entry for entry in entries if entry], format="html")
        .order_by("audience_rank")
        .values_list("entry_id", "blob_id")
    )
    blobs = dict(rows)  # The last of each entry is for the highest rank.
    bodies = Blob.objects.in_bulk(list(blobs.values()))
    return [
        Told(bytes(bodies[blobs[entry.pk]].body).decode()) if entry else Told() for entry in entries
    ]


def _draft_html(text: ArticleText, revision: Revision, values: EditionValues) -> Told:
    if len(revision.body) > MOST_CHARACTERS:
        return Told(problems=(_("The text is too long to be shown here as readers get it."),))
    subject = subject_of(text, revision.pk)
    try:
        document = build_document(subject, revision, Reading(values, text.locale))
    except Unpublishable as refusal:
        return Told(problems=refusal.reasons)
    context = context_of(document, subject)
    shown = replace(document, body=for_audience(document.body, AGENT))
    return Told(FORMATS["html"].render(shown, context).decode())
