"""Tags: editors' own words for articles, written alike wherever they are given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from articles.document.text import clean_line, clean_name, without_unseen
from articles.exceptions import InvalidInput
from articles.models import Article, ArticleTag
from articles.models.tag import MAX_FOLDED, MAX_TAG

MAX_TAGS = 30  # of one article
_COMMAS = re.compile("[,，、]")  # Where tags are typed in one line, these part them.


def folded(tag: str) -> str:
    """Return what is the same for one tag in another case or width, with or without characters
    that nobody sees."""
    wide = unicodedata.normalize("NFKC", without_unseen(tag)).casefold()
    return unicodedata.normalize("NFKC", wide)[:MAX_FOLDED]


def split_tags(typed: Iterable[str]) -> list[str]:
    """Return the tags in the texts, parted at commas, each once, as it was first written.

    Raises InvalidInput where they are too many or too long.
    """
    parts = (clean_name(part) for text in typed for part in _COMMAS.split(text))
    tags: dict[str, str] = {}
    for tag in parts:
        if tag:
            tags.setdefault(folded(tag), tag)
    if len(tags) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in tags.values()):
        raise InvalidInput(
            gettext("At most %(tags)d tags of %(length)d characters.")
            % {"tags": MAX_TAGS, "length": MAX_TAG},
            field="tags",
        )
    return list(tags.values())


def clean_tags(tags: Iterable[str], *, article: Article | None = None) -> list[str]:
    """Return the tags as they are to be kept: one that other articles have is written as there.

    Raises InvalidInput.
    """
    held = set(article.tags) if article else set()
    named = split_tags(tags)
    return [tag if tag in held else _as_elsewhere(tag, article) for tag in named]


def _as_elsewhere(tag: str, article: Article | None) -> str:
    """Return the tag as the oldest of the other articles that have it writes it: who alone has a
    tag may write it in another way."""
    rows = ArticleTag.objects.filter(folded=folded(tag))
    if article is not None:
        rows = rows.exclude(article=article)
    return rows.order_by("article").values_list("name", flat=True).first() or tag


def keep_tags(article: Article) -> None:
    """Write the rows by which the article's tags are found, inside the operation that has written
    its tags and holds it."""
    ArticleTag.objects.filter(article=article).delete()
    ArticleTag.objects.bulk_create(
        [ArticleTag(article=article, name=tag, folded=folded(tag)) for tag in article.tags]
    )


def tagged(tag: str) -> Exists:
    """Return the condition that an article has the tag, in whatever case and width."""
    rows = ArticleTag.objects.filter(article=OuterRef("pk"), folded=folded(clean_line(tag)))
    return Exists(rows)
