"""What publishing may refuse, and how an editor is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.exceptions import OperationRefused


@dataclass(frozen=True)
class ArticleProblem:
    """What stops one text from being told: which article, in which locale, and why."""

    article: str  # public id
    locale: str
    title: str
    message: str

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
