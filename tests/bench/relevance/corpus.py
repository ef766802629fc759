"""What readers are told, as plain words for the comparators: the very texts the search indexes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.models import Article
from channels.models import Entry, Rendering

_ADDRESS = re.compile(r" ?<(?:https?://|mailto:|tel:)[^<>\s]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    name: str  # `folder/stem`
    title: str
    questions: str
    summary: str
    body: str


def pages(locale: str, rank: int) -> list[Page]:
    """Return what readers of this locale and rank are told."""
    names = names_by_public_id()
    return [
        Page(
            names[entry.public_id],
            entry.title,
            "\n".join(entry.questions),
            entry.summary,
            _body(entry, rank),
        )
        for entry in Entry.objects.live().visible_to(rank).filter(locale=locale).order_by("pk")
    ]


def names_by_public_id() -> dict[str, str]:
    """Return `folder/stem` of each article, from where it was imported from."""
    sources = Article.objects.values_list("public_id", "source")
    return {
        public_id: source.partition(":")[2].removeprefix("articles/")
        for public_id, source in sources
    }


def _body(entry: Entry, rank: int) -> str:
    stored = Rendering.objects.filter(entry=entry, format="text", audience_rank__lte=rank)
    told = stored.order_by("-audience_rank").values_list("blob__body", flat=True)[:1].get()
    # Title and summary stand above the body.
    above = 2 if entry.summary else 1
    return "".join(_ADDRESS.sub("", bytes(told).decode()).split("\n\n", above)[above:])
