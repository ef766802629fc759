"""What an editor wants published, sorted by what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.models import Article, Revision, SnippetRevision


@dataclass(frozen=True, slots=True)
class Retirement:
    """An article that shall be told no more, in no locale."""

    article: Article


Item = Revision | SnippetRevision | Retirement


@dataclass(slots=True)
class Wanted:
    """The items of a publish by their ids: an edition may be large."""

    revisions: dict[int, int] = field(default_factory=dict)  # text id -> revision id
    snippets: dict[int, int] = field(default_factory=dict)  # snippet id -> its revision's id
    retired: set[int] = field(default_factory=set)  # article ids
    # Articles (ids) whose conversions are looked at again, though no text of theirs is wanted.
    reconverted: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, items: Iterable[Item]) -> Wanted:
        """Raises InvalidInput where two items contradict each other."""
        wanted = cls()
        for item in items:
            match item:
                case Revision():
                    if wanted.revisions.setdefault(item.text_id, item.pk) != item.pk:
                        message = gettext("Two revisions of one text: %(item)s.")
                        raise InvalidInput(message % {"item": item})
                case SnippetRevision():
                    if wanted.snippets.setdefault(item.snippet_id, item.pk) != item.pk:
                        message = gettext("Two values of one snippet: %(item)s.")
                        raise InvalidInput(message % {"item": item})
                case Retirement():
                    wanted.retired.add(item.article.pk)
        return wanted
