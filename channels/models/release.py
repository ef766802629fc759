"""What was chosen to go live together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Revision, SnippetRevision
from channels.models.edition import Edition


class Release(models.Model):
    name = models.CharField(_("name"), max_length=120)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"))
    # The edition it became. Written with it today; a plan for later would not have one yet.
    edition = models.OneToOneField(
        Edition, models.PROTECT, null=True, related_name="release", verbose_name=_("edition")
    )

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        default_permissions = ("view",)
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class ReleaseItem(models.Model):
    """A revision to publish, a snippet's value to publish, or an article to retire."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="items")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    snippet_revision = models.ForeignKey(
        SnippetRevision, models.PROTECT, null=True, related_name="+"
    )
    retired = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(revision__isnull=False, snippet_revision=None, retired=None)
                | Q(revision=None, snippet_revision__isnull=False, retired=None)
                | Q(revision=None, snippet_revision=None, retired__isnull=False),
                name="release_item_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.revision or self.snippet_revision or self.retired)
