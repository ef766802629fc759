"""What a write was answered, kept for a day, so that asking it again does it only once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class IdempotentAnswer(models.Model):
    """One write under the name (`Idempotency-Key`) that its caller gave it. `status` is NULL while
    it goes on; whoever holds `token` is the one who may finish it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    # The SHA-256 of all that was asked: method, path, precondition and body.
    request_sha256 = models.CharField(max_length=64)
    token = models.CharField(max_length=32)
    begun_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)

    class Meta:
        default_permissions = ()
        constraints = [
            # Of two at once under one name, the second finds it taken.
            models.UniqueConstraint(fields=["person", "key"], name="one_answer_per_key"),
            models.CheckConstraint(
                condition=Q(status=None) | Q(status__gte=200, status__lt=300),
                name="only_what_was_done_is_answered_again",
            ),
        ]

    def __str__(self) -> str:
        return self.key
