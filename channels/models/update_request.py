"""What readers ask to be written or corrected, and their votes for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Revision
from channels.models.edition import Edition


class UpdateRequest(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("open")
        PLANNED = "planned", _("planned")
        IN_WORK = "in_work", _("in work")
        PUBLISHED = "published", _("published")
        DECLINED = "declined", _("declined")

    class Origin(models.TextChoices):
        WEBSITE = "website", _("website")
        SEARCH = "search", _("empty search")
        AGENT = "agent", _("agent's page")
        API = "api", _("API")

    # Empty where readers miss something that is not written yet.
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="update_requests"
    )
    locale = models.CharField(_("locale"), max_length=16)
    sentence = models.CharField(_("what is asked"), max_length=500)
    origin = models.CharField(_("from"), max_length=16, choices=Origin.choices)
    # Who may see it: agents' remarks, and remarks on what only agents read, stay with agents.
    audience_rank = models.PositiveSmallIntegerField()
    hidden = models.BooleanField(_("hidden from readers"), default=False)
    state = models.CharField(
        _("state"), max_length=16, choices=State.choices, default=State.OPEN, db_index=True
    )
    reason = models.CharField(_("reason given"), max_length=500, blank=True)
    # Work started on top of this revision: a newer one that is published answers the request.
    work_from = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    published_in = models.ForeignKey(
        Edition, models.PROTECT, null=True, related_name="requests_answered"
    )
    # Kept with the rows it counts, in the same transaction, so that the list can sort by it.
    votes_count = models.PositiveIntegerField(_("votes"), default=0, db_index=True)
    created_at = models.DateTimeField(_("asked"))

    class Meta:
        verbose_name = _("update request")
        verbose_name_plural = _("update requests")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_in__isnull=False),
                name="published_request_names_its_edition",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "planned", "in_work", "published", "declined"]),
                name="request_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


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
