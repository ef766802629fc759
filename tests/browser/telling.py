"""What four channels tell about one article, asked over HTTP as each channel's programs do."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree
from playwright.sync_api import APIResponse

from tests.browser.visitors import Visitors

ATOM = {"atom": "http://www.w3.org/2005/Atom", "kh": "urn:knowledge-hub:feed"}
MISSING = 404
PAUSE = 0.05  # seconds between two rounds of asking


@dataclass(frozen=True, slots=True)
class Telling:
    edition: str
    digest: str
    text: str


Channels = dict[str, Callable[[], Telling | None]]


def channels(visitors: Visitors, *, public_id: str, slug: str, locale: str = "en") -> Channels:
    """Return how each channel is asked about an article; what is not told there is None."""
    anybody, agent = visitors.program(), visitors.program("agnes")
    key = {"Authorization": f"Bearer {visitors.hub.partner_key}"}
    agents_page = f"/agent/articles/{public_id}/?locale={locale}"
    return {
        "website": lambda: _of_page(anybody.get(f"/{locale}/articles/{slug}/")),
        "phone": lambda: _of_page(anybody.get(f"/ivr/{locale}/articles/{public_id}/")),
        "agent": lambda: _of_page(agent.get(agents_page)),
        "feed": lambda: _of_feed(anybody.get(f"/feeds/{locale}/atom.xml", headers=key), public_id),
    }


def tellings(
    visitors: Visitors, *, public_id: str, slug: str, locale: str = "en"
) -> dict[str, Telling]:
    """Return what each channel says now, by channel."""
    asked = channels(visitors, public_id=public_id, slug=slug, locale=locale)
    told = {name: ask() for name, ask in asked.items()}
    assert all(told.values()), told
    return {name: telling for name, telling in told.items() if telling}


@dataclass(frozen=True, slots=True)
class Answer:
    at: datetime  # when it was there
    told: bool


def listen(asked: Channels, *, until: datetime) -> list[Answer]:
    """Ask all channels in turn, over and over, until all of them tell, or `until`; return what
    they answered, in the order they were asked."""
    heard: list[Answer] = []
    while True:
        for ask in asked.values():
            told = ask() is not None
            heard.append(Answer(datetime.now(UTC), told))
        if all(answer.told for answer in heard[-len(asked) :]) or heard[-1].at > until:
            return heard
        time.sleep(PAUSE)


def _of_page(answer: APIResponse) -> Telling | None:
    if answer.status == MISSING:
        return None
    assert answer.ok, answer
    headers = answer.headers
    return Telling(headers["knowledge-edition"], headers["knowledge-digest"], answer.text())


def _of_feed(answer: APIResponse, public_id: str) -> Telling | None:
    assert answer.ok, answer
    feed = etree.fromstring(answer.body())
    entries = feed.xpath("atom:entry[contains(atom:id, $id)]", namespaces=ATOM, id=f":{public_id}:")
    if not entries:
        return None
    (entry,) = entries
    return Telling(
        answer.headers["knowledge-edition"],
        entry.findtext("kh:digest", namespaces=ATOM),
        entry.findtext("atom:content", namespaces=ATOM),
    )
