"""A list's filters under a name."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, person: AbstractUser) -> SavedViewQuerySet:
        """The person's own, and those that are shown to everybody."""
        return self.filter(models.Q(person_id=person.pk) | models.Q(shared=True))


class SavedView(models.Model):
    """`query` is the query string of the list of articles, `state=draft&kind=sales`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="views")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000)
    shared = models.BooleanField(_("shown to everybody"), default=False)
    # The one that the list opens with, for this person.
    first = models.BooleanField(_("the list opens with it"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["name"]
        constraints = [
            # A person finds one view under a name.
            models.UniqueConstraint(fields=["person", "name"], name="one_view_per_name"),
            # The list opens with one view, whichever of two was marked at the same moment.
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(first=True), name="one_first_view_each"
            ),
        ]

    def __str__(self) -> str:
        return self.name
