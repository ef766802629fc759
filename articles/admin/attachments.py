"""Pictures: uploading them, and the Markdown that shows one in an article."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_forms import LINE, error_count
from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, blame, require_role
from articles.exceptions import OperationRefused
from articles.models import Attachment
from articles.operations.attachments import store_attachment
from articles.roles import WRITE
from articles.uploads.inspection import MAX_BYTES


class PictureForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("PNG, JPEG, GIF or WebP, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/gif,image/webp"}),
    )


class MarkdownForm(forms.Form):
    """The words to paste; shown in a field because a field is easy to copy from."""

    markdown = forms.CharField(label=gettext_lazy("Markdown"), widget=LINE, required=False)


@admin.register(Attachment)
class AttachmentAdmin(DeskAdmin):
    opens = WRITE
    writes = WRITE
    list_display = ("thumbnail", "original_name", "size_in_pixels", "kilobytes", "uploaded")
    list_display_links = ("thumbnail", "original_name")
    list_per_page = 40
    ordering = ("-pk",)
    search_fields = ("original_name", "name")
    show_full_result_count = False

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, attachment: Attachment) -> SafeString:
        return format_html(
            '<img class="desk-thumbnail" src="{}" alt="{}" loading="lazy">',
            reverse("media", args=[attachment.name]),
            attachment.original_name,
        )

    @admin.display(description=gettext_lazy("pixels"))
    def size_in_pixels(self, attachment: Attachment) -> str:
        return f"{attachment.width} × {attachment.height}"

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def kilobytes(self, attachment: Attachment) -> str:
        return f"{max(1, round(attachment.size / 1024))} KB"

    @admin.display(description=gettext_lazy("uploaded"), ordering="created_at")
    def uploaded(self, attachment: Attachment) -> datetime:
        return attachment.created_at

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require_role(request, WRITE)
        form = (
            PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
        )
        if form.is_bound and form.is_valid() and (attachment := _store(request, form)):
            messages.success(request, _("Stored. Paste its Markdown into a text."))
            return HttpResponseRedirect(
                reverse("admin:articles_attachment_change", args=[attachment.pk])
            )
        return self.page(
            request,
            "admin/articles/upload.html",
            title=_("Upload a picture"),
            status=CONFLICT if form.is_bound else 200,
            form=form,
            errors=error_count(form) if form.errors else "",
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        attachment = self.found(request, object_id)
        form = MarkdownForm(
            initial={"markdown": f"![{_('what it shows')}](media:{attachment.name})"}
        )
        form.fields["markdown"].widget.attrs["readonly"] = True
        return self.page(
            request,
            "admin/articles/picture.html",
            title=attachment.original_name,
            attachment=attachment,
            form=form,
        )


def _store(request: HttpRequest, form: PictureForm) -> Attachment | None:
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
