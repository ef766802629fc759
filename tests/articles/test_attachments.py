"""Pictures are kept once, whole, whoever hands them in and however often at once."""

from __future__ import annotations

import io
import random

import pytest
from django.contrib.auth.models import User
from PIL import Image
from pytest_django import Settings

from articles.models import Attachment
from articles.operations.attachments import attachment_path, store_picture
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
            lambda _, content=content: store_picture(
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
    attachment = store_picture(actor=author, content=content, original_name="a.png")
    path = attachment_path(attachment.name)
    path.write_bytes(content[:1000])
    assert store_picture(actor=author, content=content, original_name="a.png") == attachment
    assert path.read_bytes() == content
