"""Whether a revision could be told as it stands: what its Markdown and its snippets say."""

from __future__ import annotations

from django.utils.translation import gettext

from articles.document.errors import ExpansionError, MissingValue, UnknownSnippet
from articles.document.expand import expand
from articles.document.parse import Problem, parse
from articles.document.references import images
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
    return problems + missing_images({image.source for image in images(body)})


def missing_images(sources: set[str]) -> list[Problem]:
    """Return a problem for each picture that was never uploaded."""
    if not sources:
        return []
    known = set(Attachment.objects.filter(name__in=sources).values_list("name", flat=True))
    return [
        Problem(None, "image", gettext("There is no picture media:%(name)s.") % {"name": name})
        for name in sorted(sources - known)
    ]
