"""The texts that a publish tells anew: those that are wanted, and those that go along.

Whatever is told anew says what is said of its article now (kind, topic, audience): a text that was
narrowed to agents never stays public in another locale, or because a price brought it along.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.models import Article, ArticleText
from channels.models import Entry
from channels.operations.chunks import chunks
from channels.operations.items import Wanted


@dataclass(frozen=True, slots=True)
class Subject:
    """A revision to be told, and what is said of its article when it is."""

    revision_id: int
    text_id: int
    article_id: int
    public_id: str
    locale: str
    slug: str
    renames: bool  # whether `slug` is the editors' present one, not just the one that is live
    kind: str
    topic: str
    audience: str

    def still_holds(self, text: ArticleText) -> bool:
        """Whether editors still say of the text what was said when it was prepared."""
        return (self.kind, self.topic, self.audience) == _said_of(text.article) and (
            not self.renames or self.slug == text.slug
        )


def subjects_of(wanted: Wanted) -> Iterator[Subject]:
    """Yield each text once. Raises InvalidInput where an article is published and retired."""
    articles: set[int] = set()
    for ids in chunks(sorted(wanted.revisions)):
        texts = ArticleText.objects.select_related("article__topic").filter(pk__in=ids)
        for text in texts.order_by("pk"):
            if text.article_id in wanted.retired:
                message = gettext("%(text)s is to be published and retired at once.")
                raise InvalidInput(message % {"text": text})
            articles.add(text.article_id)
            yield subject_of(text, wanted.revisions[text.pk])
    yield from _going_along(wanted, articles)


def subject_of(text: ArticleText, revision_id: int) -> Subject:
    """Return a revision of `text` as it would be told now."""
    return _subject(text.article, revision_id, text.pk, text.locale, text.slug, renames=True)


def _going_along(wanted: Wanted, articles: set[int]) -> Iterator[Subject]:
    """Live entries that use a changed snippet, and those of the wanted articles, in other locales,
    of which something else is said by now."""
    seen: set[int] = set()
    as_said = Q(
        kind=F("article__kind"),
        audience=F("article__audience"),
        topic=Coalesce(F("article__topic__slug"), Value("")),
    )
    conditions = [~as_said & Q(article_id__in=some) for some in chunks(sorted(articles))] + [
        Q(snippets_used__snippet_id__in=some) for some in chunks(sorted(wanted.snippets))
    ]
    for condition in conditions:
        entries = (
            Entry.objects.live()
            .filter(condition)
            .exclude(article_id__in=wanted.retired)
            .select_related("article__topic")
            .annotate(text_id=F("revision__text_id"))
            .distinct()
            .order_by("pk")
        )
        for entry in entries.iterator(chunk_size=200):
            if entry.text_id in wanted.revisions or entry.pk in seen:
                continue
            seen.add(entry.pk)
            yield _subject(
                entry.article,
                entry.revision_id,
                entry.text_id,
                entry.locale,
                entry.slug,
                renames=False,
            )


def _subject(
    article: Article, revision_id: int, text_id: int, locale: str, slug: str, *, renames: bool
) -> Subject:
    kind, topic, audience = _said_of(article)
    return Subject(
        revision_id=revision_id,
        text_id=text_id,
        article_id=article.pk,
        public_id=article.public_id,
        locale=locale,
        slug=slug,
        renames=renames,
        kind=kind,
        topic=topic,
        audience=audience,
    )


def _said_of(article: Article) -> tuple[str, str, str]:
    return (article.kind, article.topic.slug if article.topic else "", article.audience)
