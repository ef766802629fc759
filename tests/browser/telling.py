"""What four channels tell about one article, asked over HTTP as each channel's programs do."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from playwright.sync_api import APIResponse

from tests.browser.visitors import Visitors

ATOM = {"atom": "http://www.w3.org/2005/Atom", "kh": "urn:knowledge-hub:feed"}


@dataclass(frozen=True, slots=True)
class Telling:
    edition: str
    digest: str
    text: str


def tellings(visitors: Visitors, *, public_id: str, slug: str) -> dict[str, Telling]:
    """Return what each channel says now, by channel."""
    anybody, agent = visitors.program(), visitors.program("agnes")
    key = {"Authorization": f"Bearer {visitors.hub.partner_key}"}
    return {
        "website": _of_page(anybody.get(f"/en/articles/{slug}/")),
        "phone": _of_page(anybody.get(f"/ivr/en/articles/{public_id}/")),
        "agent": _of_page(agent.get(f"/agent/articles/{public_id}/")),
        "feed": _of_feed(anybody.get("/feeds/en/atom.xml", headers=key), public_id),
    }


def _of_page(answer: APIResponse) -> Telling:
    assert answer.ok, answer
    headers = answer.headers
    return Telling(headers["knowledge-edition"], headers["knowledge-digest"], answer.text())


def _of_feed(answer: APIResponse, public_id: str) -> Telling:
    assert answer.ok, answer
    feed = etree.fromstring(answer.body())
    (entry,) = feed.xpath(
        "atom:entry[contains(atom:id, $id)]", namespaces=ATOM, id=f":{public_id}:"
    )
    return Telling(
        answer.headers["knowledge-edition"],
        entry.findtext("kh:digest", namespaces=ATOM),
        entry.findtext("atom:content", namespaces=ATOM),
    )
