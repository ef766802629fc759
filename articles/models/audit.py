"""Who did what, when and why: one row per operation, written in its transaction and chained."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.immutability import immutable


@immutable()
class AuditRecord(models.Model):
    """`number` counts from 1 without a gap; `digest` covers the row and the digest before it."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("time"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    action = models.CharField(_("action"), max_length=40, db_index=True)
    # What it was done to, by public name ("article k3v9…", "snippet price.plan-s", "edition 7").
    subject = models.CharField(_("subject"), max_length=120, db_index=True)
    detail = models.JSONField(_("detail"), default=dict)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("audit record")
        verbose_name_plural = _("audit records")
        default_permissions = ("view",)
        ordering = ["-number"]
        # Rows are searched by their time, among very many.
        indexes = [models.Index(fields=["at"], name="audit_at")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
