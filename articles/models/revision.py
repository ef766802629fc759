"""One immutable, numbered text of an article in one locale."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.immutability import immutable
from articles.models.text import ArticleText


@immutable()
class Revision(models.Model):
    """What was written, by whom, on top of what. `number` counts from 1 in its text."""

    text = models.ForeignKey(ArticleText, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    questions = models.JSONField(_("questions"), default=list, blank=True)
    body = models.TextField(_("body"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        default_permissions = ("view",)
        ordering = ["-number"]
        constraints = [
            # The race of two saves on one base: the second finds its number taken.
            models.UniqueConstraint(fields=["text", "number"], name="one_revision_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (r{self.number})"
