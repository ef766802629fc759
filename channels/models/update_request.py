"""What readers ask to be written or corrected, and their votes for it."""

from __future__ import annotations

import hashlib
import json
import unicodedata

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Revision
from channels.models.edition import Edition
from channels.request_workflow import OPEN_STATES, RequestState


class UpdateRequestQuerySet(models.QuerySet["UpdateRequest"]):
    def open(self) -> UpdateRequestQuerySet:
        """What takes votes and is not answered yet."""
        return self.filter(state__in=OPEN_STATES)

    def on(self, article: int) -> UpdateRequestQuerySet:
        """What readers of the article asked, and what it answers or will."""
        return self.filter(Q(article=article) | Q(answered_by=article))


class UpdateRequest(models.Model):
    State = RequestState

    class Origin(models.TextChoices):
        WEBSITE = "website", _("website")
        SEARCH = "search", _("empty search")
        AGENT = "agent", _("agent's page")
        API = "api", _("API")

    # What the asker read; empty where readers miss something that is not written yet. It never
    # changes: whoever may read it may see the request.
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="update_requests"
    )
    locale = models.CharField(_("locale"), max_length=16)
    sentence = models.CharField(_("what is asked"), max_length=500)
    # One open request for the same: see `fingerprint_of`.
    fingerprint = models.CharField(max_length=64, editable=False)
    origin = models.CharField(_("from"), max_length=16, choices=Origin.choices)
    # Who may see it: agents' remarks, and remarks on what only agents read, stay with agents.
    audience_rank = models.PositiveSmallIntegerField()
    hidden = models.BooleanField(_("hidden from readers"), default=False)
    state = models.CharField(
        _("state"),
        max_length=16,
        choices=RequestState.choices,
        default=RequestState.OPEN,
        db_index=True,
    )
    reason = models.CharField(_("reason given"), max_length=500, blank=True)
    # What editors write to answer it. Readers are told of it where they may read it.
    answered_by = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="requests_answered"
    )
    # The newest revision of that article's text that is no answer: readers had had it, or it was
    # approved, when work began. Empty where they had had none: the first one answers.
    work_from = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    published_in = models.ForeignKey(
        Edition, models.PROTECT, null=True, related_name="requests_answered"
    )
    # Kept with the rows it counts, in the same transaction, so that the list can sort by it.
    votes_count = models.PositiveIntegerField(_("votes"), default=0, db_index=True)
    created_at = models.DateTimeField(_("asked"))

    objects = UpdateRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("update request")
        verbose_name_plural = _("update requests")
        default_permissions = ("view",)
        constraints = [
            # Of many who ask the same at once, one makes the request and the others vote for it.
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=Q(state__in=["open", "planned", "in_work"]),
                name="one_open_request_per_sentence",
            ),
            # No step taken on a row that has moved on leaves it between two states.
            models.CheckConstraint(
                condition=Q(state="published", published_in__isnull=False)
                | (~Q(state="published") & Q(published_in=None)),
                name="only_published_request_names_an_edition",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_work", "published"]) | Q(answered_by__isnull=False),
                name="request_in_work_names_its_article",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "planned", "in_work", "published", "declined"]),
                name="request_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


def fingerprint_of(
    *, sentence: str, locale: str, audience_rank: int, article: Article | None
) -> str:
    """SHA-256 (hex) of what makes two requests one: the same sentence, whatever its case, its
    blanks and the width of its letters (NFKC), about the same thing, among the same readers."""
    words = unicodedata.normalize("NFKC", sentence).casefold().split()
    asked = [article.pk if article else None, locale, audience_rank, words]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


class Vote(models.Model):
    """One person's wish; `voter` is the hash of a browser token, an account or an API key."""

    request = models.ForeignKey(UpdateRequest, models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            # A double click, or two tabs, is one vote.
            models.UniqueConstraint(fields=["request", "voter"], name="one_vote_per_person"),
        ]

    def __str__(self) -> str:
        return f"vote for {self.request_id}"
