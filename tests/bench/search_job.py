"""Measures an installation that `search_fill` filled, in this process; prints what came, as JSON.

python -m tests.job tests.bench.search_job index
python -m tests.job tests.bench.search_job ask ARTICLES QUESTIONS
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels.search.indexing import rebuild_index
from tests.bench.report import percentile
from tests.bench.search_words import CHINESE, ENGLISH, asked, vocabulary, written

SEARCH, SUGGESTIONS = "/api/v1/search/?", "/api/v1/search/suggest/?"
WORDS = (1, 2, 4, 10)
BAD = {
    "10,000 characters": "broken " * 1428,
    "300 characters, as many as the API takes": ("how do I activate the card " * 12)[:300],
    "400 Han characters": "如何激活我的电子卡并保留号码" * 28,
    "punctuation alone": "?!*.,;:()[]{}\"'\\/|" * 16,
    "a word that nobody says": "qxzvwkjhqp",
    "ten words that nobody says": "qxzvw wqpzk zzkqw kjqwx vbqxz wzkqj qqzxk jjkzq kzxqw xqjvz",
}
FIFTY = urlencode([("kind", "support"), *((f"facet{n}", str(n)) for n in range(49))])

Times = dict[str, float]


def index() -> dict[str, float]:
    """Make the index anew; return what it took."""
    start, cpu = time.monotonic(), time.process_time()
    rebuild_index()
    seconds, cpu = time.monotonic() - start, time.process_time() - cpu
    folder = Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    documents = json.loads((folder / "state.json").read_bytes())["documents"]
    return {
        "documents": documents,
        "seconds": seconds,
        "cpu": cpu,
        "bytes": size,
        "memory": memory("VmHWM"),
    }


def ask(articles: int, count: int) -> dict[str, object]:
    """Ask `count` questions of each length and language, beginnings and nonsense; return the times
    of each kind."""
    client = Client(headers={"host": "127.0.0.1"})

    def answered(query: str) -> int:
        return client.get(SEARCH + query).status_code

    def suggested(query: str) -> int:
        return client.get(SUGGESTIONS + query).status_code

    first = _timed(answered, [_query(asked(2, 0, articles, ENGLISH), ENGLISH)])
    for query in queries(articles, 4, ENGLISH, range(1_000_000, 1_000_010)):
        answered(query)
    found: dict[str, object] = {"first": first}
    found["questions"] = {
        f"{locale}, {length} word{'s' if length > 1 else ''}": _timed(
            answered, queries(articles, length, locale, range(count))
        )
        for locale in (ENGLISH, CHINESE)
        for length in WORDS
    }
    found["beginnings"] = {
        locale: _begun(suggested, articles, locale, 2 * count) for locale in (ENGLISH, CHINESE)
    }
    bad = {name: _query(text, ENGLISH if text.isascii() else CHINESE) for name, text in BAD.items()}
    bad["50 facets"] = f"{_query('card', ENGLISH)}&{FIFTY}"
    found["bad"] = {name: _timed(answered, [query] * 3) for name, query in bad.items()}
    with CaptureQueriesContext(connection) as seen:
        answered(_query(asked(4, 7, articles, ENGLISH), ENGLISH))
    return found | {"statements": len(seen), "memory": memory("RssAnon")}


def queries(articles: int, count: int, locale: str, numbers: range) -> Iterator[str]:
    """Yield the query strings of questions of `count` words."""
    for number in numbers:
        yield _query(asked(count, number, articles, locale), locale)


def memory(kind: str) -> int:
    """Bytes of this process' memory: `RssAnon` is its own now, `VmHWM` the most it had."""
    status = Path("/proc/self/status")
    found = re.search(rf"{kind}:\s+(\d+) kB", status.read_text() if status.exists() else "")
    return int(found[1]) * 1024 if found else 0


def _query(text: str, locale: str) -> str:
    return urlencode({"q": text, "locale": locale})


def _begun(answered: Callable[[str], int], articles: int, locale: str, count: int) -> Times:
    """Ask for what begins like half a title, or like the first letters of a word."""

    def beginning(number: int) -> str:
        if number % 2:
            title = written(number * 37 % articles, locale).title
            return title[: max(2, len(title) * (number % 7 + 1) // 9)]
        return vocabulary(locale).words[number * 11][: number % 3 + 1]

    return _timed(answered, [_query(beginning(number), locale) for number in range(count)])


def _timed(asked_for: Callable[[str], object], texts: Iterator[str] | list[str]) -> Times:
    took, cpu, answers = [], [], set()
    for text in texts:
        start, begun = time.perf_counter(), time.process_time()
        answer = asked_for(text)
        took.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - begun) * 1000)
        answers.add(answer if isinstance(answer, int) else 200)
    return {
        "p50": percentile(took, 0.5),
        "p99": percentile(took, 0.99),
        "cpu": percentile(cpu, 0.5),
        "cpu99": percentile(cpu, 0.99),
        "status": max(answers),
    }


def main(arguments: list[str]) -> None:
    match arguments:
        case ["index"]:
            print(json.dumps(index()))
        case ["ask", articles, count]:
            print(json.dumps(ask(int(articles), int(count))))
    connection.close()
