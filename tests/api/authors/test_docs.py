"""The examples of the authors' side in docs/api.md, one after the other, do what the page says."""

from __future__ import annotations

import re
import shlex

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from channels.models import Entry
from tests.api.authors.program import Program
from tests.building import published

pytestmark = pytest.mark.django_db

PAGE = (settings.BASE_DIR / "docs" / "api.md").read_text()
(BLOCK,) = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [
    line.strip() for line in BLOCK.replace("\\\n", " ").splitlines() if line.startswith("curl")
]


def run(command: str, secret: str) -> int:
    command = command.replace("$AUTHOR", f"Authorization: Api-Key {secret}")
    words = iter(shlex.split(command.replace("$KB", "/api/v1"), comments=True)[1:])
    method, headers, body, path = "GET", {}, "", ""
    for word in words:
        match word:
            case "-X":
                method = next(words)
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            case "-d":
                body = next(words)
            case _:
                path = word
    media_type = headers.get("Content-Type", "")
    response = Client(headers=headers).generic(method, path, body, media_type)
    return response.status_code


def test_every_example_is_answered_in_its_order(administrator: User) -> None:
    secret = Program(administrator).secret
    assert len(COMMANDS) > 12
    for command in COMMANDS:
        assert run(command, secret) in (200, 201), command
    assert Entry.objects.live().get().title == "Lost phone"


def test_everything_is_told_line_by_line_to_administrators(
    administrator: User, publisher: User
) -> None:
    article = published("Plans")
    refused = Program(publisher).get("export/")
    assert refused.status_code == 403
    response = Program(administrator).client.get(
        "/api/v1/export/", headers={"Accept": "application/x-ndjson"}
    )
    lines = b"".join(response.streaming_content).splitlines()  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/x-ndjson"
    assert [line for line in lines if article.public_id.encode() in line]
    assert all(line.startswith(b'{"type": "') for line in lines)
