"""Attachments are told on every channel by the same words, and served as nothing but files."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Attachment
from articles.operations.attachments import attachment_path, store_attachment
from articles.operations.audit import system_user
from channels.envelopes.html_links import make_absolute
from tests.building import published
from tests.uploading import pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored(content: bytes, name: str) -> Attachment:
    return store_attachment(actor=system_user(), content=content, original_name=name)


def download(client: Client, name: str) -> tuple[Any, bytes]:
    answer: Any = client.get(f"/media/{name}")
    assert answer.status_code == 200
    with closing(answer):
        return answer, b"".join(answer.streaming_content)


@pytest.fixture
def prices() -> Attachment:
    return stored(pdf(), "Prices 价格 “2026”.PDF")


def test_a_pdf_is_downloaded_under_the_name_that_it_came_with(
    client: Client, prices: Attachment
) -> None:
    answer, content = download(client, prices.name)
    assert content == pdf()
    assert answer["Content-Type"] == "application/pdf"
    said = answer["Content-Disposition"]
    assert said == ("attachment; filename*=utf-8''Prices%20%E4%BB%B7%E6%A0%BC%20_2026_.pdf")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../etc/passwd", 'attachment; filename="passwd.pdf"'),
        ("C:\\x\\a\u202egnp.exe", 'attachment; filename="agnp.exe.pdf"'),
        ('a"; filename="b.html', 'attachment; filename="a_; filename=_b.html.pdf"'),
        (".htaccess.pdf", 'attachment; filename="_htaccess.pdf"'),
        ("a\r\nX-Evil: 1.pdf", 'attachment; filename="a X-Evil_ 1.pdf"'),
    ],
)
def test_a_file_name_can_say_no_path_and_no_other_header(
    client: Client, name: str, told: str
) -> None:
    answer, _ = download(client, stored(pdf(), name).name)
    assert answer["Content-Disposition"] == told
    assert "X-Evil" not in answer


def test_every_attachment_is_immutable_and_nothing_in_it_runs(
    client: Client, prices: Attachment
) -> None:
    for name in (prices.name, stored(picture(), "a.png").name):
        answer, _ = download(client, name)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["ETag"] == f'"{name[:64]}"'


def test_there_is_nothing_under_another_name(client: Client, prices: Attachment) -> None:
    sha = prices.name[:64]
    for name in (f"{sha}.html", f"{sha}.png", f"{sha}.svg", sha, f"{'0' * 64}.pdf", "x.pdf"):
        assert client.get(f"/media/{name}").status_code == 404
    attachment_path(prices.name).unlink()
    assert client.get(f"/media/{prices.name}").status_code == 404


def test_a_linked_pdf_is_told_by_every_format(
    client: Client, agent: User, prices: Attachment
) -> None:
    article = published("Roaming", f"See [the *price* list](media:{prices.name}).", slug="roaming")
    path, api = f"/media/{prices.name}", f"/api/v1/articles/{article.public_id}/?format="

    page = client.get("/en/articles/roaming/").content.decode()
    assert (
        f'See <a class="kh-file" href="{path}" type="application/pdf" data-size="1 KB">'
        "the <em>price</em> list</a>." in page
    )
    assert (
        client.get(api + "markdown")
        .content.decode()
        .endswith(f"See [the *price* list](media:{prices.name}).\n")
    )
    assert f"See the price list <{path}>." in client.get(api + "text").content.decode()
    spoken = client.get(api + "ssml").content.decode()
    assert "price" in spoken
    assert prices.name not in spoken
    stored_html = client.get(api + "html").content.decode()
    assert f'href="https://kb.example{path}"' in make_absolute(stored_html, "https://kb.example")
    client.force_login(agent)
    pasted = client.get(f"/agent/articles/{article.public_id}/text/?locale=en").content.decode()
    assert f"See the price list <http://testserver{path}>." in pasted
