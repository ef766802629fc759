"""What readers were told lately and have: that it still is so, the pointer alone can say.

An edition never changes, so an answer holds for as long as the pointer stays. It is known by its
manifest digest as well, which no other history of editions has: not even a restored database's.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from django.db import connection

A = TypeVar("A")

State = tuple[int, str]  # number and manifest digest of what is current; (0, "") before it

_STATE = (
    "SELECT e.number, e.manifest_digest FROM channels_pointer p"
    " JOIN channels_edition e ON e.number = p.edition_id WHERE p.id = 1"
)


class Remembered(Generic[A]):
    """The latest answers by question, in the memory of one process; at most `most` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: dict[object, tuple[State, A]] = {}

    def recall(self, question: object) -> A | None:
        """Return the answer to `question` if it was told of what is current. One short statement
        where there is an answer, else none."""
        known = self._answers.get(question)
        if known is None or known[0] != _state():
            return None
        return known[1]

    def keep(self, question: object, state: State, answer: A) -> None:
        """Remember what was read together with `state`."""
        if len(self._answers) >= self._most:
            self._answers.clear()
        self._answers[question] = (state, answer)


def _state() -> State:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        return cursor.fetchone() or (0, "")
