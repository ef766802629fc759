"""How texts are reviewed: what each kind asks for, who decided what, and what was remarked."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.immutability import immutable
from articles.models.article import Kind
from articles.models.revision import Revision
from articles.models.step import Step, step_constraints

MOST_APPROVALS = 5
SNIPPETS = "snippet"  # whose values have a rule of their own
RULE_KINDS = [*Kind.choices, (SNIPPETS, _("snippets"))]


class ReviewRule(models.Model):
    """What approving a text of a kind, or a snippet's value, takes. Without a rule: one approval,
    anybody's."""

    kind = models.CharField(_("kind"), max_length=16, choices=RULE_KINDS, unique=True)
    approvals = models.PositiveSmallIntegerField(
        _("approvals"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_APPROVALS)],
        help_text=_("So many people must approve a text before it can be published."),
    )
    own = models.BooleanField(
        _("own texts"), default=True, help_text=_("Whether authors may approve what they wrote.")
    )

    class Meta:
        verbose_name = _("review rule")
        verbose_name_plural = _("review rules")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[*Kind.values, SNIPPETS]),
                name="review_rule_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(approvals__gte=1, approvals__lte=MOST_APPROVALS),
                name="review_rule_asks_for_some",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


@immutable()
class ReviewStep(Step):
    """A step of a text's revision."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="review_steps")

    class Meta(Step.Meta):
        constraints = step_constraints(
            known="review_step_is_known", reasoned="sending_back_has_a_reason"
        )


class Remark(models.Model):
    """What a reviewer remarked on a revision, on a line of its text or on all of it."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="remarks")
    line = models.PositiveIntegerField(_("line"), null=True)  # from 1; None: the whole text
    words = models.TextField(_("remark"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("written"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_by=None, settled_at=None)
                | models.Q(settled_by__isnull=False, settled_at__isnull=False),
                name="remark_is_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]
