"""One of the readers who ask a server, and the writer who publishes an article a second.

python -m tests.job tests.bench.search_load write ADDRESS SECONDS
python -m tests.job tests.bench.search_load read ADDRESS SECONDS ARTICLES NUMBER PAUSE
"""

from __future__ import annotations

import http.client
import json
import random
import time
from urllib.parse import urlencode, urlsplit

from articles.operations.audit import system_user
from channels.operations.publishing import publish
from tests.bench.search_job import SEARCH, WORDS, queries
from tests.bench.search_words import CHINESE, ENGLISH
from tests.bench.together import begin_when_told
from tests.building import write_approved

LONGEST = 30.0  # seconds until a published article counts as never found
LOOKS = 0.05  # seconds between two looks for it


def read(address: str, seconds: int, articles: int, number: int, pause: float) -> list[float]:
    """Return the milliseconds that each answer took, the first ones left out."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    chance, waited = random.Random(number), []
    asked = [
        query
        for locale in (ENGLISH, CHINESE)
        for count in WORDS
        for query in queries(articles, count, locale, range(number * 1000, number * 1000 + 100))
    ]
    chance.shuffle(asked)
    deadline = begin_when_told() + seconds
    while (start := time.monotonic()) < deadline:
        connection.request("GET", SEARCH + asked[len(waited) % len(asked)])
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"The server answered {response.status}")
        waited.append((time.monotonic() - start) * 1000)
        time.sleep(pause)
    return waited[5:]


def write(address: str, seconds: int) -> list[float]:
    """Publish an article each second and ask for it; return the milliseconds until it is found."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    actor, waited, number = system_user(), [], int(time.time())
    deadline = begin_when_told() + seconds
    while (begun := time.monotonic()) < deadline:
        number += 1
        code = f"NEW-{number}"
        publish(items=[write_approved(f"What is {code}", f"{code} is new.")], actor=actor)
        start = time.monotonic()
        while not _is_found(connection, code):
            if time.monotonic() - start > LONGEST:
                raise RuntimeError(f"{code} is not found.")
            time.sleep(LOOKS)
        waited.append((time.monotonic() - start) * 1000)
        time.sleep(max(0.0, begun + 1 - time.monotonic()))
    return waited


def _is_found(connection: http.client.HTTPConnection, code: str) -> bool:
    connection.request("GET", SEARCH + urlencode({"q": code, "locale": ENGLISH, "limit": 1}))
    results = json.loads(connection.getresponse().read())["results"]
    return any(code in one["title"] for one in results)


def main(arguments: list[str]) -> None:
    match arguments:
        case ["read", address, seconds, articles, number, pause]:
            found = read(address, int(seconds), int(articles), int(number), float(pause))
        case ["write", address, seconds]:
            found = write(address, int(seconds))
    print(json.dumps(found))
