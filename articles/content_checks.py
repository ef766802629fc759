"""Whether a revision could be told as it stands: what its Markdown and its snippets say."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext

from articles.document.blocks import Body
from articles.document.errors import ExpansionError, MissingValue, UnknownSnippet
from articles.document.expand import expand
from articles.document.parse import Problem, parse
from articles.document.references import attachments
from articles.models import Attachment, Revision
from articles.snippet_values import Reading, SnippetValues


def content_problems(
    revision: Revision, *, locale: str, snippets: SnippetValues | None = None
) -> list[Problem]:
    """Return what stops the revision from being published, in the order of its text.

    Links to other articles are judged when publishing, against what is live then. `snippets` may
    be shared by the checks of many revisions.
    """
    parsed = parse(revision.body, locale=locale)
    problems = list(parsed.problems)
    try:
        body = expand(parsed.body, Reading(snippets or SnippetValues(), locale).present)
    except (ExpansionError, MissingValue, UnknownSnippet) as error:
        return [*problems, Problem(None, "snippet", str(error))]
    return problems + missing_attachments(body, source=revision.body)


def missing_attachments(body: Body, *, source: str) -> list[Problem]:
    """Return a problem for each picture or file that `body` names and that was never uploaded,
    with its line in `source`. At most one statement."""
    named = attachments(body)
    known = attachment_sizes(named)
    message = gettext("There is no attachment media:%(name)s: upload it first.")
    return [
        Problem(line_of(source, name), "attachment", message % {"name": name})
        for name in named
        if name not in known
    ]


def attachment_sizes(names: Collection[str]) -> dict[str, int]:
    """Return the size in bytes of those attachments of these names that are kept."""
    if not names:
        return {}
    return dict(Attachment.objects.filter(name__in=names).values_list("name", "size"))


def line_of(source: str, words: str) -> int | None:
    """Return the first line of the source that holds the words; None where none does."""
    place = source.find(words) if words else -1
    return None if place < 0 else source.count("\n", 0, place) + 1
