"""Two people changed the same text: what each of them changed, for who came second (412)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articles.document.text import clean_text
from articles.exceptions import Stale
from articles.merging import merge, merge_value
from articles.models import Article, Revision
from articles.operations.validation import clean_content
from channels.api.authors.items import DraftItem, RevisionDetail
from channels.problem import Problem

_FIELDS = ("title", "summary", "questions", "body")


def text_conflict(
    stale: Stale, *, article: Article, locale: str, based_on: int, sent: Mapping[str, Any]
) -> Problem:
    """Return the refusal of a save on revision `based_on`, with the three-way difference."""
    revisions = Revision.objects.select_related("author", "based_on", "translation_of").filter(
        text__article=article, text__locale=locale
    )
    found = {row.number: row for row in revisions.filter(number__in=(based_on, stale.current))}
    base, theirs = found.get(based_on), found.get(stale.current)
    extra: dict[str, Any] = {}
    if theirs is not None:
        content = clean_content(
            title=sent["title"],
            summary=sent["summary"],
            questions=sent["questions"],
            body=sent["body"],
        )
        yours = {name: getattr(content, name) for name in _FIELDS}
        yours["questions"] = list(content.questions)
        extra = {
            "base": RevisionDetail(base).data if base else None,
            "theirs": RevisionDetail(theirs).data,
            "differences": list(_differences(base, theirs, yours)),
        }
    return Problem(412, "stale", str(stale), current=stale.current, **extra)


def article_conflict(stale: Stale, *, article: Article, sent: Mapping[str, Any]) -> Problem:
    """Return the refusal of a change of what is said about an article."""
    theirs = dict(DraftItem(article).data)
    theirs.pop("texts")
    differing = [name for name, value in sent.items() if _plain(value) != theirs.get(name)]
    return Problem(
        412,
        "stale",
        str(stale),
        current=stale.current,
        theirs=theirs,
        differences=[
            {
                "field": name,
                "changed_by": "both",
                "base": None,
                "theirs": theirs.get(name),
                "yours": _plain(sent[name]),
                "merged": _plain(sent[name]),
                "conflict": True,
            }
            for name in differing
        ],
    )


def _differences(base: Revision | None, theirs: Revision, yours: Mapping[str, Any]) -> Any:
    for name in _FIELDS:
        empty: Any = [] if name == "questions" else ""
        before = getattr(base, name) if base else empty
        there, here = getattr(theirs, name), yours[name]
        if there == here == before:
            continue
        merged, conflict = _merged(name, before, here, there)
        changed_by = "them" if here == before else "you" if there == before else "both"
        yield {
            "field": name,
            "changed_by": changed_by,
            "base": before,
            "theirs": there,
            "yours": here,
            "merged": merged,
            "conflict": conflict,
        }


def _merged(name: str, base: Any, yours: Any, theirs: Any) -> tuple[Any, bool]:
    if name == "questions":
        both = merge(base, yours, theirs)
        return both.lines, both.conflicts > 0
    if name == "body":
        both = merge(_lines(base), _lines(yours), _lines(theirs))
        return both.text + "\n", both.conflicts > 0
    return merge_value(base, yours, theirs)


def _lines(body: str) -> list[str]:
    cleaned = clean_text(body).strip("\n")
    return cleaned.split("\n") if cleaned else []


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
