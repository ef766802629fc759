"""What can be done to many articles at once: said line by line before, done one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AbstractUser
from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from articles.admin.desk import refusal_lines
from articles.exceptions import OperationRefused, Stale
from articles.models import Article, ArticleText
from articles.numbers import whole_number
from articles.roles import WRITE

MOST_ID = 9_223_372_036_854_775_807
_SEEN = re.compile("[0-9-]{1,300}")


@dataclass(frozen=True, slots=True)
class Line:
    """One article, or one of its texts: how it stands, and what is done to it or why nothing.

    `key` is the id of what is acted on, and `seen` the version that the line was made of.
    """

    article: Article
    key: int
    seen: str
    title: str
    now: str = ""
    will: str = ""
    why_not: str = ""
    locale: str = ""
    thing: Any = None  # what the action needs to do it


class BulkForm(forms.Form):
    """What an action asks besides the articles; this one asks nothing."""


class BulkAction:
    """An action on the list of articles. The operations that it calls decide who may do it; who
    doesn't hold `permission` is not offered it."""

    name: ClassVar[str]
    label: ClassVar[str | Promise]  # in the list
    button: ClassVar[str | Promise]  # that does it
    permission: ClassVar[str] = WRITE
    template: ClassVar[str] = "admin/articles/bulk.html"
    form: ClassVar[type[BulkForm]] = BulkForm
    most: ClassVar[int] = 500  # articles at once
    # Whether what will happen is shown before anything was asked.
    asks_first: ClassVar[bool] = True

    def title(self) -> str:
        return str(self.label).removesuffix("…")

    def first(self, actor: AbstractUser) -> dict[str, Any]:
        """Return what the form says before anybody has typed."""
        return {}

    def standing(self, articles: Sequence[Article]) -> list[Line]:
        """Return a line for each article or text, without what will be done."""
        raise NotImplementedError

    def planned(self, lines: list[Line], said: Mapping[str, Any]) -> list[Line]:
        """Return the lines with what is done to each, where the form says `said`."""
        raise NotImplementedError

    def ready(self, lines: list[Line], said: Mapping[str, Any]) -> list[Line]:
        """Return the same where it is about to be done: what the operation itself looks at anew,
        and dearly, need not be looked at here."""
        return self.planned(lines, said)

    def do(self, actor: AbstractUser, line: Line, said: Mapping[str, Any]) -> object:
        """Call the operation. Raises OperationRefused."""
        raise NotImplementedError

    def context(self, articles: Sequence[Article]) -> dict[str, Any]:
        """Return what the action's own template needs."""
        return {}

    def run(
        self,
        actor: AbstractUser,
        articles: Sequence[Article],
        seen: Mapping[int, str],
        said: Mapping[str, Any],
    ) -> list[Line]:
        """Do it to all that was `seen`, each by itself, and return what became of each: `will` now
        says what was done. What is refused as a whole raises OperationRefused."""
        lines = [line for line in self.standing(articles) if line.key in seen]
        current = [line for line in lines if line.seen == seen[line.key]]
        planned = {line.key: line for line in self.ready(current, said)}
        return [self._done(actor, planned.get(line.key) or changed(line), said) for line in lines]

    def _done(self, actor: AbstractUser, line: Line, said: Mapping[str, Any]) -> Line:
        if not line.will:
            return line
        try:
            self.do(actor, line, said)
        except Stale:
            return changed(line)
        except OperationRefused as refusal:
            return replace(line, will="", why_not=" ".join(refusal_lines(refusal)))
        return line


def changed(line: Line) -> Line:
    """Return the line of what is not what was looked at any more."""
    return replace(line, will="", why_not=_("Somebody changed it since you looked."))


def with_titles(ids: Sequence[int]) -> list[Article]:
    """Return the articles in the order of their ids, with topics, owners and titles."""
    texts = ArticleText.objects.select_related("head").defer("head__body", "head__summary")
    rows = Article.objects.select_related("topic", "owner")
    found = rows.prefetch_related(Prefetch("texts", texts)).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def ids_in(sent: QueryDict) -> list[int]:
    """Return the ids of the articles that a page of ours sent, each once, and those that were
    ticked on it."""
    numbers = [*sent.get("chosen", "").split(), *sent.getlist("also")]
    ids = (whole_number(number, most=MOST_ID) for number in numbers)
    return list(dict.fromkeys(pk for pk in ids if pk is not None))


def seen_in(sent: QueryDict) -> dict[int, str]:
    """Return what was shown as what will be done: ids with the versions that were looked at."""
    seen = {}
    for token in sent.get("seen", "").split():
        number, _colon, version = token.partition(":")
        key = whole_number(number, most=MOST_ID)
        if key is not None and _SEEN.fullmatch(version):
            seen[key] = version
    return seen


def seen_words(lines: Iterable[Line]) -> str:
    """Return what `seen_in` reads."""
    return " ".join(f"{line.key}:{line.seen}" for line in lines if line.will)
