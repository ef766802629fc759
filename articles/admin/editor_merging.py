"""What somebody typed and what somebody else saved, merged into one text for the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.document.text import clean_text
from articles.merging import merge, merge_value
from articles.models import Revision


@dataclass(frozen=True, slots=True)
class Undecided:
    """What both changed and a mark can't stand in: `what` in words, and what they say."""

    what: str
    theirs: str


@dataclass(frozen=True, slots=True)
class MergedText:
    """`content` is for the form; `conflicts` counts the places that are marked in it."""

    content: dict[str, Any]
    conflicts: int
    undecided: list[Undecided]


def merge_texts(base: Revision | None, theirs: Revision, typed: Mapping[str, Any]) -> MergedText:
    """Merge what was `typed` on top of `base` with `theirs`; without a base, all that differs is a
    conflict."""
    content: dict[str, Any] = dict(typed)
    undecided = []
    for name, what in (("title", _("title")), ("summary", _("summary"))):
        their_value: str = getattr(theirs, name)
        content[name], both = merge_value(getattr(base, name, ""), typed[name], their_value)
        if both:
            undecided.append(Undecided(capfirst(what), their_value))
    questions = merge(base.questions if base else [], typed["questions"], theirs.questions)
    body = merge(_lines(base.body if base else ""), _lines(typed["body"]), _lines(theirs.body))
    content["questions"], content["body"] = questions.lines, body.text + "\n"
    return MergedText(content, questions.conflicts + body.conflicts, undecided)


def _lines(body: str) -> list[str]:
    cleaned = clean_text(body).strip("\n")
    return cleaned.split("\n") if cleaned else []
