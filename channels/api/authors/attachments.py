"""Attachments: uploaded once, named by their content."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from articles.models import Attachment
from articles.operations.attachments import store_attachment
from articles.uploads.inspection import MAX_BYTES
from channels.api.authors.answers import AttachmentsAnswer
from channels.api.authors.base import AuthorView, answer, not_found
from channels.api.authors.contracts import changes, shows
from channels.api.authors.items import AttachmentItem
from channels.api.parameters import PageQuestion
from channels.problem import Problem

# The file, and what multipart/form-data puts around it.
LARGEST = MAX_BYTES + 64 * 1024


class AttachmentList(AuthorView):
    parser_classes = (MultiPartParser,)

    @shows("list_attachments", AttachmentsAnswer, question=PageQuestion)
    def get(self, request: Request) -> HttpResponse:
        """All attachments, the newest first."""
        rows = Attachment.objects.select_related("author")
        return self.listed(AttachmentItem, rows, order=("-pk",))

    @changes("upload_attachment", {201: AttachmentItem}, upload=LARGEST)
    def post(self, request: Request) -> HttpResponse:
        """Upload a PNG, JPEG, GIF or WebP picture (10 MB) or a PDF (20 MB) as `file` of a form.

        Its content says what it is, not its name. Of a picture is kept what is shown, without
        EXIF data, and its name is the SHA-256 of that. The same bytes again are the same
        attachment.
        """
        file = self._file()
        stored = store_attachment(
            actor=self.actor, content=file.read(), original_name=file.name or ""
        )
        return answer(
            AttachmentItem(stored).data,
            status=201,
            location=f"/api/v1/attachments/{stored.name}/",
        )

    def body_asked(self) -> Any:
        """Each client puts another boundary around the same file."""
        file = self._file()
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
        return [file.name, digest.hexdigest()]

    def _file(self) -> UploadedFile:
        """Raises Problem (400) unless the form is one file called `file`."""
        sent = cast("QueryDict", self.request.data)
        file = sent.get("file")
        if list(sent) != ["file"] or len(sent.getlist("file")) > 1:
            raise Problem(400, "invalid", "The form holds one file, in the field `file`.")
        if not isinstance(file, UploadedFile):
            raise Problem(400, "invalid", "The field `file` is no file.")
        return file


class AttachmentDetail(AuthorView):
    @shows("get_attachment", AttachmentItem, 404)
    def get(self, request: Request, name: str) -> HttpResponse:
        """What is known of an attachment; `url` has its bytes."""
        found = None
        if len(name) <= 80 and "\0" not in name:
            found = Attachment.objects.select_related("author").filter(name=name).first()
        if found is None:
            raise not_found("attachment")
        return answer(AttachmentItem(found).data)
