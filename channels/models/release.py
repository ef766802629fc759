"""What was chosen to go live together, now or at a time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Revision, SnippetRevision
from channels.models.edition import Edition
from channels.release_workflow import ReleaseState


class Release(models.Model):
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(
        _("state"), max_length=16, choices=ReleaseState.choices, default=ReleaseState.OPEN
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"))
    # Whose act publishing it is: who made it, and from then on who scheduled it last.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="releases", verbose_name=_("owner")
    )
    # Counts the changes of the plan, so that each names the one it is based on.
    version = models.PositiveIntegerField(default=1, editable=False)
    # When it goes live: the instant, and how that was said ("2026-03-29T09:00", "Europe/Berlin").
    due_at = models.DateTimeField(_("goes live"), null=True)
    due_local = models.CharField(max_length=19, blank=True, default="")
    due_zone = models.CharField(max_length=64, blank=True, default="")
    # Why a due release did not go live, a reason a line.
    failure = models.TextField(blank=True, default="")
    failed_at = models.DateTimeField(null=True)
    # When to try (again) to write its owner why; NULL where nothing is to be told.
    mail_due_at = models.DateTimeField(null=True)
    edition = models.OneToOneField(
        Edition, models.PROTECT, null=True, related_name="release", verbose_name=_("edition")
    )

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        default_permissions = ("view",)
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReleaseState.values), name="release_state_is_known"
            ),
            # Of two workers at one release the second finds its edition; neither forgets it.
            models.CheckConstraint(
                condition=Q(state=ReleaseState.PUBLISHED, edition__isnull=False)
                | (~Q(state=ReleaseState.PUBLISHED) & Q(edition=None)),
                name="published_release_has_its_edition",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.SCHEDULED) | Q(due_at__isnull=False),
                name="scheduled_release_has_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state=ReleaseState.SCHEDULED), name="release_due"
            ),
            models.Index(
                fields=["mail_due_at"],
                condition=Q(mail_due_at__isnull=False),
                name="release_mail_due",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def due_shown(self) -> str:
        """The time on its zone's clock, to be read."""
        return self.due_local.replace("T", " ")


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
