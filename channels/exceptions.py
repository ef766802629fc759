"""What publishing may refuse, and how an editor is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext

from articles.exceptions import OperationRefused
from articles.locales import locale_name


class Text(Protocol):
    """What a problem names: an entry, stored or prepared, or the subject of one."""

    @property
    def public_id(self) -> str: ...

    @property
    def locale(self) -> str: ...

    @property
    def converted_from(self) -> str: ...


@dataclass(frozen=True)
class ArticleProblem:
    """What stops one text from being told: which article, in which locale, and why."""

    article: str  # public id
    locale: str
    title: str
    message: str
    converted_from: str = ""  # of a conversion: the locale that it is made from

    @classmethod
    def with_text(cls, text: Text, *, title: str, message: str) -> ArticleProblem:
        """Return the problem, saying of a conversion that it is one and what would help."""
        if text.converted_from:
            whole = gettext(
                "in the text converted from %(origin)s: %(problem)s (publishing a text of its own "
                "in %(locale)s takes the place of the conversion)"
            )
            message = whole % {
                "origin": locale_name(text.converted_from),
                "problem": message,
                "locale": locale_name(text.locale),
            }
        return cls(text.public_id, text.locale, title, message, text.converted_from)

    def __str__(self) -> str:
        return f"{self.title} ({self.article}, {self.locale}): {self.message}"


class PublishRefused(OperationRefused):
    """Nothing was published; `problems` names every text that stands in the way."""

    def __init__(self, problems: Sequence[ArticleProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class NothingToPublish(OperationRefused):
    """All of it is live already, word for word."""


class UnknownEdition(OperationRefused):
    """There is no edition of that number."""
