"""Whether a revision could be told as it stands: what its Markdown and its snippets say."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext

from articles.document.blocks import Body
from articles.document.errors import DocumentError
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
    return problems_of([(revision, locale)], snippets=snippets or SnippetValues())[revision.pk]


def problems_of(
    revisions: Iterable[tuple[Revision, str]], *, snippets: SnippetValues
) -> dict[int, list[Problem]]:
    """Return what stops each of the revisions, given with their locales, by the revision's id.

    Attachments are looked up once for all of them.
    """
    checked = {
        revision.pk: (revision.body, *_checked(revision, locale, snippets))
        for revision, locale in revisions
    }
    known = attachment_sizes({name for _, _, names in checked.values() for name in names})
    return {
        pk: problems + _unknown(names, known, source=source)
        for pk, (source, problems, names) in checked.items()
    }


def missing_attachments(body: Body, *, source: str) -> list[Problem]:
    """Return a problem for each picture or file that `body` names and that was never uploaded,
    with its line in `source`. At most one statement."""
    named = attachments(body)
    return _unknown(named, attachment_sizes(named), source=source)


def attachment_sizes(names: Collection[str]) -> dict[str, int]:
    """Return the size in bytes of those attachments of these names that are kept."""
    if not names:
        return {}
    return dict(Attachment.objects.filter(name__in=names).values_list("name", "size"))


def line_of(source: str, words: str) -> int | None:
    """Return the first line of the source that holds the words; None where none does."""
    place = source.find(words) if words else -1
    return None if place < 0 else source.count("\n", 0, place) + 1


def _checked(
    revision: Revision, locale: str, snippets: SnippetValues
) -> tuple[list[Problem], tuple[str, ...]]:
    """Return what the text itself says wrong, and the attachments that it names."""
    parsed = parse(revision.body, locale=locale)
    problems = list(parsed.problems)
    try:
        body = expand(parsed.body, Reading(snippets, locale).present)
    except DocumentError as error:
        return [*problems, Problem(None, "snippet", str(error))], ()
    return problems, attachments(body)


def _unknown(names: Iterable[str], known: Collection[str], *, source: str) -> list[Problem]:
    message = gettext("There is no attachment media:%(name)s: upload it first.")
    return [
        Problem(line_of(source, name), "attachment", message % {"name": name})
        for name in names
        if name not in known
    ]
