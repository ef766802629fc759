"""What waits for one person: texts to finish, to review and to publish, articles to care for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles.freshness import soon
from articles.living import living_articles
from articles.locales import locales
from articles.models import (
    Article,
    ArticleText,
    ReviewRule,
    ReviewStep,
    Snippet,
    SnippetStep,
    WorkingCopy,
)
from articles.models.review import SNIPPETS
from articles.translation_standings import articles_standing
from articles.translations import Standing
from articles.workflow import Action, State

LACKING = (Standing.BEHIND, Standing.MAYBE)


def unsaved(person: AbstractUser) -> QuerySet[WorkingCopy]:
    """Return what `person` typed and did not save, the last typed first."""
    kept = WorkingCopy.objects.filter(person_id=person.pk, saved_at__isnull=False)
    return kept.order_by("-saved_at", "pk")


def sent_back(person: AbstractUser) -> QuerySet[ArticleText]:
    """Return the texts that `person` wrote last and that were sent back, the last first; each
    with `reason`, `decided_by` (a name) and `decided_at`."""
    rejected = ReviewStep.objects.filter(revision=OuterRef("head"), action=Action.REJECT)
    last = rejected.order_by("-pk")
    return (
        _texts(State.REJECTED)
        .filter(head__author=person.pk)
        .annotate(
            reason=Subquery(last.values("reason")[:1]),
            decided_by=Subquery(last.values("person__username")[:1]),
            decided_at=Subquery(last.values("at")[:1]),
        )
        .order_by("-changed_at", "pk")
    )


def drafts(person: AbstractUser) -> QuerySet[ArticleText]:
    """Return the drafts that `person` wrote last, the last changed first."""
    return _texts(State.DRAFT).filter(head__author=person.pk).order_by("-changed_at", "pk")


def to_review(person: AbstractUser) -> QuerySet[ArticleText]:
    """Return the texts in review that `person` may still approve, the longest waiting first, each
    with `submitted_at`: not what they approved already, nor their own where its kind's rule
    forbids that. Whether they may review at all is not asked here."""
    steps = ReviewStep.objects.filter(revision=OuterRef("head")).order_by("-pk")
    submitted = steps.filter(action=Action.SUBMIT)
    again = ReviewStep.objects.filter(
        revision=OuterRef("revision"), action=Action.SUBMIT, pk__gt=OuterRef("pk")
    )
    approved = steps.filter(~Exists(again), action=Action.APPROVE, person=person.pk).order_by()
    not_own = ReviewRule.objects.filter(own=False).values("kind")
    return (
        _texts(State.IN_REVIEW)
        .annotate(
            submitted=Coalesce(Subquery(submitted.values("pk")[:1]), Value(0)),
            submitted_at=Subquery(submitted.values("at")[:1]),
        )
        .filter(~Exists(approved))
        .exclude(head__author=person.pk, article__kind__in=not_own)
        .order_by("submitted", "pk")
    )


def snippets_sent_back(person: AbstractUser) -> QuerySet[Snippet]:
    """Return the snippets whose newest value `person` wrote and that were sent back, the last
    first; each with `reason`, `decided_by` (a name) and `decided_at`."""
    rejected = SnippetStep.objects.filter(revision=OuterRef("head"), action=Action.REJECT)
    last = rejected.order_by("-pk")
    return (
        Snippet.objects.filter(state=State.REJECTED, head__author=person.pk)
        .annotate(
            reason=Subquery(last.values("reason")[:1]),
            decided_by=Subquery(last.values("person__username")[:1]),
            decided_at=Subquery(last.values("at")[:1]),
        )
        .order_by("-decided_at", "pk")
    )


def snippets_to_review(person: AbstractUser) -> QuerySet[Snippet]:
    """Return the snippets in review that `person` may still approve, as `to_review` does texts."""
    steps = SnippetStep.objects.filter(revision=OuterRef("head")).order_by("-pk")
    submitted = steps.filter(action=Action.SUBMIT)
    approved = steps.filter(action=Action.APPROVE, person=person.pk)
    not_own = Exists(ReviewRule.objects.filter(kind=SNIPPETS, own=False))
    return (
        Snippet.objects.filter(state=State.IN_REVIEW, head__isnull=False)
        .select_related("head__author")
        .annotate(
            submitted=Coalesce(Subquery(submitted.values("pk")[:1]), Value(0)),
            submitted_at=Subquery(submitted.values("at")[:1]),
            approved_in=Coalesce(Subquery(approved.values("pk")[:1]), Value(0)),
        )
        .filter(Q(approved_in=0) | Q(approved_in__lt=F("submitted")))
        .exclude(Q(head__author=person.pk) & Q(not_own))
        .order_by("submitted", "pk")
    )


def to_publish() -> QuerySet[ArticleText]:
    """Return the texts that are approved and not published, the longest waiting first."""
    return _texts(State.APPROVED).order_by("changed_at", "pk")


def due(person: AbstractUser, *, today: date) -> QuerySet[Article]:
    """Return the articles of `person` that are overdue for review or due soon, the first due
    first."""
    mine = living_articles().filter(owner=person.pk, review_by__lte=soon(today))
    return mine.order_by("review_by", "pk")


def behind(person: AbstractUser) -> QuerySet[Article]:
    """Return the articles of `person` with a translation that is, or may be, behind."""
    return articles_standing(LACKING, locales=locales(), owner=person.pk).order_by("pk")


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many texts of `locale` are in `state`."""

    state: State
    locale: str
    texts: int


def counts_by_state(among: Collection[str]) -> list[StateCount]:
    """Return how many texts are in each state in each of the locales, also where none is. One
    statement."""
    # All are counted, along the index on both: one on the locale alone would be taken for less.
    rows = ArticleText.objects.order_by().values_list("state", "locale")
    found = {(state, locale): texts for state, locale, texts in rows.annotate(Count("pk"))}
    return [
        StateCount(state, locale, found.get((state.value, locale), 0))
        for state in State
        for locale in among
    ]


def _texts(state: State) -> QuerySet[ArticleText]:
    return (
        ArticleText.objects.filter(state=state, head__isnull=False)
        .select_related("article", "head__author")
        .defer("head__body", "head__summary", "head__questions")
    )
