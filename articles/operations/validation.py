"""What every text must satisfy before it is stored, whoever hands it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.document.text import clean_line, clean_name, clean_text
from articles.exceptions import InvalidInput
from articles.locales import locales
from articles.models import Revision

MAX_BODY_BYTES = 1_000_000
MAX_QUESTIONS = 30


@dataclass(frozen=True)
class Content:
    title: str
    summary: str
    questions: tuple[str, ...]
    body: str

    def same_as(self, revision: Revision) -> bool:
        return (self.title, self.summary, list(self.questions), self.body) == (
            revision.title,
            revision.summary,
            revision.questions,
            revision.body,
        )


def require_locale(locale: str) -> None:
    """Raise InvalidInput unless content can be written in `locale`."""
    if locale not in locales():
        raise InvalidInput(
            gettext("There is no locale “%(locale)s”.") % {"locale": locale[:20]}, field="locale"
        )


def clean_content(*, title: str, summary: str, questions: Sequence[str], body: str) -> Content:
    """Return the content free of characters no channel can carry. Raises InvalidInput."""
    content = Content(
        title=clean_name(title),
        summary=clean_line(summary),
        questions=tuple(q for q in (clean_name(question) for question in questions) if q),
        body=clean_text(body).strip("\n") + "\n",
    )
    _limit(content.title, 200, "title")
    _limit(content.summary, 1000, "summary")
    for question in content.questions:
        _limit(question, 300, "questions")
    if not content.title:
        raise InvalidInput(gettext("A text needs a title."), field="title")
    if len(content.questions) > MAX_QUESTIONS:
        raise InvalidInput(
            gettext("More than %(most)d questions.") % {"most": MAX_QUESTIONS}, field="questions"
        )
    if len(content.body.encode()) > MAX_BODY_BYTES:
        raise InvalidInput(gettext("The text is longer than 1 MB."), field="body")
    return content


def _limit(text: str, length: int, field: str) -> None:
    if len(text) > length:
        # The fields' names are collected where the models name them.
        message = gettext("The %(field)s is longer than %(length)d characters.")
        raise InvalidInput(message % {"field": gettext(field), "length": length}, field=field)
