"""Programs that act for people in their roles."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.api.authors.program import Program


@pytest.fixture
def writer(author: User) -> Program:
    return Program(author)


@pytest.fixture
def approver(reviewer: User) -> Program:
    return Program(reviewer)


@pytest.fixture
def teller(publisher: User) -> Program:
    return Program(publisher)
