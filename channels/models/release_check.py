"""What publishing a release would do and what stands in its way, found without publishing it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast

from articles.models import Article
from channels.models.release import Release


class ReleaseCheck(models.Model):
    """The latest check of a release, written while it goes on so that a page can follow it."""

    release = models.OneToOneField(Release, models.CASCADE, related_name="check_result")
    # What was checked: the plan and the edition that it was compared with.
    version = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    # Moves with every step: one that stands still belongs to a process that was ended.
    moved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # lines that stop it from being published
    warnings = models.JSONField(default=list)  # lines that do not
    stopped = models.BooleanField(default=False)  # ended without a verdict

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"check of {self.release_id}"


class ReleaseChangeQuerySet(models.QuerySet["ReleaseChange"]):
    def narrowed(
        self, *, channel: str = "", audience: str = "", locale: str = ""
    ) -> ReleaseChangeQuerySet:
        """Those on one channel, for readers of one audience, in one locale; "" for any."""
        found = self.filter(locale=locale) if locale else self
        for field, name in (("channels", channel), ("audiences", audience)):
            if name:
                # SQLite has no operator for what a list holds; both read it as text.
                found = found.alias(**{f"{field}_text": Cast(field, models.TextField())})
                found = found.filter(**{f"{field}_text__contains": f'"{name}"'})
        return found


class ReleaseChange(models.Model):
    """What readers of some audiences get otherwise of one text when a release is published."""

    check_result = models.ForeignKey(ReleaseCheck, models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField()
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    locale = models.CharField(max_length=16)
    # Where these readers will get, or got, a conversion: the locale of its words.
    converted_from = models.CharField(max_length=16, blank=True, default="")
    title = models.CharField(max_length=200)
    change = models.CharField(max_length=8)  # added, changed or removed, for these readers
    audiences = models.JSONField()
    channels = models.JSONField()
    said = models.JSONField(default=list)  # of the article: [what, before, after]
    # The renderings as plain text, by their bytes' SHA-256; "" where these readers get none.
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)
    seconds_before = models.PositiveIntegerField()  # of speech
    seconds_after = models.PositiveIntegerField()

    objects = ReleaseChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.change} {self.title} ({self.locale})"
