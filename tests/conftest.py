"""Shared fixtures: people in their roles, and a database whose published rows can be emptied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation
from haystack import connections
from hypothesis import settings as hypothesis_settings

from articles.immutability import immutable_models, remove
from channels.search import recording
from tests.scheduling import SharedServers

# A deadline would fail where a machine is busy. Examples differ from run to run, everywhere.
hypothesis_settings.register_profile(
    "knowledgehub", deadline=None, derandomize=False, print_blob=True
)
hypothesis_settings.load_profile("knowledgehub")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharedServers:
    return SharedServers(config, log)


@pytest.fixture(autouse=True, scope="session")
def emptying_between_tests() -> Iterator[None]:
    """Transactional tests end with a flush, which the triggers of published rows forbid. They are
    taken off for it; the `post_migrate` that follows a flush puts them back."""
    execute = BaseDatabaseOperations.execute_sql_flush

    def flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        for model in immutable_models():
            remove(self.connection, model)
        execute(self, sql_list)

    patch = pytest.MonkeyPatch()
    patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush)
    yield
    patch.undo()


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A search index for this test alone."""
    home = tmp_path / "index"
    monkeypatch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", str(home))
    connections.reload("default")
    yield home
    monkeypatch.undo()
    connections.reload("default")


@pytest.fixture
def search_log(db: None) -> Iterator[Callable[[], int]]:
    """The search log, empty; called, it writes what was noted and returns how many rows."""
    recording.forget()
    yield recording.flush
    recording.forget()


@pytest.fixture(autouse=True)
def english() -> None:
    """A request leaves its language behind in the thread; each test starts in English."""
    translation.activate("en")


def person(username: str, role: str) -> User:
    user = User.objects.create_user(username, password="correct horse battery staple")
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def author(db: None) -> User:
    return person("ada", "author")


@pytest.fixture
def reviewer(db: None) -> User:
    return person("rosa", "reviewer")


@pytest.fixture
def publisher(db: None) -> User:
    return person("paul", "publisher")


@pytest.fixture
def administrator(db: None) -> User:
    return person("alma", "administrator")


@pytest.fixture
def agent(db: None) -> User:
    return person("ahmed", "agent")
