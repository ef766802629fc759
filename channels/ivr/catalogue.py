"""What an edition tells callers, by topic: the branches and leaves of the telephone menus."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from articles.audiences import PUBLIC, rank
from articles.locales import fallback_chain
from channels.models import Entry
from channels.queries import TopicNode, entries_at, readable_topics

CALLER = rank(PUBLIC)


@dataclass(frozen=True, slots=True)
class SpokenArticle:
    public_id: str
    title: str


def spoken_locales(locale: str) -> tuple[str, ...]:
    """Return the locales that a caller of `locale` understands, theirs first.

    Another script of the same language sounds the same; another language is no help by ear.
    """
    language = locale.split("-")[0]
    return tuple(known for known in fallback_chain(locale) if known.split("-")[0] == language)


class Catalogue:
    """One edition for the callers of one locale, in two statements at most."""

    def __init__(self, number: int, locale: str) -> None:
        self.locales = spoken_locales(locale)
        # Only topics that lead to an article.
        self.topics = {
            node.slug: node for node in readable_topics(number, rank=CALLER, locales=self.locales)
        }
        self._entries: QuerySet[Entry] = entries_at(number, rank=CALLER).filter(
            locale__in=self.locales
        )
        self._without_topic = self._entries.exclude(topic__in=list(self.topics))

    def topics_below(self, slug: str) -> list[TopicNode]:
        """Return the topics right below `slug` ("" for the top)."""
        return [node for node in self.topics.values() if node.parent == slug]

    def articles_of(self, topic: str) -> list[SpokenArticle]:
        return self._articles(self._entries.filter(topic=topic))

    def articles_without_topic(self) -> list[SpokenArticle]:
        """Return the articles that no topic of the tree leads to."""
        return self._articles(self._without_topic)

    def has_articles_without_topic(self) -> bool:
        return self._without_topic.exists()

    def _articles(self, entries: QuerySet[Entry]) -> list[SpokenArticle]:
        """Return each article once, by the title in the caller's own locale where it has one."""
        rows = entries.order_by("title", "public_id").values_list("public_id", "locale", "title")
        chosen: dict[str, tuple[int, str]] = {}
        for public_id, locale, title in rows:
            candidate = (self.locales.index(locale), title)
            chosen[public_id] = min(candidate, chosen.get(public_id, candidate))
        return [SpokenArticle(public_id, title) for public_id, (_, title) in chosen.items()]
