"""Revisions as sides of a comparison, each with what was said of its article then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.admin.comparisons import Version
from articles.locales import locale_choices
from articles.models import Article, ArticleText, AuditRecord, Kind, Revision, Topic
from articles.models.article import AUDIENCE_CHOICES


def versions_of(text: ArticleText, revisions: Sequence[Revision]) -> list[Version]:
    """Return revisions of `text` as sides of a comparison, in a constant number of statements.

    The newest has with it what is said of the article now, another what was said when the next
    revision came; both are told by the audit records.
    """
    abouts = _abouts(text, revisions)
    return [
        Version(
            name=_("Revision %d") % revision.number,
            detail=detail_of(revision),
            title=revision.title,
            summary=revision.summary,
            questions=revision.questions,
            body=revision.body,
            locale=text.locale,
            about=about,
        )
        for revision, about in zip(revisions, abouts, strict=True)
    ]


def with_texts(article: Article) -> Article:
    """Return the article with all its texts and their heads looked up at once."""
    texts = ArticleText.objects.select_related("head").defer("head__body", "head__summary")
    prefetch_related_objects([article], Prefetch("texts", queryset=texts))
    return article


def detail_of(revision: Revision) -> str:
    """Return who wrote a revision, and when, and what was noted."""
    told = _("%(author)s, %(when)s") % {
        "author": revision.author.get_username(),
        "when": date_format(timezone.localtime(revision.created_at), "SHORT_DATETIME_FORMAT"),
    }
    return f"{told}: {revision.note}" if revision.note else told


def about_now(text: ArticleText) -> dict[str, str]:
    """Return what is said of the text's article now, by name."""
    article = text.article
    return _in_words(
        {**_said_now(article), "slug": text.slug},
        topics={article.topic.slug: str(article.topic)} if article.topic else {},
        people={article.owner.pk: article.owner.get_username()} if article.owner else {},
    )


def _abouts(text: ArticleText, revisions: Sequence[Revision]) -> list[dict[str, str]]:
    raw = [_about_then(text, revision) for revision in revisions]
    slugs = {about["topic"] for about in raw} - {""}
    owners = {about["owner"] for about in raw} - {None}
    topics = Topic.objects.filter(slug__in=slugs).prefetch_related("names") if slugs else ()
    people = get_user_model().objects.filter(pk__in=owners) if owners else ()
    return [
        _in_words(
            about,
            topics={topic.slug: str(topic) for topic in topics},
            people={person.pk: person.get_username() for person in people},
        )
        for about in raw
    ]


def _about_then(text: ArticleText, revision: Revision) -> dict[str, Any]:
    """What was said until the revision after this one came: what the first change since then
    found, else what is said now."""
    said = {**_said_now(text.article), "slug": text.slug}
    if revision.pk == text.head_id:
        return said
    following = text.revisions.filter(number=revision.number + 1).only("created_at").first()
    if following is None:
        return said
    since = AuditRecord.objects.filter(
        subject=f"article {text.article.public_id}", at__gte=following.created_at
    ).order_by("pk")
    changed = Q(action="update-article") | Q(action="rename", detail__locale=text.locale)
    # The address is saved with a revision, a moment before the audit row of its own.
    seen: set[str] = set()
    for record in since.filter(changed)[:100]:
        if record.action in seen:
            continue
        seen.add(record.action)
        before = record.detail.get("before")
        if record.action == "rename":
            said["slug"] = before
        elif isinstance(before, dict):
            said |= {name: before[name] for name in said.keys() & before.keys()}
        if len(seen) == 2:
            break
    return said


def _said_now(article: Article) -> dict[str, Any]:
    return {
        "kind": article.kind,
        "topic": article.topic.slug if article.topic else "",
        "audience": article.audience,
        "tags": article.tags,
        "products": article.products,
        "owner": article.owner_id,
        "review_by": article.review_by.isoformat() if article.review_by else None,
        "source_locale": article.source_locale,
    }


def _in_words(
    said: Mapping[str, Any], *, topics: Mapping[str, str], people: Mapping[int, str]
) -> dict[str, str]:
    day = said["review_by"]
    return {
        _("Address"): str(said["slug"]),
        _("Kind"): str(dict(Kind.choices).get(said["kind"], said["kind"])),
        _("Topic"): topics.get(said["topic"], said["topic"]),
        _("Audience"): str(dict(AUDIENCE_CHOICES).get(said["audience"], said["audience"])),
        _("Tags"): ", ".join(said["tags"]),
        _("Products"): ", ".join(said["products"]),
        _("Owner"): people.get(said["owner"], "") if said["owner"] else "",
        _("Review by"): date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT") if day else "",
        _("Source language"): dict(locale_choices()).get(
            said["source_locale"], said["source_locale"]
        ),
    }
