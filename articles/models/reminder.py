"""Who was told on which day what they are to review."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Reminder(models.Model):
    """One message a day and owner, however many processes look after it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders")
    day = models.DateField()
    articles = models.PositiveIntegerField()  # how many it named

    class Meta:
        default_permissions = ()
        constraints = [
            # Two that look at the same moment: the second finds the day taken, and sends nothing.
            models.UniqueConstraint(fields=["person", "day"], name="one_reminder_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
