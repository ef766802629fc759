"""What an operation may refuse, and how a person is told. No message echoes a database's text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from articles.problem_messages import problem_lines

if TYPE_CHECKING:
    from articles.document.parse import Problem


class OperationRefused(Exception):
    """An operation did nothing, for a reason that its caller can read."""


class NotAllowed(OperationRefused):
    """The actor lacks the permission."""


class InvalidInput(OperationRefused):
    """The input breaks a rule; `field` says where, if one field is to blame."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class WrongState(OperationRefused):
    """The workflow knows no such action in the present state."""


class Stale(OperationRefused):
    """Another change came first: `current` is the number of the revision, or the version of the
    article, to look at (0: none)."""

    def __init__(self, message: str, *, current: int) -> None:
        super().__init__(message)
        self.current = current


class ContentProblems(OperationRefused):
    """A text could not be told as it stands; `problems` says line by line why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem_lines(problems)))
        self.problems = tuple(problems)
