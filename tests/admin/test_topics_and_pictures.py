"""The tree of topics and the attachments, at the desk."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from articles.models import Attachment, Topic
from articles.operations.attachments import store_attachment
from articles.operations.audit import system_user
from tests.admin.desk import Desk, words
from tests.building import snippet, write
from tests.uploading import pdf, picture


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


def stored(content: bytes, name: str) -> Attachment:
    return store_attachment(actor=system_user(), content=content, original_name=name)


def test_an_uploaded_pdf_gives_the_markdown_that_links_to_it(author_desk: Desk) -> None:
    upload = SimpleUploadedFile("Price list [new].pdf", pdf(), "application/pdf")

    answer = author_desk.send("articles_attachment_add", file=upload)

    attachment = Attachment.objects.get()
    assert f"[Price list (new)](media:{attachment.name})" in words(answer)
    assert "1 page" in words(answer)
    assert "No text and no snippet has ever named it." in words(answer)


def test_an_attachment_says_where_it_is_used(author_desk: Desk) -> None:
    name = stored(picture(), "tray.png").name
    write("Now", f"![Tray](media:{name})")
    then = write("Then", f"![Tray](media:{name})")
    write("Then", "Words.", article=then.text.article)
    snippet("tray", "text", f"![Tray](media:{name})")

    page = words(author_desk.open("articles_attachment_change", Attachment.objects.get().pk))

    now, then_, by_snippet = page.index(">Now<"), page.index(">Then<"), page.index(">tray<")
    assert now < page.index("only in an earlier revision") < by_snippet
    assert now < then_
    listed = words(author_desk.open("articles_attachment_changelist"))
    assert "2 articles, 1 snippet" in listed


def test_the_list_can_be_narrowed_to_what_nobody_uses_and_to_pdfs(author_desk: Desk) -> None:
    used = stored(picture(), "tray.png")
    write("Tray", f"![Tray](media:{used.name})")
    stored(picture("GIF"), "lamp.gif")
    stored(pdf(), "prices.pdf")

    def names(query: str) -> set[str]:
        page = words(author_desk.open("articles_attachment_changelist", query=query))
        return {name for name in ("tray.png", "lamp.gif", "prices.pdf") if f">{name}<" in page}

    assert names("") == {"tray.png", "lamp.gif", "prices.pdf"}
    assert names("?used=no") == {"lamp.gif", "prices.pdf"}
    assert names("?used=yes") == {"tray.png"}
    assert names("?type=pdf") == {"prices.pdf"}
    assert names("?type=picture&used=no") == {"lamp.gif"}
    assert names("?type=x&used=x") == names("")


def test_more_attachments_and_more_uses_cost_no_more_statements(author_desk: Desk) -> None:
    def used(times: range) -> Attachment:
        for number in times:
            attachment = stored(picture(size=(4, number + 1)), f"{number}.png")
            write(f"T{number}", f"![Tray](media:{attachment.name}) ![A](media:{first.name})")
        return attachment

    def statements(page: str, *args: int) -> int:
        with CaptureQueriesContext(connection) as context:
            assert author_desk.open(page, *args).status_code == 200
        return len(context)

    first = stored(picture(), "first.png")
    used(range(2))
    pages = (("articles_attachment_changelist",), ("articles_attachment_change", first.pk))
    few = [statements(*page) for page in pages]
    used(range(2, 8))
    assert [statements(*page) for page in pages] == few
    assert max(few) <= 12, few
