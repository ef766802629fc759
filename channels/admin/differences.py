"""Where readers get an article otherwise than editors say it by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.audiences import rank
from articles.models import Article, Kind, Topic
from articles.models.article import AUDIENCE_CHOICES
from channels.models import Entry

NONE = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that readers get otherwise, in words to read."""

    what: str
    told: str
    said: str
    locales: tuple[str, ...]


def differences(article: Article, live: Iterable[Entry]) -> list[Difference]:
    """Return what readers get otherwise in the article's `live` entries, each with its locales. At
    most two statements, where the article comes with its texts and its topic."""
    locales: dict[tuple[str, str, str], list[str]] = {}
    entries = list(live)
    said = article.topic.slug if article.topic else ""
    others = {entry.topic for entry in entries} - {said, ""}
    told = Topic.objects.filter(slug__in=others).prefetch_related("names") if others else ()
    names = {topic.slug: str(topic) for topic in told}
    for entry in entries:
        for difference in _of_entry(article, entry, names):
            locales.setdefault(difference, []).append(entry.locale)
    return [Difference(*difference, tuple(found)) for difference, found in locales.items()]


def still_told_to(article: Article, live: Sequence[Entry]) -> str:
    """Return the widest audience that is told the article though it is for fewer now; "" if none
    is."""
    widest = min(live, key=lambda entry: entry.audience_rank, default=None)
    if widest is None or widest.audience_rank >= rank(article.audience):
        return ""
    return audience_name(widest.audience)


def audience_name(audience: str) -> str:
    return str(dict(AUDIENCE_CHOICES)[audience])


def _of_entry(
    article: Article, entry: Entry, topics: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    if entry.audience != article.audience:
        yield _("Audience"), audience_name(entry.audience), audience_name(article.audience)
    if entry.kind != article.kind:
        yield _("Kind"), str(Kind(entry.kind).label), str(Kind(article.kind).label)
    if entry.topic != (article.topic.slug if article.topic else ""):
        told = topics.get(entry.topic, entry.topic)
        yield _("Topic"), told or NONE, str(article.topic or NONE)
    if entry.products != article.products:
        told, said = (", ".join(one.products) or NONE for one in (entry, article))
        yield _("Products"), told, said
    if entry.converted_from:
        return  # Its address follows its origin's.
    slug = next(text.slug for text in article.texts.all() if text.locale == entry.locale)
    if entry.slug != slug:
        yield _("Address"), entry.slug, slug
