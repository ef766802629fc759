"""Keys of programs: shown once, kept as a hash, limited in what they open and for how long."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.audiences import AUDIENCES
from articles.models.article import AUDIENCE_CHOICES


class Scope(models.TextChoices):
    READ = "content:read", _("read content")
    REQUESTS = "requests:write", _("make and vote for update requests")
    WRITE = "content:write", _("write for a person, with their permissions")


class ApiKey(models.Model):
    name = models.CharField(_("name"), max_length=120)
    prefix = models.CharField(_("prefix"), max_length=12, unique=True)
    secret_sha256 = models.CharField(max_length=64)
    scopes = models.JSONField(_("scopes"), default=list)
    audience = models.CharField(_("audience"), max_length=16, choices=AUDIENCE_CHOICES)
    # Whose acts those of the key are; it may do what they may do at that moment.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="api_keys",
        verbose_name=_("acts for"),
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        default_permissions = ("view",)
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience__in=AUDIENCES), name="key_audience_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
