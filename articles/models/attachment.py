"""Pictures and PDFs that articles show and link to, stored once per content."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.immutability import immutable
from articles.models.revision import Revision
from articles.models.snippet import SnippetRevision


@immutable()
class Attachment(models.Model):
    """`name` is its address, `<sha256>.<png|jpg|gif|webp|pdf>`; the bytes lie under MEDIA_ROOT.

    A picture has a width and a height, a PDF has pages.
    """

    name = models.CharField(max_length=80, unique=True)
    original_name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(_("width in pixels"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_picture(self) -> bool:
        return self.width is not None


@immutable()
class AttachmentUse(models.Model):
    """A revision of a text, or of a snippet, that names an attachment, kept or not: what is used
    where can then be asked without reading every text."""

    name = models.CharField(max_length=80)
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="attachment_uses"
    )
    snippet_revision = models.ForeignKey(
        SnippetRevision, models.PROTECT, null=True, blank=True, related_name="attachment_uses"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            # What asks where an attachment is used counts each revision once.
            models.UniqueConstraint(fields=["name", "revision"], name="one_use_by_a_revision"),
            models.UniqueConstraint(
                fields=["name", "snippet_revision"], name="one_use_by_a_snippet_revision"
            ),
            # A use that is nobody's would keep an attachment from ever being unused.
            models.CheckConstraint(
                condition=models.Q(revision__isnull=False, snippet_revision__isnull=True)
                | models.Q(revision__isnull=True, snippet_revision__isnull=False),
                name="a_use_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return self.name
