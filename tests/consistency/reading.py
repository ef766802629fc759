"""A reader in a process of its own: it goes round all channels over HTTP and writes down what it
was told, until it is ended. It knows no Django and no database.

    python -m tests.consistency.reading LOG SEED ADDRESS WAY_IN
"""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from tests.consistency import records
from tests.consistency.marks import ARTICLES, CANARY, SECRET_ARTICLE, states_in
from tests.consistency.records import Read

PUBLIC, PARTNER, AGENT = 0, 2, 3  # ranks of audiences
_FRAGMENT = re.compile(rb'<article class="kh-article".*?</article>\n', re.DOTALL)
_IN_HTML = re.compile(rb'data-article="([^"]+)" data-digest="([0-9a-f]{64})"')
_IN_LISTS = re.compile(rb'"id":"([^"]+)".*?"digest":"([0-9a-f]{64})"')
_IN_JSON_FEED = re.compile(  # what was removed has an id, too, but no address
    rb'"id": "urn:knowledge-hub:(told-[0-9]):en",\s*"url".*?"digest": "([0-9a-f]{64})"', re.DOTALL
)
_IN_ATOM = re.compile(
    rb"<id>urn:knowledge-hub:(told-[0-9]):en</id>.*?:digest>([0-9a-f]{64})<", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Question:
    """An address, and what of a stored rendering its answer must hold unchanged."""

    channel: str
    url: str
    rank: int = PUBLIC
    article: str = ""
    format: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    digests: re.Pattern[bytes] | None = None


def questions(way_in: dict[str, str]) -> list[Question]:
    """Return all that a reader asks, again and again."""
    agent = {"Cookie": f"sessionid={way_in['session']}"}
    partner = {"Authorization": f"Api-Key {way_in['key']}"}
    asked = [
        Question("website", "/en/topics/told/"),
        Question("website", "/en/"),
        Question("phone", "/ivr/en/topics/told/"),
        Question("feed", "/feeds/en/atom.xml", PARTNER, headers=partner, digests=_IN_ATOM),
        Question("feed", "/feeds/en/feed.json", PARTNER, headers=partner, digests=_IN_JSON_FEED),
        Question("api", "/api/v1/articles/", digests=_IN_LISTS),
        Question("api", "/api/v1/changes/?since=0", digests=_IN_LISTS),
        Question("agent", "/agent/", AGENT, headers=agent),
    ]
    for article in ARTICLES:
        asked.append(
            Question(
                "agent",
                f"/agent/articles/{article}/",
                AGENT,
                article,
                headers=agent,
                digests=_IN_HTML,
            )
        )
        if article != SECRET_ARTICLE:
            asked += _public(article)
    return asked


def _public(article: str) -> list[Question]:
    page = f"/en/articles/about-{article}/"
    found = [
        Question("website", page, article=article, format="html", digests=_IN_HTML),
        Question("phone", f"/ivr/en/articles/{article}/", article=article),
    ]
    for name, stored in (("html", "html"), ("json", "document"), ("text", "text")):
        address = f"/api/v1/articles/{article}/?format={name}"
        found.append(Question("api", address, article=article, format=stored))
    return found


class Reader:
    def __init__(self, log: TextIO, address: str, seed: int) -> None:
        self.log = log
        self.random = random.Random(seed)
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        self.etags: dict[str, str] = {}
        self.edition = 0

    def ask(self, question: Question) -> None:
        """Ask, now and then with what is known already, or for an edition of the past."""
        url, headers, pinned = question.url, dict(question.headers), False
        dice = self.random.random()
        if question.channel == "api" and question.article and dice < 0.2 and self.edition:
            url += f"&edition={self.random.randint(max(1, self.edition - 20), self.edition)}"
            pinned = True
        elif dice < 0.6 and url in self.etags:
            headers["If-None-Match"] = self.etags[url]
        start = time.monotonic()
        self.connection.request("GET", url, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        end = time.monotonic()
        records.write(
            self.log, told(question, url, response, body, start=start, end=end, pinned=pinned)
        )
        if not pinned:
            self.edition = max(self.edition, int(response.headers.get("Knowledge-Edition", 0)))
            self.etags[url] = response.headers.get("ETag", "")


def told(
    question: Question,
    url: str,
    response: http.client.HTTPResponse,
    body: bytes,
    *,
    start: float,
    end: float,
    pinned: bool,
) -> Read:
    """Return what an answer says of itself, and what is found in it."""
    known = response.status == http.HTTPStatus.NOT_MODIFIED
    states, torn = states_in(body)
    found = {} if question.digests is None else _digests(question.digests, body)
    return Read(
        start=start,
        end=end,
        channel=question.channel,
        url=url,
        status=response.status,
        edition=int(response.headers.get("Knowledge-Edition", 0)),
        rank=question.rank,
        sha256=hashlib.sha256(body).hexdigest(),
        pinned=pinned,
        article=question.article,
        digest=response.headers.get("Knowledge-Digest", ""),
        format="" if known and question.channel != "api" else question.format,
        stored=_stored(question, response, body) if question.format else "",
        states=states,
        torn=torn,
        digests=found,
        canary=CANARY.encode() in body or CANARY in str(response.headers),
    )


def _digests(pattern: re.Pattern[bytes], body: bytes) -> dict[str, str]:
    return {article.decode(): digest.decode() for article, digest in pattern.findall(body)}


def _stored(question: Question, response: http.client.HTTPResponse, body: bytes) -> str:
    """The SHA-256 of the stored bytes in a body; an API's 304 names it in the ETag."""
    if question.channel == "api":
        if response.status == http.HTTPStatus.NOT_MODIFIED:
            return str(response.headers.get("ETag", "")).strip('"')
        return hashlib.sha256(body).hexdigest()
    fragment = _FRAGMENT.search(body)
    return hashlib.sha256(fragment[0]).hexdigest() if fragment else ""


def main(arguments: list[str]) -> None:
    path, seed, address, way_in = arguments
    asked = questions(json.loads(way_in))
    with Path(path).open("w", buffering=1) as log:  # Line by line: it is ended by a signal.
        reader = Reader(log, address, int(seed))
        while True:
            reader.ask(reader.random.choice(asked))


if __name__ == "__main__":
    main(sys.argv[1:])
