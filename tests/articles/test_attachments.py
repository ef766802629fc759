"""Attachments are kept once, whole, whoever hands them in and however often at once."""

from __future__ import annotations

import contextlib
import hashlib
import io
import random
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from PIL import Image
from pytest_django import Settings

from articles.exceptions import ContentProblems, InvalidInput
from articles.immutability import install, remove
from articles.models import Attachment, AttachmentUse, AuditRecord
from articles.operations.attachments import attachment_name, attachment_path, store_attachment
from articles.operations.audit import system_user
from articles.operations.reviewing import submit
from tests.building import snippet, write
from tests.publishing.test_concurrency import at_once
from tests.uploading import large_png, pdf, photo, picture


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def noise(seed: int = 0) -> bytes:
    pixels = random.Random(seed).randbytes(3 * 200 * 200)
    out = io.BytesIO()
    Image.frombytes("RGB", (200, 200), pixels).save(out, "PNG")
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_many_who_store_one_picture_at_once_store_it_once() -> None:
    actor = system_user()
    for seed in range(10):
        content = noise(seed)
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
    content = noise()
    attachment = store_attachment(actor=author, content=content, original_name="a.png")
    path = attachment_path(attachment.name)
    path.write_bytes(content[:1000])
    assert store_attachment(actor=author, content=content, original_name="a.png") == attachment
    assert path.read_bytes() == content


@pytest.mark.django_db
def test_a_phones_photo_of_several_pictures_is_a_jpeg(author: User) -> None:
    photo = picture("MPO", save_all=True, append_images=[Image.new("RGB", (40, 30))])
    with Image.open(io.BytesIO(photo)) as opened:
        assert opened.format == "MPO"
    attachment = store_attachment(actor=author, content=photo, original_name="IMG_1.jpg")
    assert (attachment.media_type, attachment.width, attachment.height) == ("image/jpeg", 40, 30)
    assert attachment.name.endswith(".jpg")


@pytest.mark.parametrize("format", ["PNG", "JPEG", "MPO", "GIF", "WEBP"])
def test_what_is_broken_anywhere_is_kept_or_refused(format: str) -> None:
    several = {"save_all": True, "append_images": [Image.new("RGB", (40, 30))]}
    whole = picture(format, **(several if format in ("MPO", "GIF", "WEBP") else {}))
    chance = random.Random(format)
    for _ in range(100):
        broken = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        for _ in range(chance.randrange(6)):
            broken[chance.randrange(min(len(broken), 200))] = chance.randrange(256)
        with contextlib.suppress(InvalidInput):
            attachment_name(content=bytes(broken), original_name="a")


@pytest.mark.django_db
def test_the_name_is_the_digest_of_what_is_kept(author: User) -> None:
    attachment = store_attachment(actor=author, content=photo(6), original_name="IMG_1.jpg")
    kept = attachment_path(attachment.name).read_bytes()
    assert kept != photo(6)
    assert attachment.name == f"{hashlib.sha256(kept).hexdigest()}.jpg"
    assert (attachment.size, attachment.width, attachment.height) == (len(kept), 30, 40)
    assert store_attachment(actor=author, content=kept, original_name="a") == attachment


@pytest.mark.django_db
def test_what_is_refused_is_not_kept(author: User, tmp_path: Path) -> None:
    for content in (large_png(30_000, 2), b"MZ", pdf()[:50]):
        with pytest.raises(InvalidInput):
            store_attachment(actor=author, content=content, original_name="a.png")
    assert not Attachment.objects.exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_an_attachment_is_one_audit_row_however_often_it_is_stored(author: User) -> None:
    for name in ("a.png", "b.png"):
        attachment = store_attachment(actor=author, content=picture(), original_name=name)
    (row,) = AuditRecord.objects.filter(action="store-attachment")
    assert (row.actor, row.subject) == (author, f"attachment {attachment.name}")
    assert row.detail["original_name"] == "a.png"


@pytest.mark.django_db
def test_where_an_attachment_is_used_is_noted_with_each_revision(author: User) -> None:
    name = store_attachment(actor=author, content=picture(), original_name="a.png").name
    first = write("Tray", f"![Tray](media:{name}) ![Again](media:{name})")
    write("Tray", "Gone.", article=first.text.article)
    value = snippet("tray", "text", {"en": f"![Tray](media:{name})", "zh-hans": "托盘"})
    uses = AttachmentUse.objects.filter(name=name)
    assert {(use.revision, use.snippet_revision) for use in uses} == {(first, None), (None, value)}


@pytest.mark.django_db
def test_a_migration_notes_what_was_used_before(author: User) -> None:
    name = f"{'a' * 64}.pdf"
    revision = write("Prices", f"[Prices](media:{name}) and `media:{name}`")
    write("None", "media: nothing")
    value = snippet("tray", "text", f"![Tray](media:{'b' * 64}.png)")
    before = set(AttachmentUse.objects.values_list("name", "revision", "snippet_revision"))
    assert before == {(name, revision.pk, None), (f"{'b' * 64}.png", None, value.pk)}
    remove(connection, AttachmentUse)
    AttachmentUse.objects.all().delete()
    install(connection, AttachmentUse)

    import_module("articles.migrations.0010_attachments").note_uses(apps, None)

    assert set(AttachmentUse.objects.values_list("name", "revision", "snippet_revision")) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "line", "why"),
    [
        (f"One.\n\n![](media:{'0' * 64}.png)", 3, "no alternative text"),
        (f"One.\n\nTwo ![…](media:{'0' * 64}.png)", 3, "no alternative text"),
        (f"One.\n\n[](media:{'0' * 64}.pdf)", 3, "link to a file has no words"),
        (f"One.\n\n[Prices](media:{'0' * 64}.pdf)", 3, "There is no attachment media:000"),
        (f"One.\n\n![Tray](media:{'0' * 64}.png)", 3, "There is no attachment media:000"),
    ],
)
def test_a_draft_may_lack_what_a_submitted_text_may_not(
    author: User, body: str, line: int, why: str
) -> None:
    text = write("Tray", body, actor=author).text
    with pytest.raises(ContentProblems, match=why) as refusal:
        submit(actor=author, text=text, revision=1)
    assert line in {problem.line for problem in refusal.value.problems}
