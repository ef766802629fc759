"""One immutable, numbered text of an article in one locale."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.immutability import immutable
from articles.models.text import ArticleText


class Significance(models.TextChoices):
    """What a change means for who read, or translated, the text before it."""

    TYPO = "typo", _("wording only")
    CONTENT = "content", _("content")
    TRANSLATION = "translation", _("content that must be translated again")


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
    significance = models.CharField(
        _("significance"),
        max_length=16,
        choices=Significance.choices,
        default=Significance.CONTENT,
    )
    # The newest revision of the text, up to this one, that readers are told something else by, and
    # that translations must follow; 0 for none. So nobody has to look through the history.
    content_number = models.PositiveIntegerField(default=0, editable=False)
    translation_number = models.PositiveIntegerField(default=0, editable=False)
    # The revision of the article's source locale that this one says the same as.
    translation_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="translations"
    )
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
            models.CheckConstraint(
                condition=models.Q(significance__in=Significance.values),
                name="revision_significance_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (r{self.number})"
