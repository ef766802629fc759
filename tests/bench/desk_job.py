"""Asks a filled desk for its pages in this process, checks and publishes its large release, and
prints what each took, as JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ArticleText, Snippet
from articles.workflow import State
from channels.models import Release
from channels.operations.publishing import publish
from channels.operations.release_check import check_release
from channels.operations.releases import items_of
from tests.bench.content import BODY
from tests.bench.desk_fill import PERSON, PRICE, fill
from tests.bench.report import percentile
from tests.consistency.killing import COMMIT, Statements

ROUNDS, WARM = 40, 3  # how often each page is asked for; the first few are not timed
ARTICLE = "/admin/articles/article/{article}/"
SNIPPET = "/admin/articles/snippet/{snippet}/"
LIST = "/admin/articles/article/"
TYPED = 5_000  # characters that are previewed
PAGES = {
    "front page": "/admin/",
    "my work": f"{LIST}my-work/",
    "list of articles": LIST,
    "list, filtered": f"{LIST}?state=in_review&locale=zh-hans&kind=sales",
    "list, by tag": f"{LIST}?tag=tariffs",
    "list, translations perhaps behind": f"{LIST}?translation=maybe",
    "list, full text": f"{LIST}?q=esim+37",
    "list, full text that all have": f"{LIST}?q=esim",
    "list, full text in Chinese": f"{LIST}?q=手机+37",
    "translations": f"{LIST}translations/",
    "freshness": f"{LIST}freshness/",
    "an article": f"{ARTICLE}change/",
    "history of a text": f"{ARTICLE}text/en/history/",
    "review of a text": f"{ARTICLE}text/zh-hans/review/",
    "two revisions compared": f"{ARTICLE}compare/?from=1&to=20&locale=en",
    "two revisions compared, as read": f"{ARTICLE}compare/?from=1&to=20&locale=en&view=rendered",
    "preview of 5 kB, website": f"POST {ARTICLE}text/en/preview/ web",
    "preview of 5 kB, phone": f"POST {ARTICLE}text/en/preview/ phone",
    "snippets": "/admin/articles/snippet/",
    "a snippet": f"{SNIPPET}change/",
    "review of a snippet": f"{SNIPPET}review/",
    "what waits to be published": "/admin/channels/release/publish/",
    "a release of 500": "/admin/channels/release/{release}/change/",
    "audit rows": "/admin/articles/auditrecord/",
    "audit rows, searched": "/admin/articles/auditrecord/?actor=paula&words=zh-hans",
}


def pages(rounds: int = ROUNDS) -> dict[str, dict[str, float]]:
    """Ask for each page many times as a publisher; return statements and milliseconds."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=PERSON))
    known = {
        "snippet": Snippet.objects.get(key=PRICE).pk,
        "release": Release.objects.get(name="Large").pk,
    }
    articles = _articles()
    typed = {"title": "Typed", "body": (BODY.format(number=1) * 9)[:TYPED], "audience": "public"}

    def asked(address: str, number: int) -> Callable[[], int]:
        path = address.format(article=articles[number * 37 % len(articles)], **known)
        if not path.startswith("POST "):
            return lambda: client.get(path).status_code
        _post, path, view = path.split(" ")
        return lambda: client.post(path, typed | {"view": view}).status_code

    return {name: _measured(name, address, asked, rounds) for name, address in PAGES.items()}


def _measured(
    name: str, address: str, asked: Callable[[str, int], Callable[[], int]], rounds: int
) -> dict[str, float]:
    statements, times, cpu = 0, [], []
    for number in range(rounds):
        ask = asked(address, number)
        if number < WARM:  # Statements are counted apart: noting them takes time.
            with CaptureQueriesContext(connection) as queries:
                status = ask()
            statements = max(statements, len(queries))
        else:
            start, used = time.perf_counter(), time.process_time()
            status = ask()
            times.append((time.perf_counter() - start) * 1000)
            cpu.append((time.process_time() - used) * 1000)
        if status != 200:
            raise RuntimeError(f"{name}: {address} answered {status}")
    return {
        "statements": statements,
        "p50": percentile(times, 0.5),
        "p95": percentile(times, 0.95),
        "cpu": percentile(cpu, 0.5),
    }


def release() -> dict[str, float]:
    """Check the large release and publish it; return seconds, also of CPU, and commits."""
    actor = User.objects.get(username=PERSON)
    found = Release.objects.get(name="Large")
    start, used = time.perf_counter(), time.process_time()
    check = check_release(actor=actor, release=found)
    told = {"checked": time.perf_counter() - start, "check cpu": time.process_time() - used}
    if check.problems:
        raise RuntimeError("\n".join(check.problems))
    flipped, commits = False, 0

    def see(number: int, sql: str, after: bool) -> None:
        nonlocal flipped, commits
        if not after:
            flipped = flipped or sql.startswith('UPDATE "channels_pointer"')
            commits += flipped and sql == COMMIT

    items = items_of(found)
    start = time.perf_counter()
    with Statements(see):
        publish(items=items, actor=actor)
    published = time.perf_counter() - start
    return told | {"items": len(items), "published": published, "commits": commits}


def _articles() -> list[int]:
    """Articles whose Chinese text can be reviewed, so that each has every page."""
    texts = ArticleText.objects.filter(locale="zh-hans", state=State.IN_REVIEW)
    return list(Article.objects.filter(texts__in=texts).order_by("pk").values_list("pk", flat=True))


def main(arguments: list[str]) -> None:
    match arguments:
        case ["fill", articles, revisions]:
            fill(int(articles), int(revisions))
        case ["pages", *rounds]:
            print(json.dumps(pages(*map(int, rounds))))
        case ["release"]:
            print(json.dumps(release()))
    connection.close()
