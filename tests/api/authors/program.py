"""A program that writes through the API, in as few words as a test can be read in."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from articles.operations.audit import system_user
from channels.models.api_key import Scope
from channels.operations.api_keys import create_api_key


class Program:
    """Calls the API with a key that acts for `person`."""

    def __init__(self, person: User | None = None, *, secret: str = "") -> None:
        self.secret = secret or key_for(person)
        self.client = Client(headers={"Authorization": f"Api-Key {self.secret}"})

    def get(self, path: str) -> HttpResponse:
        return self.client.get(address(path))

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        based: int | str | None = None,
        key: str = "",
        **headers: str,
    ) -> HttpResponse:
        """Send JSON; `based` is what If-Match says, 0 that there is nothing yet."""
        if based == 0:
            headers["If-None-Match"] = "*"
        elif based is not None:
            headers["If-Match"] = f'"{based}"'
        if key:
            headers["Idempotency-Key"] = key
        data = b"" if body is None else json.dumps(body)
        return self.client.generic(
            method,
            address(path),
            data,
            content_type="application/json" if body is not None else "",
            headers=headers,
        )

    def post(self, path: str, body: Any = None, **how: Any) -> HttpResponse:
        return self.send("POST", path, body, **how)

    def put(self, path: str, body: Any = None, **how: Any) -> HttpResponse:
        return self.send("PUT", path, body, **how)

    def patch(self, path: str, body: Any = None, **how: Any) -> HttpResponse:
        return self.send("PATCH", path, body, **how)

    def article(self, **body: Any) -> str:
        """Make an article; return its id."""
        made = self.post("drafts/", {"kind": "support", **body})
        assert made.status_code == 201, made.content
        return str(made.json()["id"])

    def text(self, id: str, title: str = "Roaming", *, based: int = 0, **body: Any) -> HttpResponse:
        content = {"title": title, "body": "Words.\n", **body}
        return self.put(f"drafts/{id}/en/", content, based=based)


def address(path: str) -> str:
    return path if path.startswith("/") else f"/api/v1/{path}"


def key_for(person: User | None) -> str:
    _, secret = create_api_key(
        actor=system_user(),
        name="a program",
        audience="agent",
        scopes=[Scope.WRITE],
        person=person,
    )
    return secret
