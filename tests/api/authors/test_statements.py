"""A page of the API takes as many statements whatever is on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.operations.audit import system_user
from articles.operations.remarks import add_remark
from articles.operations.topics import save_topic
from channels.operations.releases import create_release
from tests.api.authors.program import Program
from tests.api.authors.test_snippets import picture, upload
from tests.building import approved, snippet, write, write_approved

pytestmark = pytest.mark.django_db


def fill(writer: Program, number: int) -> None:
    topic = save_topic(actor=system_user(), slug=f"topic-{number}", names={"en": f"T {number}"})
    revision = write_approved(f"Article {number}", topic=topic)
    write("中文", "文本。", article=revision.text.article, locale="zh-hans")
    snippet(f"key-{number}", "text", "Value")
    create_release(actor=system_user(), name=f"Release {number}", items=[revision])
    add_remark(actor=system_user(), revision=revision, words="Why?")
    upload(writer, picture(("red", "blue", "green", "white", "black")[number]))


LISTS = (
    "drafts/",
    "drafts/{id}/",
    "drafts/{id}/en/",
    "drafts/{id}/en/revisions/",
    "drafts/{id}/en/review/",
    "drafts/{id}/en/remarks/",
    "translations/",
    "review-rules/",
    "snippets/",
    "snippets/key-0/revisions/",
    "snippets/key-0/review/",
    "snippets/key-0/uses/",
    "attachments/",
    "taxonomy/",
    "releases/",
    "releases/{release}/items/",
)


def test_no_list_asks_more_for_more(writer: Program) -> None:
    fill(writer, 0)
    drafts = writer.get("drafts/").json()["results"]
    release = writer.get("releases/").json()["results"][0]["id"]
    paths = [path.format(id=drafts[0]["id"], release=release) for path in LISTS]

    def statements() -> list[int]:
        counted = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                assert writer.get(path).status_code == 200
            counted.append(len(queries))
        return counted

    few = statements()
    assert max(few) <= 10, dict(zip(paths, few, strict=True))
    for number in range(1, 5):
        fill(writer, number)
    article = write("Article 0", "More.").text.article
    approved(write("Article 0", "More still.", article=article))
    assert statements() == few
