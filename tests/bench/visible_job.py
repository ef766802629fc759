"""Publishes, and asks a channel at once until it tells the new edition."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any
from urllib.parse import urlsplit

from articles.operations.audit import system_user
from channels.operations.publishing import publish
from tests.consistency.content import write_state
from tests.consistency.reading import Question, questions

ARTICLE = "told-1"


def one_of_each(way_in: dict[str, str]) -> dict[str, Question]:
    """The first address of each channel that tells the article."""
    found: dict[str, Question] = {}
    for question in questions(way_in):
        if question.article == ARTICLE or question.channel == "feed":
            found.setdefault(question.channel, question)
    return found


def visible(connection: http.client.HTTPConnection, question: Question, edition: int) -> int:
    """Ask until the edition is told; return how many answers still told the former one."""
    former = 0
    while True:
        connection.request("GET", question.url, headers=question.headers)
        response = connection.getresponse()
        response.read()
        if int(response.headers["Knowledge-Edition"]) >= edition:
            return former
        former += 1


def main(arguments: list[str]) -> None:
    address, way_in, publishes = arguments
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    actor, state = system_user(), 0
    result: dict[str, Any] = {}
    for channel, question in one_of_each(json.loads(way_in)).items():
        waited, former = [], 0
        visible(connection, question, 1)
        for _ in range(int(publishes)):
            state += 1
            items = write_state([ARTICLE], state)
            edition = publish(items=items, actor=actor)
            start = time.monotonic()
            former += visible(connection, question, edition.number)
            waited.append((time.monotonic() - start) * 1000)
        result[channel] = {"ms": waited, "former": former}
    print(json.dumps(result))
