"""The article: an identity that outlives every text about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.audiences import AUDIENCES, NARROWEST
from articles.locales import default_locale, validate_locale
from articles.models.topic import Topic
from articles.public_ids import new_public_id


class Kind(models.TextChoices):
    PRODUCT = "product", _("product")
    SALES = "sales", _("sales")
    SUPPORT = "support", _("support")


AUDIENCE_CHOICES = [
    ("public", _("everybody")),
    ("customer", _("customers")),
    ("partner", _("partners")),
    ("agent", _("agents")),
]


class Article(models.Model):
    public_id = models.CharField(
        _("public id"), max_length=40, unique=True, default=new_public_id, editable=False
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("topic"),
    )
    audience = models.CharField(
        _("audience"), max_length=16, choices=AUDIENCE_CHOICES, default=NARROWEST
    )
    tags = models.JSONField(_("tags"), default=list, blank=True)
    # By the names that are printed on them, the same in every language.
    products = models.JSONField(_("products"), default=list, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_articles",
        verbose_name=_("owner"),
    )
    review_by = models.DateField(_("review by"), null=True, blank=True)
    # The locale that the others are translated from.
    source_locale = models.CharField(
        _("source language"), max_length=16, default=default_locale, validators=[validate_locale]
    )
    # When its owner last said that it still holds, unchanged or not.
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    # Where an import found it (collection and path without locale), so that a second run knows it.
    source = models.CharField(max_length=500, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Counts the changes of what is said above, so that each names the one it is based on.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        default_permissions = ("view",)
        permissions = [
            ("write_article", "Can write articles, snippets and topics"),
            ("review_article", "Can approve articles and snippets, and send them back"),
        ]
        constraints = [
            # A row no reader's rank is defined for could be shown to anybody.
            models.CheckConstraint(
                condition=models.Q(audience__in=AUDIENCES), name="article_audience_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="article_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
