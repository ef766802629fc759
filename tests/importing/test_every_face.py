"""A command's manual, written as npm's is, imported and published: all faces tell all of it.

The pages in `manual` hold what such manuals are made of: front matter with a section, headings
that begin at the third level, nested lists, comments, code, tables, placeholders, raw HTML, and
links by path, by address, by reference and to headings.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from lxml import etree, html

from articles.operations.audit import system_user
from channels.envelopes import agent_card, atom, voicexml
from channels.models import Entry
from channels.operations.api_keys import create_api_key
from channels.registry import FORMATS
from tests.importing.folder import Folder, Said

pytestmark = pytest.mark.django_db

SITE = "http://testserver/"
ATOM = {"atom": "http://www.w3.org/2005/Atom", "kh": "urn:knowledge-hub:feed"}
# The links of each page by their words: the title, and the heading if one is meant, of what they
# lead to. `folders.md#boxes` is an anchor outside of a heading: the link leads to the page's top.
LINKS = {
    "box-json": {
        "lock": ("box.json", "lock"),
        "bin": ("box.json", "directories.bin"),
        "scope": ("Scope", ""),
    },
    "crate-audit": {
        "uninstall": ("crate-install", "Description"),
        "crate install": ("crate-install", ""),
        "box.json": ("box.json", "directories.bin"),
    },
    "crate-install": {
        "boxes folder": ("Folders", ""),
        "lock file": ("box.json", "lock"),
        "box.json": ("box.json", ""),
        "the folders": ("Folders", ""),
        "crate audit": ("crate-audit", ""),
        "scope": ("Scope", ""),
    },
    "folders": {
        "crate install": ("crate-install", ""),
        "there": ("crate-install", "Description"),
        "in a circle": ("Folders", "Cycles and conflicts"),
    },
    "scope": {
        "scope": ("Scope", "Installing boxes of a scope"),
        "installing": ("crate-install", ""),
    },
}


@pytest.fixture
def said() -> Said:
    return Folder(Path(__file__).parent / "manual").load("--publish")


@pytest.fixture
def at_the_desk(agent: User) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def article_of(page: bytes) -> bytes:
    """Return the article in a page, as it is stored."""
    end = b"</article>\n"
    return page[page.index(b"<article") : page.index(end) + len(end)]


def atom_feed() -> bytes:
    _, secret = create_api_key(actor=system_user(), name="Shop", audience="partner")
    response = Client(headers={"Authorization": f"Bearer {secret}"}).get("/feeds/en/atom.xml")
    assert response.status_code == 200
    content: bytes = response.content
    return content


class Told(NamedTuple):
    """What a face says of one text."""

    edition: str
    digest: str
    words: list[str]


def told(response: HttpResponse, words: Callable[[bytes], list[str]]) -> Told:
    assert response.status_code == 200, response.request["PATH_INFO"]
    headers = response.headers
    return Told(headers["Knowledge-Edition"], headers["Knowledge-Digest"], words(response.content))


def told_in(feed: bytes) -> dict[str, Told]:
    """Return what a feed says, by public id."""
    entries = etree.fromstring(feed).xpath("atom:entry", namespaces=ATOM)
    return {
        entry.findtext("atom:id", namespaces=ATOM).split(":")[2]: Told(
            entry.findtext("kh:edition", namespaces=ATOM),
            entry.findtext("kh:digest", namespaces=ATOM),
            words,
        )
        for entry, words in zip(entries, atom.content_words(feed), strict=True)
    }


def test_every_page_is_told_by_every_face_in_the_same_words_of_the_same_edition(
    said: Said, client: Client, at_the_desk: Client
) -> None:
    assert not said.failed, said.err
    assert "5 published in edition 1" in said.counts
    entries = {entry.slug: entry for entry in Entry.objects.live()}
    assert entries.keys() == LINKS.keys()
    feed = told_in(atom_feed())
    for slug, entry in entries.items():
        own = entry.public_id
        heard = {
            "website": told(
                client.get(f"/en/articles/{slug}/"),
                lambda page: FORMATS["html"].words(article_of(page)),
            ),
            "IVR": told(client.get(f"/ivr/en/articles/{own}/"), voicexml.spoken_words),
            "agent": told(
                at_the_desk.get(f"/agent/articles/{own}/?locale=en"),
                lambda page: agent_card.words(article_of(page)),
            ),
            "feed": feed[own],
        }
        api = told(client.get(f"/api/v1/articles/{own}/?format=json"), FORMATS["document"].words)
        assert (api.edition, api.digest) == ("1", entry.content_digest), slug
        for face, said_there in heard.items():
            assert said_there == api, (slug, face)


def links_in(tree: html.HtmlElement, page: str) -> dict[str, str]:
    """Return where the links of a page lead on our site, by their words."""
    found = {link.text_content(): urljoin(page, link.get("href")) for link in tree.iter("a")}
    return {words: address for words, address in found.items() if address.startswith(SITE)}


class Site:
    """The pages that somebody can open."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.opened: dict[str, html.HtmlElement] = {}

    def open(self, address: str) -> html.HtmlElement:
        """Return the article at an address."""
        if address not in self.opened:
            page = self.client.get(address, follow=True)
            assert page.status_code == 200, address
            self.opened[address] = html.document_fromstring(article_of(page.content).decode())
        return self.opened[address]

    def leads_to(self, address: str) -> tuple[str, str]:
        """Return the title, and the heading if one is meant, of what a link leads to."""
        address, heading = urldefrag(address)
        article = self.open(address)
        title = article.xpath("string(//h1)")
        return title, article.get_element_by_id(heading).text_content() if heading else ""


def test_every_link_of_a_page_leads_to_its_page_and_heading(
    said: Said, client: Client, at_the_desk: Client
) -> None:
    website, desk = Site(client), Site(at_the_desk)
    contents = etree.fromstring(atom_feed()).xpath("atom:entry/atom:content", namespaces=ATOM)
    in_feed = {
        tree.xpath("string(//h1)"): tree
        for tree in (html.document_fromstring(content.text) for content in contents)
    }
    for entry in Entry.objects.live():
        public = f"{SITE}en/articles/{entry.slug}/"
        private = f"{SITE}agent/articles/{entry.public_id}/?locale=en"
        for face, site, page, tree in (
            ("website", website, public, website.open(public)),
            ("feed", website, public, in_feed[entry.title]),
            ("agent", desk, private, desk.open(private)),
        ):
            links = links_in(tree, page)
            found = {words: site.leads_to(address) for words, address in links.items()}
            assert found == LINKS[entry.slug], (entry.slug, face)


def test_what_such_a_manual_is_made_of_stays_what_it_is(said: Said, client: Client) -> None:
    website = Site(client)
    install, audit, folders, box = (
        website.open(f"{SITE}en/articles/{slug}/")
        for slug in ("crate-install", "crate-audit", "folders", "box-json")
    )

    steps = install.xpath("//ol[not(ancestor::ol)]/li")
    assert [len(step.xpath("./ol/li")) for step in steps] == [2, 0, 0]
    assert steps[0].xpath("string(./ol/li[2]/ul/li)") == "A <tag> stands for a version."
    assert steps[1].xpath("string(.//pre)").strip() == "crate fetch --all"
    for comment in ("AUTOGENERATED", "automatically", "definitions"):
        assert comment not in install.text_content(), comment
    assert "Install a box and all that it needs" in install.text_content()
    headings = [(heading.tag, heading.text_content()) for heading in install.xpath("//h2|//h3")]
    assert headings == [
        ("h2", "Synopsis"),
        ("h2", "Description"),
        ("h2", "Configuration"),
        ("h3", "save"),
        ("h3", "strict-shelf"),
        ("h2", "See Also"),
    ]

    rows = [[cell.text_content() for cell in row.xpath("th|td")] for row in audit.iter("tr")]
    assert rows == [
        ["Level", "What it means", "Exit code"],
        ["low", "Look at it one day", "0"],
        ["high", "Look at it today", "1"],
        ["critical", "Stop, then uninstall", "2"],
    ]
    assert '"seal": "{{ made by the shelf }}"' in audit.xpath("string(//ol//pre)")
    assert "<summary>How a report is made</summary>" in audit.text_content()

    assert "        `-- a   <-- not put here again" in folders.xpath("string(//pre)")
    assert "looks like @<owner>/<name>." in box.text_content()
