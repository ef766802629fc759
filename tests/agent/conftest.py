"""A browser in which an agent is signed in, and what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from lxml import html


class Page:
    """One answer of the agent's pages."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        self.status = HTTPStatus(response.status_code)
        self.tree = html.document_fromstring(response.content.decode())

    @property
    def text(self) -> str:
        return " ".join(self.tree.text_content().split())

    def titles(self) -> list[str]:
        """The titles in the list on the left."""
        found = self.tree.xpath("//ol[@class='lines']//*[@class='line-title']/text()[1]")
        return [str(title).strip() for title in found]

    def links(self) -> list[str]:
        return [str(link) for link in self.tree.xpath("//a/@href")]


class Desk:
    """An agent at work."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def open(self, address: str, **headers: str) -> Page:
        return Page(self.client.get(address, headers=headers))

    def post(self, address: str, **fields: str) -> Page:
        return Page(self.client.post(address, fields, follow=True))


@pytest.fixture(autouse=True)
def nobody_has_written_yet() -> Iterator[None]:
    """The throttle counts in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def desk(client: Client, agent: User) -> Desk:
    client.force_login(agent)
    return Desk(client)
