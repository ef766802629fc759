"""Stored bytes of many entries at once, each as its reader gets it."""

from __future__ import annotations

import pytest

from channels.delivery.bodies import bodies
from channels.models import Entry
from tests.building import published

pytestmark = pytest.mark.django_db


def test_each_reader_gets_the_rendering_that_was_made_for_them() -> None:
    published("Roaming", "For all.\n\n::: partner\nFor shops.\n:::\n\n::: agent\nFor us.\n:::\n")
    entry = Entry.objects.get().pk
    for rank, heard in ((0, 1), (1, 1), (2, 2), (3, 3)):
        body = bodies([entry], format="text", rank=rank)[entry].decode()
        assert ["For all." in body, "For shops." in body, "For us." in body].count(True) == heard
