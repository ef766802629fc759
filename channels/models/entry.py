"""One article in one locale, as told in the editions from `from_edition` until `until_edition`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.immutability import immutable
from articles.locales import locale_name
from articles.models import Article, Revision, Snippet
from channels.models.edition import BEGINS_NEXT, ENDS_NEXT, NEXT_EDITION, Edition

# For triggers: what is told with an entry is written with it.
WITH_ITS_ENTRY = (
    f"(SELECT from_edition_id FROM channels_entry WHERE id = NEW.entry_id) = {NEXT_EDITION}"  # noqa: S608
)


class EntryQuerySet(models.QuerySet["Entry"]):
    def live(self) -> EntryQuerySet:
        """What the current edition tells."""
        return self.filter(until_edition__isnull=True)

    def at(self, edition: int) -> EntryQuerySet:
        """What edition `edition` told."""
        return self.filter(from_edition_id__lte=edition).filter(
            Q(until_edition__isnull=True) | Q(until_edition_id__gt=edition)
        )

    def own(self) -> EntryQuerySet:
        """What people wrote in its locale, conversions left out."""
        return self.filter(converted_from="")

    def visible_to(self, rank: int) -> EntryQuerySet:
        """What a reader of this audience rank may read."""
        return self.filter(audience_rank__lte=rank)


@immutable(changes="until_edition", when=ENDS_NEXT, begins=BEGINS_NEXT)
class Entry(models.Model):
    """All columns are frozen when published; only the end is set, once."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="entries")
    public_id = models.CharField(max_length=40)
    locale = models.CharField(_("locale"), max_length=16)
    # The locale that the text was converted from when it was published; its revision is that one's.
    converted_from = models.CharField(max_length=16, blank=True, default="")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="entries")
    slug = models.CharField(max_length=120)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(blank=True)
    questions = models.JSONField(default=list)
    kind = models.CharField(_("kind"), max_length=16)
    topic = models.CharField(_("topic"), max_length=60, blank=True)
    products = models.JSONField(default=list)
    audience = models.CharField(_("audience"), max_length=16)
    audience_rank = models.PositiveSmallIntegerField()
    content_digest = models.CharField(max_length=64)
    # Covers all that is told and every rendering: what the edition's manifest lists.
    entry_digest = models.CharField(max_length=64)
    from_edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries_begun")
    until_edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, related_name="entries_ended"
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        default_permissions = ("view",)
        constraints = [
            # Two publishes at once can't both make an article's text live.
            models.UniqueConstraint(
                fields=["public_id", "locale"],
                condition=Q(until_edition=None),
                name="one_live_entry_per_text",
            ),
            # An address tells one article.
            models.UniqueConstraint(
                fields=["locale", "slug"],
                condition=Q(until_edition=None),
                name="one_live_entry_per_slug",
            ),
            models.CheckConstraint(
                condition=Q(until_edition=None) | Q(until_edition__gt=F("from_edition")),
                name="entry_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["public_id", "locale", "from_edition"], name="entry_as_of"),
            models.Index(fields=["locale", "slug", "from_edition"], name="entry_by_slug"),
            models.Index(
                fields=["locale", "topic", "title"],
                condition=Q(until_edition=None),
                name="entry_live_by_topic",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.locale}, from edition {self.from_edition_id})"

    @property
    def converted_from_name(self) -> str:
        """What the language is called that the text was converted from; "" for no conversion."""
        return locale_name(self.converted_from)


@immutable(begins=WITH_ITS_ENTRY)
class EntrySnippet(models.Model):
    """Where a snippet is used, also through other snippets."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="snippets_used")
    snippet = models.ForeignKey(Snippet, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["entry", "snippet"], name="one_use_per_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} uses {self.snippet_id}"


@immutable(begins=WITH_ITS_ENTRY)
class EntryLink(models.Model):
    """A link from an entry to another article, so that no retirement leaves it dead."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="links")
    target = models.CharField(max_length=40, db_index=True)
    # The link is shown to readers of this rank and above.
    audience_rank = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "target", "audience_rank"], name="one_link_per_target"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} links to {self.target}"
