"""Submitting the drafts of many articles for review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_page import in_locale_order
from articles.admin.bulk_action import BulkAction, BulkForm, Line
from articles.content_checks import problems_of
from articles.locales import locale_choices, locales
from articles.models import Article, ArticleText, Revision
from articles.operations.reviewing import submit
from articles.problem_messages import problem_lines
from articles.snippet_values import EverySnippet
from articles.workflow import State

MOST_PROBLEMS = 3  # of one text that a line names
AT_ONCE = 20  # bodies in memory

NOT_SUBMITTED = {
    State.IN_REVIEW: gettext_lazy("Is in review already."),
    State.APPROVED: gettext_lazy("Is approved already."),
    State.PUBLISHED: gettext_lazy("Is published as it is."),
    State.REJECTED: gettext_lazy("Was sent back and not changed since."),
    State.RETIRED: gettext_lazy("Is retired; to tell it again, submit it on its own page."),
}


class SubmitForm(BulkForm):
    locales = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=locale_choices,
        widget=forms.CheckboxSelectMultiple,
    )


class Submitting(BulkAction):
    name = "submit"
    label = gettext_lazy("Submit for review…")
    button = gettext_lazy("Submit for review")
    form = SubmitForm
    asks_first = False
    most = 100  # each of its texts is read as a publish would read it

    def __init__(self) -> None:
        self._snippets = EverySnippet()

    def first(self, actor: AbstractUser) -> dict[str, Any]:
        return {"locales": list(locales())}

    def standing(self, articles: Sequence[Article]) -> list[Line]:
        return [
            Line(
                article,
                text.pk,
                str(text.head.number),
                text.head.title,
                now=str(State(text.state).label),
                locale=text.locale,
                thing=text,
            )
            for article in articles
            for text in in_locale_order(article.texts.all())
            if text.head is not None
        ]

    def planned(self, lines: list[Line], said: Mapping[str, Any]) -> list[Line]:
        ready = self.ready(lines, said)
        drafts = {line.thing.head_id: line for line in ready if line.will}
        problems = problems_of(_with_locales(drafts), snippets=self._snippets)
        return [
            self._without(line, problem_lines(problems.get(line.thing.head_id, ())))
            for line in ready
        ]

    def ready(self, lines: list[Line], said: Mapping[str, Any]) -> list[Line]:
        return [
            replace(line, why_not=str(NOT_SUBMITTED[line.thing.state]))
            if line.thing.state in NOT_SUBMITTED
            else replace(line, will=_("to review"))
            for line in lines
            if line.locale in said["locales"]
        ]

    def _without(self, line: Line, problems: Sequence[str]) -> Line:
        """Return the line of a text that could not be told as it stands as one to be left."""
        if not problems:
            return line
        more = " …" if len(problems) > MOST_PROBLEMS else ""
        return replace(line, will="", why_not=" ".join(problems[:MOST_PROBLEMS]) + more)

    def do(self, actor: AbstractUser, line: Line, said: Mapping[str, Any]) -> object:
        text: ArticleText = line.thing
        return submit(actor=actor, text=text, revision=int(line.seen), snippets=self._snippets)


def _with_locales(drafts: Mapping[int, Line]) -> Iterator[tuple[Revision, str]]:
    """Read the drafts a few at a time: all of them together may be larger than memory."""
    rows = Revision.objects.filter(pk__in=drafts).only("pk", "body").order_by("pk")
    for revision in rows.iterator(chunk_size=AT_ONCE):
        yield revision, drafts[revision.pk].locale
