"""What editors keep so that readers find what is told: synonyms, best bets, golden queries."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.audiences import AUDIENCES
from articles.models import Article
from articles.models.article import AUDIENCE_CHOICES


class SearchWords(models.Model):
    """One row that changes with every synonym and best bet: whoever remembers them compares it.

    It is random, not a number: a database that comes back from a backup must not have counted up
    to what was remembered.
    """

    token = models.CharField(max_length=32, default="")

    class Meta:
        default_permissions = ()
        permissions = [("edit_search_words", "Can edit synonyms, best bets and golden queries")]

    def __str__(self) -> str:
        return self.token


class Kept(models.Model):
    """Who keeps a line, since when, and why."""

    locale = models.CharField(_("language"), max_length=16)
    note = models.CharField(_("note"), max_length=300, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        abstract = True


class Synonym(Kept):
    """One line of the thesaurus: `refund, money back` or `died > bereavement`."""

    words = models.CharField(_("words"), max_length=300)
    # SHA-256 of what the line says to the search, with its language: see
    # `channels.search.synonym_line`.
    meaning = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        default_permissions = ("view",)
        ordering = ["locale", "words"]

    def __str__(self) -> str:
        return self.words


class BestBet(Kept):
    """Articles that stand first where readers ask one of these questions."""

    questions = models.TextField(_("questions"))  # one a line
    until = models.DateField(_("until"), null=True, blank=True)  # the last day on which it holds
    articles = models.ManyToManyField(Article, through="BestBetArticle", related_name="best_bets")

    class Meta:
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")
        default_permissions = ("view",)
        ordering = ["locale", "pk"]

    def __str__(self) -> str:
        return self.asked[0] if self.asked else ""

    @property
    def asked(self) -> list[str]:
        return self.questions.splitlines()

    def holds_on(self, day: date) -> bool:
        return self.until is None or day <= self.until


class BestBetArticle(models.Model):
    bet = models.ForeignKey(BestBet, models.CASCADE, related_name="places")
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ["place"]
        constraints = [
            # Two forms sent at once neither pin an article twice nor two articles to one place.
            models.UniqueConstraint(fields=["bet", "article"], name="article_pinned_once_per_bet"),
            models.UniqueConstraint(fields=["bet", "place"], name="one_article_per_place_of_bet"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.article_id}"


class GoldenQuery(Kept):
    """A question whose answer must stay among the first: search is measured by it."""

    MOST_WITHIN = 20

    query = models.CharField(_("question"), max_length=300)
    audience = models.CharField(_("readers"), max_length=16, choices=AUDIENCE_CHOICES)
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="golden_queries", verbose_name=_("article")
    )
    within = models.PositiveSmallIntegerField(_("among the first"), default=3)
    # Where the article stood when it was last looked: 1 is the first, 0 not among those looked at.
    position = models.PositiveSmallIntegerField(_("place"), null=True, editable=False)
    checked_at = models.DateTimeField(_("looked at"), null=True, editable=False)
    checked_edition = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("golden query")
        verbose_name_plural = _("golden queries")
        default_permissions = ("view",)
        ordering = ["locale", "query"]
        constraints = [
            # The same question, sent twice, is measured once.
            models.UniqueConstraint(
                fields=["locale", "audience", "query", "article"], name="one_golden_query_of_each"
            ),
            models.CheckConstraint(
                condition=models.Q(within__gte=1, within__lte=20), name="golden_within_1_to_20"
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=AUDIENCES), name="golden_audience_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.query

    @property
    def holds(self) -> bool | None:
        """Whether it held when it was last looked at; None where nobody has looked."""
        return None if self.position is None else 0 < self.position <= self.within
