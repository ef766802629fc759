"""The topic tree as the editions tell it: a rename or move goes live with an edition, too."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from articles.immutability import immutable
from channels.models.edition import BEGINS_NEXT, ENDS_NEXT, Edition


@immutable(changes="until_edition", when=ENDS_NEXT, begins=BEGINS_NEXT)
class TopicEntry(models.Model):
    slug = models.CharField(max_length=60)
    parent = models.CharField(max_length=60, blank=True)  # slug of the topic above, "" at the top
    position = models.PositiveIntegerField()  # in the reading order of the whole tree
    names = models.JSONField(default=dict)  # locale -> name
    from_edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    until_edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            # A topic has one name and place at a time.
            models.UniqueConstraint(
                fields=["slug"], condition=Q(until_edition=None), name="one_live_topic_per_slug"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} from edition {self.from_edition_id}"
