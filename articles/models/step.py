"""What a review step is, whatever is reviewed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.workflow import Action

STEPS = (Action.SUBMIT, Action.WITHDRAW, Action.APPROVE, Action.REJECT)


class Step(models.Model):
    """Somebody submitted, took back, approved or sent back a revision. What was approved since it
    was last submitted counts."""

    action = models.CharField(_("step"), max_length=16, choices=Action.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("time"))

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.action} of {self.pk}"


def step_constraints(*, known: str, reasoned: str) -> list[models.BaseConstraint]:
    """Return the constraints of one kind of steps, by their names: the step is one of the four,
    and who sends something back says why."""
    return [
        models.CheckConstraint(condition=models.Q(action__in=list(STEPS)), name=known),
        models.CheckConstraint(condition=~models.Q(action=Action.REJECT, reason=""), name=reasoned),
    ]
