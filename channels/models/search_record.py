"""The search log: what was asked and what it led to, and nothing of who asked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import AUDIENCE_CHOICES


class SearchRecord(models.Model):
    """One search. Its words are masked before they come here (`channels.search.masking`)."""

    class Channel(models.TextChoices):
        WEBSITE = "website", _("website")
        AGENT = "agent", _("agent's page")
        API = "api", _("API")
        KIOSK = "kiosk", _("kiosk")
        IVR = "ivr", _("phone")
        CHAT = "chat", _("chat")

    MOST_RESULTS = 20
    LONGEST = 400  # characters of a question

    # Random, and all that an answer and its outcome share.
    search_id = models.CharField(max_length=22, unique=True)
    asked_at = models.DateTimeField(_("asked"), db_index=True)
    query = models.CharField(_("question"), max_length=LONGEST)
    # By which the same questions are counted together, however they are written.
    folded = models.CharField(max_length=LONGEST)
    locale = models.CharField(_("language"), max_length=16)
    told_in = models.CharField(_("answered in"), max_length=16, blank=True)
    channel = models.CharField(_("channel"), max_length=16, choices=Channel.choices)
    audience_rank = models.PositiveSmallIntegerField(_("readers"))
    edition = models.PositiveBigIntegerField(_("edition"))
    total = models.PositiveIntegerField(pgettext_lazy("a search", "found"))
    fits = models.BooleanField(_("fits"))  # whether the search itself trusted its answer
    results = models.JSONField(default=list)  # public ids, best first, at most MOST_RESULTS

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("search log")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["locale", "folded"], name="search_by_question"),
        ]

    def __str__(self) -> str:
        return self.query

    def get_audience_display(self) -> str:
        return str(AUDIENCE_CHOICES[self.audience_rank][1])


class SearchOutcome(models.Model):
    """What a reader did with an answer. Records are written behind: no key joins the two."""

    class What(models.TextChoices):
        OPENED = "opened", pgettext_lazy("a search result", "opened")
        HELPED = "helped", pgettext_lazy("a search result", "helped")
        NOT_HELPED = "not_helped", pgettext_lazy("a search result", "did not help")
        ASKED = "asked", pgettext_lazy("a search result", "asked for an article")

    search_id = models.CharField(max_length=22)
    public_id = models.CharField(max_length=40, blank=True)  # empty where no article was meant
    what = models.CharField(max_length=16, choices=What.choices)
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            # A double click is one.
            models.UniqueConstraint(
                fields=["search_id", "public_id", "what"], name="one_outcome_of_each_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.what}"


class FrequentQuery(models.Model):
    """A question that readers asked often and got a good answer to: it may be suggested.

    Made of the log now and then; `rank` is the lowest of the readers who alone asked it so often.
    """

    locale = models.CharField(max_length=16)
    folded = models.CharField(max_length=SearchRecord.LONGEST)
    query = models.CharField(max_length=SearchRecord.LONGEST)
    rank = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["locale", "folded"], name="one_frequent_query_of_each"),
        ]

    def __str__(self) -> str:
        return self.query
