"""What must happen after a publish, written in its transaction so that it can't be forgotten."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels.models.edition import Edition


class OutboxRow(models.Model):
    class Kind(models.TextChoices):
        INDEX = "index", _("bring the search index to the edition")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="outbox_rows")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("outbox row")
        verbose_name_plural = _("outbox rows")
        default_permissions = ("view",)
        constraints = [
            # Nothing is done twice because it was written twice.
            models.UniqueConstraint(fields=["edition", "kind"], name="one_outbox_row_per_kind"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="outbox_to_do"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for edition {self.edition_id}"
