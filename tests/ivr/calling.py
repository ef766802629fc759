"""A caller who hears a VoiceXML document, checks that it is one, and knows where its keys lead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.test import Client
from lxml import etree

from tests.services import missing

DTD = Path("/usr/share/xml/w3c-sgml-lib/schema/dtd/REC-voicexml21-20070619/vxml.dtd")
VXML = {"v": "http://www.w3.org/2001/vxml"}


@cache
def dtd() -> etree.DTD:
    if not DTD.exists():
        missing("w3c-sgml-lib")
    return etree.DTD(str(DTD))


@dataclass(frozen=True)
class Heard:
    url: str
    status: int
    headers: dict[str, str]
    document: etree._Element

    @property
    def words(self) -> str:
        """All that the prompts of dialogs say."""
        prompts = self.document.xpath("v:menu/v:prompt | v:form//v:prompt", namespaces=VXML)
        return " ".join(" ".join(prompt.itertext()) for prompt in prompts)

    def leads_to(self) -> list[str]:
        """The addresses of other documents."""
        found = self.document.xpath("//v:choice/@next | //v:goto/@next", namespaces=VXML)
        return [str(url) for url in found if not url.startswith("#")]

    def key(self, key: str, page: int = 1) -> str:
        """Where a key of a menu leads, "" if nowhere; `page` counts the document's menus."""
        found = self.document.xpath(
            "v:menu[$page]/v:choice[@dtmf=$key]/@next", namespaces=VXML, page=page, key=key
        )
        return str(found[0]) if found else ""


def call(client: Client, url: str) -> Heard:
    """Fetch a document and check what is true of all of them."""
    response = client.get(url)
    assert response.headers["Content-Type"] == "application/voicexml+xml", url
    document = etree.fromstring(response.content)
    assert dtd().validate(document), (url, dtd().error_log)
    heard = Heard(url, response.status_code, dict(response.headers), document)
    ours = [target for target in heard.leads_to() if target != settings.IVR_PERSON_URL]
    assert all(target.startswith("/ivr/") for target in ours), url
    return heard


def walk(client: Client, start: str) -> dict[str, Heard]:
    """Press every key that there is, until nothing new is heard."""
    waiting, heard = [start], {}
    while waiting:
        url = waiting.pop()
        if url not in heard:
            heard[url] = call(client, url)
            assert heard[url].status == HTTPStatus.OK, url
            waiting.extend(heard[url].leads_to())
    return heard
