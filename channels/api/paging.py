"""Paging by key: a page begins where the one before ended, whatever was published meanwhile.

A cursor pins the edition of the first page. It is signed together with the question it belongs
to, so that no other can be put in its place; it holds nothing secret.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet

from channels.problem import Problem

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Cursor:
    edition: int
    forward: bool  # False: the page that ends before `key`
    key: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """An address with the parameters that say what is listed and in pages of which size."""

    path: str
    parameters: Mapping[str, Any]
    limit: int

    @classmethod
    def of(cls, path: str, asked: Mapping[str, Any]) -> Question:
        rest = {name: asked[name] for name in sorted(asked) if name not in ("cursor", "limit")}
        return cls(path, rest, asked["limit"])

    def address(self, cursor: Cursor) -> str:
        """Return the path of the page at `cursor`."""
        signed = self._signer().sign_object([cursor.edition, cursor.forward, *cursor.key])
        return (
            f"{self.path}?{urlencode({**self.parameters, 'limit': self.limit, 'cursor': signed})}"
        )

    def read(self, cursor: str | None) -> Cursor | None:
        """Return the cursor that was sent with this question. Raises Problem (400)."""
        if cursor is None:
            return None
        try:
            edition, forward, *key = self._signer().unsign_object(cursor)
        except BadSignature:
            raise Problem(
                400,
                "bad-cursor",
                "This cursor is not one that was given for this question: begin without one.",
            ) from None
        return Cursor(edition, forward, tuple(key))

    def _signer(self) -> Signer:
        return Signer(salt=f"channels.api.paging:1:{self.path}?{urlencode(self.parameters)}")


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    rows: list[M]
    next: str | None  # the path of the next page
    previous: str | None

    def answer(self, edition: int, results: list[Any]) -> dict[str, Any]:
        links = {"next": self.next, "previous": self.previous}
        return {"edition": edition, "results": results, **links}


def read_page(
    rows: QuerySet[M],
    *,
    order: Sequence[str],
    question: Question,
    cursor: Cursor | None,
    edition: int,
) -> Page[M]:
    """Return one page of `rows` in `order`: names of columns that together are unique, all
    rising or all (with `-`) falling. One statement."""
    forward = cursor is None or cursor.forward
    rising = order[0].startswith("-") != forward
    names = [name.lstrip("-") for name in order]
    if cursor:
        rows = rows.filter(_beyond(names, cursor.key, rising=rising))
    # One row more than is told says whether there is another page.
    found = list(
        rows.order_by(*(name if rising else f"-{name}" for name in names))[: question.limit + 1]
    )
    more = len(found) > question.limit
    told = found[: question.limit] if forward else found[: question.limit][::-1]
    if not told:
        return Page([], None, None)

    def link(row: M, *, onward: bool) -> str:
        return question.address(Cursor(edition, onward, tuple(getattr(row, n) for n in names)))

    return Page(
        told,
        next=link(told[-1], onward=True) if more or not forward else None,
        previous=link(told[0], onward=False) if cursor and (more or forward) else None,
    )


def _beyond(names: Sequence[str], key: Sequence[Any], *, rising: bool) -> Q:
    """The rows after `key`, column by column, as in a dictionary."""
    sign = "gt" if rising else "lt"
    beyond = Q()
    for place, name in enumerate(names):
        same = dict(zip(names[:place], key, strict=False))
        beyond |= Q(**same, **{f"{name}__{sign}": key[place]})
    # Implied by the rest, and what an index can begin at.
    return Q(**{f"{names[0]}__{sign}e": key[0]}) & beyond
