"""Storing pictures and PDFs: their type is what their content says, and they are kept once."""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from articles.document.text import clean_name
from articles.exported_form import attachment_names
from articles.models import Attachment, AttachmentUse, Revision, SnippetRevision
from articles.operations.audit import operation, record
from articles.roles import WRITE, require
from articles.uploads.inspected import Inspected
from articles.uploads.inspection import inspect


def store_attachment(
    *, actor: AbstractUser, content: bytes, original_name: str, now: datetime | None = None
) -> Attachment:
    """Keep a picture or a PDF and return it; the same bytes again return the same attachment.

    Of a picture is kept what is shown: not where and by whom it was taken. Raises InvalidInput
    where the content is no PNG, JPEG, GIF, WebP or PDF, is broken or too large; NotAllowed.
    """
    require(actor, WRITE)
    inspected = inspect(content, original_name)  # before any lock: it may take seconds
    name = _name(inspected)
    known = Attachment.objects.filter(name=name).first()
    _write(attachment_path(name), inspected.content)
    return known or _keep(actor, name, inspected, original_name, now or timezone.now())


@operation()
def _keep(
    actor: AbstractUser, name: str, inspected: Inspected, original_name: str, now: datetime
) -> Attachment:
    attachment, is_new = Attachment.objects.get_or_create(
        name=name,
        defaults={
            "original_name": clean_name(original_name)[:200],
            "media_type": inspected.media_type,
            "size": len(inspected.content),
            "width": inspected.width,
            "height": inspected.height,
            "pages": inspected.pages,
            "author_id": actor.pk,
        },
    )
    if is_new:
        record(
            actor=actor,
            action="store-attachment",
            subject=f"attachment {name}",
            now=now,
            detail={"original_name": attachment.original_name, "size": attachment.size},
        )
    return attachment


def attachment_name(*, content: bytes, original_name: str) -> str:
    """Return the name a file would be kept under. Raises InvalidInput as `store_attachment`."""
    return _name(inspect(content, original_name))


def attachment_path(name: str) -> Path:
    """Where the bytes of the attachment `name` lie."""
    return Path(settings.MEDIA_ROOT) / name[:2] / name


def note_uses(revision: Revision) -> None:
    """Note which attachments a new revision of a text names, as a part of its saving."""
    AttachmentUse.objects.bulk_create(
        [AttachmentUse(name=name, revision=revision) for name in attachment_names(revision.body)]
    )


def note_uses_in_snippet(revision: SnippetRevision) -> None:
    """Note which attachments a new value of a snippet names, as a part of its saving."""
    value = revision.value
    texts = value.values() if isinstance(value, dict) else [value]
    said = "\n".join(text for text in texts if isinstance(text, str))
    AttachmentUse.objects.bulk_create(
        [AttachmentUse(name=name, snippet_revision=revision) for name in attachment_names(said)]
    )


def _name(inspected: Inspected) -> str:
    return f"{hashlib.sha256(inspected.content).hexdigest()}.{inspected.ending}"


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all; its name says its content, so one writer is as good
    as another. One that a crash or a full disk cut short is written again."""
    if path.exists() and path.stat().st_size == len(content):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
