"""An article in one locale: its address, its state, and which revisions matter now."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.locales import validate_locale
from articles.models.article import Article
from articles.workflow import State


class ArticleText(models.Model):
    """The mutable head of an article's immutable revisions in one locale."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="texts")
    locale = models.CharField(_("locale"), max_length=16, validators=[validate_locale])
    slug = models.CharField(_("slug"), max_length=120)
    state = models.CharField(
        _("state"), max_length=16, choices=State.choices, default=State.DRAFT, db_index=True
    )
    head = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+", verbose_name=_("newest")
    )
    approved = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+", verbose_name=_("approved")
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    # What an import took last: the revision that holds it, and the SHA-256 of the file. A file can
    # change without a new revision (its tags, its audience).
    imported = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+", editable=False
    )
    imported_sha256 = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("article text")
        verbose_name_plural = _("article texts")
        default_permissions = ("view",)
        constraints = [
            # Two editors starting a translation at once get one text, and one of them is told.
            models.UniqueConstraint(fields=["article", "locale"], name="one_text_per_locale"),
            # An address leads to one article.
            models.UniqueConstraint(fields=["locale", "slug"], name="one_text_per_slug"),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="text_state_is_known"
            ),
        ]
        # The desk's front page counts all texts by both, each time that it is opened.
        indexes = [models.Index(fields=["state", "locale"], name="text_state_locale")]

    def __str__(self) -> str:
        return self.head.title if self.head else f"{self.article} ({self.locale})"
