"""Facts written once and used in many articles, versioned like an article."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.immutability import immutable
from articles.models.step import Step, step_constraints
from articles.workflow import SNIPPET_STATES, State


class SnippetKind(models.TextChoices):
    TEXT = "text", _("text")
    MONEY = "money", _("money")
    PHONE = "phone", _("phone number")
    DATE = "date", _("date")
    HOURS = "hours", _("opening hours")
    LINK = "link", _("link")


class Snippet(models.Model):
    key = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$")],
        help_text=_("Editors write {{ key }} where the value shall stand."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=SnippetKind.choices)
    # How far the newest value has come; an older one stays approved until a newer one is.
    state = models.CharField(
        _("state"),
        max_length=16,
        choices=[(state.value, state.label) for state in SNIPPET_STATES],
        default=State.DRAFT,
    )
    head = models.ForeignKey(
        "articles.SnippetRevision", models.PROTECT, null=True, related_name="+"
    )
    approved = models.ForeignKey(
        "articles.SnippetRevision", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("snippet")
        verbose_name_plural = _("snippets")
        default_permissions = ("view",)
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=SnippetKind.values), name="snippet_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=list(SNIPPET_STATES)), name="snippet_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.key


@immutable()
class SnippetRevision(models.Model):
    """One value of a snippet, for all locales or by locale (see `articles.document.facts`)."""

    snippet = models.ForeignKey(Snippet, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    value = models.JSONField(_("value"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("snippet revision")
        verbose_name_plural = _("snippet revisions")
        default_permissions = ("view",)
        ordering = ["-number"]
        constraints = [
            # The race of two saves on one base: the second finds its number taken.
            models.UniqueConstraint(
                fields=["snippet", "number"], name="one_snippet_revision_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snippet.key} (r{self.number})"


@immutable()
class SnippetStep(Step):
    """A step of a value."""

    revision = models.ForeignKey(SnippetRevision, models.PROTECT, related_name="review_steps")

    class Meta(Step.Meta):
        constraints = step_constraints(
            known="snippet_step_is_known", reasoned="sending_a_snippet_back_has_a_reason"
        )


class SnippetUse(models.Model):
    """The newest revision of a text names a snippet by this key, which there may be none of yet.

    What live texts use, also through other snippets, is kept with their entries.
    """

    text = models.ForeignKey("articles.ArticleText", models.CASCADE, related_name="snippet_uses")
    key = models.CharField(max_length=80)

    class Meta:
        default_permissions = ()
        constraints = [
            # Two saves of a text that both note what it uses.
            models.UniqueConstraint(fields=["key", "text"], name="one_use_per_text"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} uses {self.key}"
