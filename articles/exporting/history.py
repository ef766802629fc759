"""Topics, snippets, attachments and articles as JSON, with every revision and every step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from articles.models import (
    Article,
    ArticleText,
    Attachment,
    FormerAddress,
    ReviewStep,
    Revision,
    Snippet,
    SnippetRevision,
    SnippetStep,
    Topic,
)


def topics() -> Iterator[dict[str, Any]]:
    """Yield the topics in reading order: a parent comes before those below it."""
    slugs: dict[str, str] = {}
    for topic in Topic.objects.order_by("path").prefetch_related("names"):
        slugs[topic.path] = topic.slug
        names = sorted((name.locale, name.name) for name in topic.names.all())
        yield {
            "slug": topic.slug,
            "parent": slugs.get(topic.path[: -Topic.steplen]),
            "names": dict(names),
        }


def snippets(live: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """Yield the snippets by key. `live` is snippet id -> id of the revision that readers get."""
    steps = SnippetStep.objects.select_related("person").order_by("pk")
    revisions = (
        SnippetRevision.objects.select_related("author")
        .order_by("number")
        .prefetch_related(Prefetch("review_steps", steps))
    )
    known = Snippet.objects.exclude(head=None).select_related("approved").order_by("key")
    for snippet in known.prefetch_related(Prefetch("revisions", revisions)):
        values = list(snippet.revisions.all())
        told = next((row.number for row in values if row.pk == live.get(snippet.pk)), None)
        yield {
            "key": snippet.key,
            "kind": snippet.kind,
            "state": snippet.state,
            "live": told,
            "approved": snippet.approved.number if snippet.approved else None,
            "revisions": [
                {
                    "number": row.number,
                    "value": row.value,
                    "author": row.author.username,
                    "created_at": row.created_at.isoformat(),
                    "review": _review(row.review_steps.all()),
                }
                for row in values
            ],
        }


def attachments(names: Collection[str] | None) -> Iterator[dict[str, Any]]:
    """Yield what is known of the attachments of these names (None: of all), by name."""
    for row in Attachment.objects.select_related("author").order_by("name").iterator(500):
        if names is None or row.name in names:
            yield {
                "name": row.name,
                "original_name": row.original_name,
                "media_type": row.media_type,
                "size": row.size,
                "width": row.width,
                "height": row.height,
                "pages": row.pages,
                "author": row.author.username,
                "created_at": row.created_at.isoformat(),
            }


def with_history(articles: QuerySet[Article], locales: Sequence[str]) -> QuerySet[Article]:
    """Return the articles with all that `article` tells of them; a fixed number of statements."""
    steps = ReviewStep.objects.select_related("person").order_by("pk")
    revisions = (
        Revision.objects.select_related("author", "based_on", "translation_of")
        .order_by("number")
        .prefetch_related(Prefetch("review_steps", steps))
    )
    texts = (
        ArticleText.objects.filter(locale__in=locales)
        .select_related("head", "approved")
        .order_by("locale")
        .prefetch_related(
            Prefetch("revisions", revisions),
            Prefetch("former_addresses", FormerAddress.objects.order_by("address")),
        )
    )
    return articles.select_related("topic", "owner").prefetch_related(Prefetch("texts", texts))


def article(row: Article, live: Mapping[int, int]) -> dict[str, Any]:
    """Return all that is known of an article that `with_history` looked up."""
    return {
        "id": row.public_id,
        "kind": row.kind,
        "topic": row.topic.slug if row.topic else None,
        "audience": row.audience,
        "tags": row.tags,
        "products": row.products,
        "owner": row.owner.username if row.owner else None,
        "review_by": row.review_by.isoformat() if row.review_by else None,
        "verified_at": row.verified_at.isoformat() if row.verified_at else None,
        "source_locale": row.source_locale,
        "source": row.source,
        "created_at": row.created_at.isoformat(),
        "version": row.version,
        "texts": [_text(text, live.get(text.pk)) for text in row.texts.all()],
    }


def _text(text: ArticleText, live: int | None) -> dict[str, Any]:
    revisions = list(text.revisions.all())
    return {
        "locale": text.locale,
        "slug": text.slug,
        "former_addresses": [old.address for old in text.former_addresses.all()],
        "state": text.state,
        "live": next((row.number for row in revisions if row.pk == live), None),
        "approved": text.approved.number if text.approved else None,
        "revisions": [_revision(row) for row in revisions],
    }


def _revision(row: Revision) -> dict[str, Any]:
    return {
        "number": row.number,
        "based_on": row.based_on.number if row.based_on else None,
        "translation_of": row.translation_of.number if row.translation_of else None,
        "title": row.title,
        "summary": row.summary,
        "questions": row.questions,
        "body": row.body,
        "significance": row.significance,
        "note": row.note,
        "author": row.author.username,
        "created_at": row.created_at.isoformat(),
        "review": _review(row.review_steps.all()),
    }


def _review(steps: Iterable[ReviewStep | SnippetStep]) -> list[dict[str, Any]]:
    return [
        {
            "action": step.action,
            "person": step.person.username,
            "reason": step.reason,
            "at": step.at.isoformat(),
        }
        for step in steps
    ]
