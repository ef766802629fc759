"""Pictures are kept once, whole, whoever hands them in and however often at once."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zlib

import pytest
from django.contrib.auth.models import User
from PIL import Image
from pytest_django import Settings

from articles.exceptions import InvalidInput
from articles.models import Attachment
from articles.operations.attachments import attachment_name, attachment_path, store_attachment
from articles.operations.audit import system_user
from tests.publishing.test_concurrency import at_once


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(seed: int = 0) -> bytes:
    noise = random.Random(seed).randbytes(3 * 200 * 200)
    out = io.BytesIO()
    Image.frombytes("RGB", (200, 200), noise).save(out, "PNG")
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_many_who_store_one_picture_at_once_store_it_once() -> None:
    actor = system_user()
    for seed in range(10):
        content = picture(seed)
        stored = at_once(
            lambda _, content=content: store_attachment(
                actor=actor, content=content, original_name="a.png"
            )
        )
        (attachment,) = set(stored)
        assert isinstance(attachment, Attachment), attachment
        path = attachment_path(attachment.name)
        assert path.read_bytes() == content
        assert list(path.parent.iterdir()) == [path]
    assert Attachment.objects.count() == 10


@pytest.mark.django_db
def test_a_file_that_was_cut_short_is_written_again(author: User) -> None:
    content = picture()
    attachment = store_attachment(actor=author, content=content, original_name="a.png")
    path = attachment_path(attachment.name)
    path.write_bytes(content[:1000])
    assert store_attachment(actor=author, content=content, original_name="a.png") == attachment
    assert path.read_bytes() == content


def written(format: str, **how: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (9, 99, 200)).save(out, format, **how)
    return out.getvalue()


@pytest.mark.django_db
def test_a_phones_photo_of_several_pictures_is_a_jpeg(author: User) -> None:
    photo = written("MPO", save_all=True, append_images=[Image.new("RGB", (40, 30))])
    with Image.open(io.BytesIO(photo)) as opened:
        assert opened.format == "MPO"
    attachment = store_attachment(actor=author, content=photo, original_name="IMG_1.jpg")
    assert (attachment.media_type, attachment.width, attachment.height) == ("image/jpeg", 40, 30)
    assert attachment.name.endswith(".jpg")


@pytest.mark.parametrize("format", ["PNG", "JPEG", "MPO", "GIF", "WEBP"])
def test_what_is_broken_anywhere_is_kept_or_refused(format: str) -> None:
    several = {"save_all": True, "append_images": [Image.new("RGB", (40, 30))]}
    whole = written(format, **(several if format in ("MPO", "GIF", "WEBP") else {}))
    chance = random.Random(format)
    for _ in range(100):
        broken = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        for _ in range(chance.randrange(6)):
            broken[chance.randrange(min(len(broken), 200))] = chance.randrange(256)
        with contextlib.suppress(InvalidInput):
            attachment_name(content=bytes(broken), original_name="a")


def chunk_of_png(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def large_png(width: int, height: int) -> bytes:
    """A picture that is large in pixels and small in bytes."""
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk_of_png(b"IHDR", size) + chunk_of_png(b"IDAT", b"")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (large_png(7000, 7000), "40 megapixels"),
        (picture() + b"\0" * (10 * 1024 * 1024), "10 MB"),
    ],
    ids=["pixels", "bytes"],
)
def test_what_is_too_large_is_refused_and_not_kept(author: User, content: bytes, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        store_attachment(actor=author, content=content, original_name="a.png")
    assert not Attachment.objects.exists()
