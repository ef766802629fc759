"""The stored bytes of an entry in one format for one audience."""

from __future__ import annotations

from django.db import models

from articles.immutability import immutable
from channels.models.entry import WITH_ITS_ENTRY, Entry


@immutable()
class Blob(models.Model):
    """Bytes by their SHA-256. They are stored before the edition that tells them, in batches,
    and shared by all renderings that say the same; nothing reads one but through a rendering."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    body = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256


@immutable(begins=WITH_ITS_ENTRY)
class Rendering(models.Model):
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="renderings")
    format = models.CharField(max_length=16)
    # For readers of this rank and above, up to the entry's next rendering of the format.
    audience_rank = models.PositiveSmallIntegerField()
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", db_index=False)
    media_type = models.CharField(max_length=60)
    renderer_version = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            # One reader, one format: one answer.
            models.UniqueConstraint(
                fields=["entry", "format", "audience_rank"], name="one_rendering_per_audience"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} as {self.format} for {self.audience_rank}"
