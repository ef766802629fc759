"""People of each role at the editors' desk."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.desk import Desk


def _desk(user: User) -> Desk:
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    client = Client()
    client.force_login(user)
    return Desk(client, user)


@pytest.fixture
def author_desk(author: User) -> Desk:
    return _desk(author)


@pytest.fixture
def reviewer_desk(reviewer: User) -> Desk:
    return _desk(reviewer)


@pytest.fixture
def publisher_desk(publisher: User) -> Desk:
    return _desk(publisher)


@pytest.fixture
def administrator_desk(administrator: User) -> Desk:
    return _desk(administrator)
