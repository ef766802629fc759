"""Fills a desk with articles, or asks for its pages in this process, and prints what they took."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta

from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.audiences import PUBLIC
from articles.locales import locales
from articles.models import Article, ArticleText, Revision
from articles.models.article import Kind
from articles.operations.audit import system_user
from articles.operations.writing import newest_changes
from articles.workflow import State
from channels.operations.publishing import publish
from tests.bench.content import BODY, CHINESE_BODY
from tests.bench.report import percentile

PERSON = "paula"
ROUNDS, WARM = 40, 3
BATCH = 500
OWNERS = 20
WAITING = (State.DRAFT, State.IN_REVIEW, State.REJECTED, State.APPROVED)
PAGES = {
    "front page": "/admin/",
    "list of articles": "/admin/articles/article/",
    "list, filtered": "/admin/articles/article/?state=in_review&locale=zh-hans&kind=sales",
    "list, full text": "/admin/articles/article/?q=esim+4321",
    "list, full text in Chinese": "/admin/articles/article/?q=手机+4321",
    "translations": "/admin/articles/article/translations/",
    "freshness": "/admin/articles/article/freshness/",
    "an article": "/admin/articles/article/{article}/change/",
    "two revisions compared": "/admin/articles/article/{article}/compare/?from=1&to=20&locale=en",
}


def fill(articles: int, revisions: int) -> None:
    """Make articles with a text in each locale and that many revisions of each; publish one
    locale. In bulk: operations would take longer than what is measured."""
    people = [User.objects.create_user(f"owner-{number}") for number in range(OWNERS)]
    person = User.objects.create_user(PERSON, is_staff=True)
    person.groups.set([Group.objects.get(name="publisher")])
    for start in range(0, articles, BATCH):
        with transaction.atomic():
            _batch(range(start, min(start + BATCH, articles)), revisions, [person, *people])
    source = Revision.objects.filter(text__locale=locales()[0], text__approved=F("pk"))
    publish(items=source.iterator(), actor=system_user())


def _batch(numbers: range, revisions: int, people: list[User]) -> None:
    now = timezone.now()
    articles = Article.objects.bulk_create(
        Article(
            public_id=f"desk-{number}",
            kind=Kind.values[number % 3],
            audience=PUBLIC,
            owner=people[number % len(people)] if number % 10 else None,
            review_by=(now + timedelta(days=number % 400 - 20)).date() if number % 4 else None,
        )
        for number in numbers
    )
    texts = ArticleText.objects.bulk_create(
        ArticleText(article=article, locale=locale, slug=f"about-{article.public_id}")
        for article in articles
        for locale in locales()
    )
    written: list[Revision] = []
    for number in range(1, revisions + 1):
        written = _revisions(texts, number, written, people, now)
    for text, revision in zip(texts, written, strict=True):
        text.head = revision
        place = int(text.article.public_id.partition("-")[2])
        if text.locale == locales()[0]:
            text.state, text.approved = State.APPROVED, revision
        else:
            text.state = WAITING[place % len(WAITING)]
    ArticleText.objects.bulk_update(texts, ["head", "approved", "state"], batch_size=BATCH)


def _revisions(
    texts: list[ArticleText], number: int, before: list[Revision], people: list[User], now: datetime
) -> list[Revision]:
    """The next revision of each text. Of ten articles, eight have translations that know the newest
    one of their source, one has them behind, and one has translations that name none."""
    width, written = len(locales()), []
    for start in range(0, len(texts), width):
        known: Revision | None = None
        for place in range(start, start + width):
            last = before[place] if before else None
            text = texts[place]
            about = f"{text.article.public_id} {number}"
            revision = Revision(
                text=text,
                number=number,
                based_on=last,
                author=people[place % len(people)],
                created_at=now + timedelta(minutes=number),
                title=f"Activate an eSIM, {about}",
                summary="Move your number to the SIM card that is built into your phone.",
                body=(BODY if text.locale == "en" else CHINESE_BODY).format(number=about),
                translation_of=known,
                **newest_changes(last, number, "content"),
            )
            written.append(revision)
            if place == start:
                match start // width % 10:
                    case 0:
                        known = None
                    case 1:
                        known = last
                    case _:
                        known = revision
                if known is revision:
                    revision.save()
    Revision.objects.bulk_create(one for one in written if one.pk is None)
    return written


def pages() -> dict[str, dict[str, float]]:
    """Ask for each page many times as a publisher; return statements and milliseconds."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=PERSON))
    found = {}
    for name, address in PAGES.items():
        statements, times = 0, []
        for number in range(ROUNDS):
            asked = address.format(**_of(number * 37)) if "{" in address else address
            with CaptureQueriesContext(connection) as queries:
                start = time.perf_counter()
                response = client.get(asked)
                times.append((time.perf_counter() - start) * 1000)
            if response.status_code != 200:
                raise RuntimeError(f"{asked} answered {response.status_code}")
            statements = max(statements, len(queries))
        found[name] = {
            "statements": statements,
            "p50": percentile(times[WARM:], 0.5),
            "p95": percentile(times[WARM:], 0.95),
        }
    return found


def _of(number: int) -> dict[str, int]:
    count = Article.objects.count()
    return {"article": Article.objects.get(public_id=f"desk-{number % count}").pk}


def main(arguments: list[str]) -> None:
    match arguments:
        case ["fill", articles, revisions]:
            fill(int(articles), int(revisions))
        case ["pages"]:
            print(json.dumps(pages()))
    connection.close()
