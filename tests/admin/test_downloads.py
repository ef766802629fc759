"""The list as a file for spreadsheets: all that is in it, and nothing that runs."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.admin import article_download
from tests.admin.desk import Desk
from tests.building import published, write


def rows(desk: Desk, query: str = "") -> list[dict[str, str]]:
    answer = desk.open("articles_download", query=query)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="articles-2')
    file = b"".join(answer).decode()  # type: ignore[arg-type] # it is streamed
    assert file.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(file[1:], newline="")))


def test_a_row_says_what_the_list_says(author_desk: Desk) -> None:
    article = published("Activate an eSIM")
    write("激活 eSIM", article=article, locale="zh-hans")

    (row,) = rows(author_desk)

    assert row["id"] == article.public_id
    assert (row["title"], row["kind"], row["audience"]) == (
        "Activate an eSIM",
        "support",
        "everybody",
    )
    assert (row["en: state"], row["zh-hans: state"], row["zh-hant: state"]) == (
        "published",
        "draft",
        "",
    )
    assert (row["en: live since edition"], row["zh-hans: live since edition"]) == ("1", "")
    assert row["en: last changed"].startswith("20")


def test_the_file_holds_the_narrowed_list_with_all_its_pages(
    author_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_download, "BATCH", 2)
    for number in range(5):
        write(f"Roaming {number}")
    write("Routers")

    found = [row["title"] for row in rows(author_desk, "?q=roaming&state=draft")]

    assert found == [f"Roaming {number}" for number in reversed(range(5))]


def test_a_title_that_begins_a_formula_is_text(author_desk: Desk) -> None:
    write('=HYPERLINK("//evil.example";"Win")')

    (row,) = rows(author_desk)

    assert row["title"] == '\'=HYPERLINK("//evil.example";"Win")'


def test_the_file_speaks_the_language_of_its_reader(author_desk: Desk) -> None:
    write("Activate an eSIM")

    answer = author_desk.open("articles_download", **{"Accept-Language": "zh-hans"})

    assert "草稿" in b"".join(answer).decode()  # type: ignore[arg-type] # it is streamed


@pytest.mark.parametrize("query", ["?q=%00", "?kind__regex=(", "?nonsense=1"])
def test_what_cannot_be_asked_is_refused(author_desk: Desk, query: str) -> None:
    assert author_desk.open("articles_download", query=query).status_code == 400


def test_only_who_writes_downloads_the_list(agent: User) -> None:
    agent.is_staff = True
    agent.save()
    client = Client()
    client.force_login(agent)

    assert client.get(reverse("admin:articles_download")).status_code == 403
