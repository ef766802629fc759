"""The least that Django can do: a view that returns one row's bytes, and not one middleware.

This is a settings module and a URL configuration in one, so that nothing else is there.
"""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from knowledgehub.settings.demo import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.bench.bare"


def row(request: HttpRequest, sha256: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM channels_blob WHERE sha256 = %s", (sha256,))
        found = cursor.fetchone()
    return HttpResponse(bytes(found[0]) if found else b"", content_type="text/html; charset=utf-8")


urlpatterns = [re_path(r"^(.*)$", row)]
