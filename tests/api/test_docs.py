"""The examples in docs/api.md do what the page says."""

from __future__ import annotations

import re
import shlex

import pytest
from django.conf import settings
from django.test import Client

from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.operations.outbox import drain
from channels.operations.requests import ask
from channels.voters import Voter
from tests.api.conftest import KeyMaker
from tests.building import publish_texts, published, write_approved

pytestmark = pytest.mark.django_db

PAGE = (settings.BASE_DIR / "docs" / "api.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [
    line.strip()
    for block in BLOCKS
    for line in block.replace("\\\n", " ").splitlines()
    if line.startswith("curl")
]


def run(command: str, key: str) -> int:
    """Do what curl would do with `command`; return the status."""
    words = shlex.split(command.replace("$KB", "/api/v1").replace("$KEY", key), comments=True)
    method, headers, body, path = "GET", {}, "", ""
    rest = iter(words[1:])
    for word in rest:
        match word:
            case "-X":
                method = next(rest)
            case "-H":
                name, _, value = next(rest).partition(": ")
                headers[name] = value.replace("…", "x")
            case "-d":
                body = next(rest)
            case "-i":
                pass
            case _:
                path = word
    client = Client(enforce_csrf_checks=True, headers=headers)
    return client.generic(method, path, body, headers.get("Content-Type", "")).status_code


def test_every_example_is_answered(key: KeyMaker, index: None) -> None:
    topic = save_topic(actor=system_user(), slug="plans", names={"en": "Plans"})
    article = published(topic=topic, public_id="zswd3v9c52vf")
    publish_texts(write_approved("啟用 eSIM", "打開設定。", article=article, locale="zh-hant"))
    voter = Voter.of("browser", "somebody")
    request = ask(voter=voter, locale="en", sentence="Say more.", origin="api", audience_rank=0)
    drain()
    assert len(COMMANDS) > 15
    secret = key("partner")
    for command in COMMANDS:
        command = command.replace("/requests/1/", f"/requests/{request.pk}/")
        assert run(command, secret) in (200, 201, 202), command


def test_the_page_shows_every_resource(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    for resource in {path.split("/")[3] for path in document["paths"]}:
        assert f"$KB/{resource}/" in PAGE
