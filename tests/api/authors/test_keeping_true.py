"""What keeps articles and their translations true, through the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Article
from tests.api.asserting import assert_problem
from tests.api.authors.program import Program
from tests.building import approved, write, write_approved

pytestmark = pytest.mark.django_db


def test_what_is_due_is_listed_and_said_to_hold(writer: Program, author: User) -> None:
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    late = writer.article(owner=author.username, review_by=yesterday)
    orphan = writer.article()
    writer.text(late)
    writer.text(orphan, "Other")

    def due(how: str) -> list[str]:
        return [one["id"] for one in writer.get(f"drafts/?due={how}").json()["results"]]

    assert due("overdue") == [late]
    assert due("orphaned") == [orphan]
    verified = writer.post(f"drafts/{late}/verify/", based=1)
    assert (verified.status_code, verified["ETag"]) == (200, '"2"')
    assert due("overdue") == []
    assert due("fresh") == [late]
    assert_problem(writer.post(f"drafts/{late}/verify/", based=1), 412, "stale")
    assert_problem(writer.post(f"drafts/{late}/verify/"), 428)


@pytest.fixture
def behind(writer: Program) -> Article:
    """An article whose Chinese text names the first of two approved revisions."""
    source = write_approved("Roaming", "It costs 5.")
    article: Article = source.text.article
    write("漫游", "费用为 5。", article=article, locale="zh-hans", translation_of=source)
    approved(write("Roaming", "It costs 6.", article=article, significance="translation"))
    return article


def standing(writer: Program, query: str) -> dict[str, tuple[str, int | None]]:
    results = writer.get(f"translations/?{query}").json()["results"]
    return {
        one["locale"]: (one["standing"], one["known"])
        for result in results
        for one in result["translations"]
    }


def test_what_is_behind_is_listed_until_it_is_said_to_be_right(
    behind: Article, writer: Program
) -> None:
    assert standing(writer, "standing=behind&locale=zh-hans") == {
        "en": ("source", None),
        "zh-hans": ("behind", 1),
        "zh-hant": ("missing", None),
    }
    text = f"drafts/{behind.public_id}/zh-hans/"
    said = writer.post(f"{text}still-right/", {"source_revision": 2}, based=1)
    assert (said.status_code, said.json()["newest"]["translation_of"]) == (201, 2)
    assert standing(writer, "standing=behind&locale=zh-hans") == {}
    stale = writer.post(f"{text}still-right/", {"source_revision": 2}, based=1)
    assert_problem(stale, 412, "stale")


def test_a_draft_is_converted_once(behind: Article, writer: Program) -> None:
    convert = f"drafts/{behind.public_id}/zh-hant/convert/"
    made = writer.post(convert, {"revision": 1}, based=0)
    assert (made.status_code, made.json()["title"]) == (201, "漫遊")
    assert writer.post(convert, {"revision": 1}, based=1).status_code == 200
    assert_problem(writer.post(convert, {"revision": 2}, based=1), 412, "stale")
    english = f"drafts/{behind.public_id}/en/convert/"
    assert_problem(writer.post(english, {"revision": 1}, based=2), 400, "invalid")
