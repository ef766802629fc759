"""One agent's part in one call: what was searched, opened, used and flagged, and which steps were
ticked. What an agent keeps at hand for all calls, the pins, stands here as well."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from channels.models.update_request import UpdateRequest

LONGEST_REFERENCE = 100  # characters, of the telephone system's name for a call or a customer


class Call(models.Model):
    """A call that is handed on is two rows: each agent has their own, and reads no other's."""

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calls", verbose_name=_("agent")
    )
    # What the telephone system calls it; "" for one that came without, of which one is open.
    reference = models.CharField(_("call"), max_length=LONGEST_REFERENCE, blank=True)
    # As it was given: it means nothing here.
    customer = models.CharField(_("customer"), max_length=LONGEST_REFERENCE, blank=True)
    # The customer's language; "" where nobody said.
    locale = models.CharField(_("locale"), max_length=16, blank=True)
    begun_at = models.DateTimeField(_("begun"), db_index=True)
    last_at = models.DateTimeField(_("last act"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        default_permissions = ("view",)
        constraints = [
            # Two tabs that act first at the same moment are in one call.
            models.UniqueConstraint(
                fields=["agent", "reference"],
                condition=~Q(reference=""),
                name="one_call_per_agent_and_reference",
            ),
            models.UniqueConstraint(
                fields=["agent"],
                condition=Q(reference="", ended_at=None),
                name="one_open_call_without_reference",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")),
                name="call_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["agent", "-last_at"], name="calls_of_agent")]

    def __str__(self) -> str:
        return self.reference or f"{self.begun_at:%Y-%m-%d %H:%M}"


class CallEvent(models.Model):
    """What was done, in order. What was told is named by text, edition and digest, as editions
    outlive every article."""

    class Kind(models.TextChoices):
        SEARCHED = "searched", _("searched")
        OPENED = "opened", _("opened")
        USED = "used", _("solved it")
        WRONG = "wrong", _("said to be wrong")
        MISSING = "missing", _("said to lack something")

    call = models.ForeignKey(Call, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    at = models.DateTimeField()
    locale = models.CharField(max_length=16)
    edition = models.PositiveIntegerField()  # what the page told
    public_id = models.CharField(max_length=40, blank=True)  # "" for a search, and for what lacks
    title = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    query = models.CharField(max_length=300, blank=True)
    results = models.JSONField(default=list)  # public ids, the best first
    search_id = models.CharField(max_length=40, blank=True)
    request = models.ForeignKey(
        UpdateRequest, models.PROTECT, null=True, related_name="call_events"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            # A second press, or a second tab, does not count what helped twice.
            models.UniqueConstraint(
                fields=["call", "public_id"], condition=Q(kind="used"), name="one_use_per_call"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["searched", "opened", "used", "wrong", "missing"]),
                name="call_event_kind_is_known",
            ),
            # A list of what helped must name it.
            models.CheckConstraint(
                condition=~Q(kind__in=["opened", "used", "wrong"]) | ~Q(public_id=""),
                name="call_event_names_its_article",
            ),
            # What was flagged is somewhere that editors see it.
            models.CheckConstraint(
                condition=Q(kind__in=["wrong", "missing"], request__isnull=False)
                | (~Q(kind__in=["wrong", "missing"]) & Q(request=None)),
                name="only_a_flag_has_a_request",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "at"], name="call_events_in_order"),
            models.Index(fields=["kind", "at"], name="call_events_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id or self.query}"


class CallTick(models.Model):
    """A step of an article that was done in a call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="ticks")
    public_id = models.CharField(max_length=40)
    locale = models.CharField(max_length=16)
    number = models.PositiveSmallIntegerField()  # from 1, of all steps of the article
    words = models.CharField(max_length=16)  # of its SHA-256 (hex): a new edition may move it

    class Meta:
        default_permissions = ()
        constraints = [
            # Two tabs that tick the same step leave one tick to take back.
            models.UniqueConstraint(
                fields=["call", "public_id", "locale", "words"], name="one_tick_per_step"
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.number} of {self.public_id}"


class Pin(models.Model):
    """An article that an agent keeps at hand."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pins")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    pinned_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            # Two tabs pin it once.
            models.UniqueConstraint(fields=["agent", "article"], name="one_pin_per_article"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} pinned by {self.agent_id}"
