"""Storing pictures: their type is what their content says, and they are kept once."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import warnings
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext
from PIL import Image

from articles.exceptions import InvalidInput
from articles.models import Attachment
from articles.roles import WRITE, require

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
# Pillow's name of a format -> (ending, media type). What a browser can't be trusted with (SVG,
# HTML in disguise) is not in the list.
FORMATS = {
    "PNG": ("png", "image/png"),
    "JPEG": ("jpg", "image/jpeg"),
    "GIF": ("gif", "image/gif"),
    "WEBP": ("webp", "image/webp"),
}
# A phone's photo may hold several pictures (MPO). What reads JPEG shows the first of them.
_READ_AS = {"MPO": "JPEG"}


def store_picture(*, actor: AbstractUser, content: bytes, original_name: str) -> Attachment:
    """Keep a picture and return it; the same bytes again return the same attachment.

    Raises InvalidInput where the content is no PNG, JPEG, GIF or WebP, or is too large
    (10 MB, 40 megapixels); NotAllowed.
    """
    require(actor, WRITE)
    ending, media_type, width, height = _inspect(content, original_name)
    name = _name(content, ending)
    known = Attachment.objects.filter(name=name).first()
    _write(attachment_path(name), content)
    if known:
        return known
    attachment, _ = Attachment.objects.get_or_create(
        name=name,
        defaults={
            "original_name": original_name[:200],
            "media_type": media_type,
            "size": len(content),
            "width": width,
            "height": height,
            "author_id": actor.pk,
        },
    )
    return attachment


def picture_name(*, content: bytes, original_name: str) -> str:
    """Return the name a picture would be kept under. Raises InvalidInput as `store_picture`."""
    return _name(content, _inspect(content, original_name)[0])


def attachment_path(name: str) -> Path:
    """Where the bytes of the attachment `name` lie."""
    return Path(settings.MEDIA_ROOT) / name[:2] / name


def _name(content: bytes, ending: str) -> str:
    return f"{hashlib.sha256(content).hexdigest()}.{ending}"


def _inspect(content: bytes, original_name: str) -> tuple[str, str, int, int]:
    if len(content) > MAX_BYTES:
        raise InvalidInput(
            gettext("The picture %(name)s is larger than 10 MB.") % {"name": original_name[:80]},
            field="file",
        )
    try:
        with warnings.catch_warnings():
            # Pillow warns of a decompression bomb where we refuse by our own, smaller limit, and
            # of second pictures that are broken.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=list(FORMATS)) as picture:
                width, height = picture.size
                format = str(picture.format)
                ending, media_type = FORMATS[_READ_AS.get(format, format)]
                if width * height > MAX_PIXELS:
                    raise InvalidInput(
                        gettext("The picture %(name)s has more than 40 megapixels.")
                        % {"name": original_name[:80]},
                        field="file",
                    )
                picture.verify()
    except (KeyError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise InvalidInput(
            gettext("%(name)s is not a PNG, JPEG, GIF or WebP picture.")
            % {"name": original_name[:80]},
            field="file",
        ) from None
    return ending, media_type, width, height


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
