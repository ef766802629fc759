"""Pictures and PDFs: uploading them, where they are used, and the Markdown that tells one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.article_forms import LINE, error_count
from articles.admin.attachment_uses import TypeFilter, UsedFilter, uses_of, with_use_counts
from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, blame, require_role
from articles.exceptions import OperationRefused
from articles.locales import locale_choices
from articles.models import Attachment
from articles.operations.attachments import store_attachment
from articles.roles import WRITE
from articles.uploads.inspection import MAX_BYTES, MEDIA_TYPES


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A PNG, JPEG, GIF or WebP picture up to 10 MB, or a PDF up to 20 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(MEDIA_TYPES.values())}),
    )


class MarkdownForm(forms.Form):
    """The words to paste; shown in a field because a field is easy to copy from."""

    markdown = forms.CharField(label=gettext_lazy("Markdown"), widget=LINE, required=False)


@admin.register(Attachment)
class AttachmentAdmin(DeskAdmin):
    opens = WRITE
    writes = WRITE
    list_display = (
        *("thumbnail", "original_name", "extent", "weight", "used_in", "markdown", "uploaded"),
    )
    list_display_links = ("original_name",)
    list_filter = (TypeFilter, UsedFilter)
    list_per_page = 40
    ordering = ("-pk",)
    search_fields = ("original_name", "name")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attachment]:
        return with_use_counts(super().get_queryset(request))

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, attachment: Attachment) -> SafeString:
        if not attachment.is_picture:
            return format_html('<span class="desk-file">{}</span>', "PDF")
        # Its name is in the next cell: said twice it would be read twice.
        return format_html(
            '<img class="desk-thumbnail" src="{}" alt="" loading="lazy">',
            reverse("media", args=[attachment.name]),
        )

    @admin.display(description=gettext_lazy("extent"))
    def extent(self, attachment: Attachment) -> str:
        return extent_of(attachment)

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def weight(self, attachment: Attachment) -> str:
        return f"{max(1, round(attachment.size / 1000))} KB"

    @admin.display(description=gettext_lazy("used in"))
    def used_in(self, attachment: Attachment) -> str:
        articles: int = attachment.in_articles  # type: ignore[attr-defined]
        snippets: int = attachment.in_snippets  # type: ignore[attr-defined]
        parts = [
            ngettext("%d article", "%d articles", articles) % articles if articles else "",
            ngettext("%d snippet", "%d snippets", snippets) % snippets if snippets else "",
        ]
        return ", ".join(filter(None, parts)) or _("never used")

    @admin.display(description="Markdown")
    def markdown(self, attachment: Attachment) -> SafeString:
        label = _("Markdown of %(name)s") % {"name": attachment.original_name}
        return format_html(
            '<input class="desk-copy" readonly value="{}" aria-label="{}">',
            markdown_of(attachment),
            label,
        )

    @admin.display(description=gettext_lazy("uploaded"), ordering="created_at")
    def uploaded(self, attachment: Attachment) -> datetime:
        return attachment.created_at

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require_role(request, WRITE)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if form.is_bound and form.is_valid() and (attachment := _store(request, form)):
            messages.success(request, _("Stored. Paste its Markdown into a text."))
            return HttpResponseRedirect(
                reverse("admin:articles_attachment_change", args=[attachment.pk])
            )
        return self.page(
            request,
            "admin/articles/upload.html",
            title=_("Upload a picture or a PDF"),
            status=CONFLICT if form.is_bound else 200,
            form=form,
            errors=error_count(form) if form.errors else "",
        )

    def one_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        attachment = self.found(request, object_id)
        form = MarkdownForm(initial={"markdown": markdown_of(attachment)})
        form.fields["markdown"].widget.attrs["readonly"] = True
        return self.page(
            request,
            "admin/articles/attachment.html",
            title=attachment.original_name,
            attachment=attachment,
            extent=extent_of(attachment),
            form=form,
            uses=uses_of(attachment.name),
            languages=dict(locale_choices()),
        )


def markdown_of(attachment: Attachment) -> str:
    """Return what a text writes to show a picture, or to link to a PDF."""
    if attachment.is_picture:
        return f"![{_('what it shows')}](media:{attachment.name})"
    words = attachment.original_name.removesuffix(".pdf").translate(_NO_BRACKETS)
    return f"[{words}](media:{attachment.name})"


_NO_BRACKETS = str.maketrans("[]\\", "() ")


def extent_of(attachment: Attachment) -> str:
    """Return how large it is to look at: pixels or pages."""
    if attachment.is_picture:
        return f"{attachment.width} × {attachment.height}"
    pages = attachment.pages or 0
    return ngettext("%d page", "%d pages", pages) % pages


def _store(request: HttpRequest, form: UploadForm) -> Attachment | None:
    upload = form.cleaned_data["file"]
    try:
        return store_attachment(
            actor=actor_of(request),
            # One byte more than allowed is enough to be refused.
            content=upload.read(MAX_BYTES + 1),
            original_name=upload.name,
        )
    except OperationRefused as refusal:
        blame(form, refusal)
        return None
