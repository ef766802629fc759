"""What somebody is typing and has not saved: kept, so that no work is lost, and nobody's else."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from articles.models.article import Article


class WorkingCopy(models.Model):
    """One person at one text. That they were there lately is shown to others; what they typed is
    theirs alone."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_copies"
    )
    article = models.ForeignKey(Article, models.CASCADE, related_name="working_copies")
    locale = models.CharField(max_length=16)
    seen_at = models.DateTimeField()
    # The revision that it was typed on, and the fields; {} where nothing was typed.
    based_on = models.PositiveIntegerField(default=0)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["person", "article", "locale"], name="one_working_copy_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.locale}"
