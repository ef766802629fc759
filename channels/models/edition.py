"""Editions, and the one row that says which of them is being told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.immutability import immutable

# For triggers: the number of the edition that is being written, in the transaction that will flip
# the pointer to it. What names any other edition would rewrite the past.
NEXT_EDITION = "(SELECT COALESCE(edition_id, 0) + 1 FROM channels_pointer)"
BEGINS_NEXT = f"NEW.from_edition_id = {NEXT_EDITION}"
ENDS_NEXT = f"OLD.until_edition_id IS NULL AND NEW.until_edition_id = {NEXT_EDITION}"


@immutable(begins=f"NEW.number = {NEXT_EDITION}")
class Edition(models.Model):
    """The numbered state of everything published. Numbers rise by one and have no gap."""

    class Cause(models.TextChoices):
        PUBLISH = "publish", _("publish")
        ROLLBACK = "rollback", _("back to an earlier edition")

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    cause = models.CharField(_("cause"), max_length=16, choices=Cause.choices)
    published_at = models.DateTimeField(_("published"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    # A chain: the digest covers what this edition changed and the digest before it.
    manifest_digest = models.CharField(_("manifest digest"), max_length=64)
    previous_digest = models.CharField(max_length=64, blank=True)
    added = models.PositiveIntegerField(_("added"))
    changed = models.PositiveIntegerField(_("changed"))
    removed = models.PositiveIntegerField(_("removed"))
    live = models.PositiveIntegerField(_("live entries"))

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        default_permissions = ("view",)
        permissions = [
            ("publish_edition", "Can publish, retire and go back to an edition"),
            ("administer_hub", "Can make API keys and see the audit trail"),
            ("read_as_agent", "Can read what is for agents"),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}"


@immutable(
    changes="edition",
    when="NEW.edition_id = COALESCE(OLD.edition_id, 0) + 1",
    begins="NEW.edition_id IS NULL",
)
class Pointer(models.Model):
    """The single row that readers follow: flipping it publishes everything at once."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            # A second pointer would be a second truth.
            models.CheckConstraint(condition=models.Q(id=1), name="one_pointer"),
        ]

    def __str__(self) -> str:
        return f"edition {self.edition_id or 0}"
