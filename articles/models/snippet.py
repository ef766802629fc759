"""Facts written once and used in many articles, versioned like an article."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.immutability import immutable


class SnippetKind(models.TextChoices):
    TEXT = "text", _("text")
    MONEY = "money", _("money")
    PHONE = "phone", _("phone number")
    DATE = "date", _("date")
    HOURS = "hours", _("opening hours")
    LINK = "link", _("link")


class Snippet(models.Model):
    key = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$")],
        help_text=_("Editors write {{ key }} where the value shall stand."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=SnippetKind.choices)
    head = models.ForeignKey(
        "articles.SnippetRevision", models.PROTECT, null=True, related_name="+"
    )
    approved = models.ForeignKey(
        "articles.SnippetRevision", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("snippet")
        verbose_name_plural = _("snippets")
        default_permissions = ("view",)
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=SnippetKind.values), name="snippet_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.key


@immutable()
class SnippetRevision(models.Model):
    """One value of a snippet, for all locales or by locale (see `articles.document.facts`)."""

    snippet = models.ForeignKey(Snippet, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    value = models.JSONField(_("value"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("snippet revision")
        verbose_name_plural = _("snippet revisions")
        default_permissions = ("view",)
        ordering = ["-number"]
        constraints = [
            # The race of two saves on one base: the second finds its number taken.
            models.UniqueConstraint(
                fields=["snippet", "number"], name="one_snippet_revision_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snippet.key} (r{self.number})"
