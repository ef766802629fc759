"""The tree of topics and the pictures, at the desk."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.models import Attachment, Topic
from tests.admin.desk import Desk, words


def test_topics_are_listed_as_a_tree_in_reading_order(author_desk: Desk) -> None:
    author_desk.send("articles_topic_add", slug="plans", name_en="Plans")
    author_desk.send("articles_topic_add", slug="devices", name_en="Devices")
    plans = Topic.objects.get(slug="plans")
    author_desk.send("articles_topic_add", slug="roaming", name_en="Roaming", parent=plans.pk)

    page = words(author_desk.open("articles_topic_changelist"))

    assert page.index(">Plans<") < page.index('desk-depth-2">Roaming<') < page.index(">Devices<")


def test_a_topic_cannot_be_put_below_itself(author_desk: Desk) -> None:
    author_desk.send("articles_topic_add", slug="plans", name_en="Plans")
    plans = Topic.objects.get(slug="plans")

    answer = author_desk.send("articles_topic_change", plans.pk, name_en="Plans", parent=plans.pk)

    assert "cannot stand below itself" in words(answer)


def test_a_new_topic_does_not_rename_one_that_has_its_address(author_desk: Desk) -> None:
    author_desk.send("articles_topic_add", slug="plans", name_en="Plans")

    answer = author_desk.send("articles_topic_add", slug="plans", name_en="Tariffs")

    assert "There is a topic with this address" in words(answer)
    assert str(Topic.objects.get()) == "Plans"


def test_a_topic_needs_a_name(author_desk: Desk) -> None:
    answer = author_desk.send("articles_topic_add", slug="plans")

    assert "A topic needs a name" in words(answer)


def test_an_uploaded_picture_gives_the_markdown_that_shows_it(author_desk: Desk) -> None:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(content, "PNG")

    answer = author_desk.send(
        "articles_attachment_add",
        file=SimpleUploadedFile("tray.png", content.getvalue(), "image/png"),
    )

    picture = Attachment.objects.get()
    assert f"(media:{picture.name})" in words(answer)
    listed = words(author_desk.open("articles_attachment_changelist"))
    assert f'src="/media/{picture.name}"' in listed


def test_a_file_that_is_no_picture_is_refused_at_its_field(author_desk: Desk) -> None:
    answer = author_desk.send(
        "articles_attachment_add",
        file=SimpleUploadedFile("tray.png", b"<svg onload='alert(1)'/>", "image/png"),
    )

    assert answer.status_code == 409
    assert "is an SVG drawing, which can hold scripts. Save it as PNG" in words(answer)
    assert not Attachment.objects.exists()
