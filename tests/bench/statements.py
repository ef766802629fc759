"""Counts the SQL statements behind an answer."""

from __future__ import annotations

import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

COUNTED = {
    "one article, html": "/api/v1/articles/measured/?format=html",
    "one article, JSON": "/api/v1/articles/measured/",
    "a list of 5": "/api/v1/articles/?limit=5",
    "a list of 20": "/api/v1/articles/?limit=20",
    "a topic's page on the website": "/en/topics/measured/",
}


def main(arguments: list[str]) -> None:
    """Print them as JSON."""
    client = Client(headers={"Host": "localhost"})
    counts = {}
    for name, address in COUNTED.items():
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            status = client.get(address).status_code
        if status != 200:
            raise RuntimeError(f"{address} answered {status}")
        counts[name] = len(seen)
    print(json.dumps(counts))
