"""What the demo company lacks: something that waits to be published, and everybody signed in."""

from __future__ import annotations

import io
import json

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from channels.demo.people import PEOPLE
from tests.building import snippet, write, write_approved

WAITING = "Bring your own router"


def prepare() -> None:
    write_approved(WAITING, "It costs {{ price.router }} to borrow one of ours.")
    write("Rent a phone", "Not reviewed yet.")
    snippet("price.express-delivery", "money", {"amount": "6.49", "currency": "GBP"})
    call_command("rebuild_search", stdout=io.StringIO())


def session(username: str) -> str:
    """Return what a browser that this person has signed in with keeps in its cookie."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.cookies["sessionid"].value


def main(arguments: list[str]) -> None:
    """Print each person's session as JSON."""
    prepare()
    print(json.dumps({person.username: session(person.username) for person in PEOPLE}))
