"""Many editors save one text at the same moment: one wins, and nobody loses what they typed."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.models import ArticleText, AuditRecord, Revision
from tests.admin.desk import TEXT, Desk, words
from tests.publishing.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SAVES = 12  # A page each; the API, whose answers are quick to make, is asked by fifty.


def test_of_a_dozen_saves_of_one_text_exactly_one_wins_and_the_others_see_both_texts(
    author_desk: Desk,
) -> None:
    article = author_desk.write_article(body="First.\n\nLast.")
    url = reverse("admin:articles_text", args=[article.pk, "en"])
    session = author_desk.client.cookies

    def save(n: int) -> HttpResponse:
        client = Client()
        client.cookies = session
        return client.post(url, {**TEXT, "based_on": 1, "body": f"First, says {n}.\n\nLast."})

    answers = at_once(save, SAVES)

    assert all(isinstance(answer, HttpResponse) for answer in answers), answers
    won = ArticleText.objects.get(article=article).head
    assert (won.number, Revision.objects.count()) == (2, 2)
    assert AuditRecord.objects.filter(action="save").count() == 2
    (winner,) = re.findall(r"says (\d+)", won.body)
    for n, answer in enumerate(answers):
        assert isinstance(answer, HttpResponse)
        if n == int(winner):
            assert answer.status_code == 302
            continue
        page = words(answer)
        assert answer.status_code == 409
        assert "Revision 2 by ada" in page
        assert re.search(f"First, says {n}\\.\\s+Last\\.</textarea>", page)
        assert re.search(f"<del>.{{0,60}}{winner}</del>", page)
        assert re.search(f"<ins>.{{0,60}}{n}</ins>", page)
