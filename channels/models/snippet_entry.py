"""Which value of a snippet the editions tell."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from articles.immutability import immutable
from articles.models import Snippet, SnippetRevision
from channels.models.edition import BEGINS_NEXT, ENDS_NEXT, Edition


@immutable(changes="until_edition", when=ENDS_NEXT, begins=BEGINS_NEXT)
class SnippetEntry(models.Model):
    snippet = models.ForeignKey(Snippet, models.PROTECT, related_name="entries")
    revision = models.ForeignKey(SnippetRevision, models.PROTECT, related_name="+")
    from_edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    until_edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            # A fact has one value at a time, in all articles.
            models.UniqueConstraint(
                fields=["snippet"], condition=Q(until_edition=None), name="one_live_snippet_value"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} from edition {self.from_edition_id}"
