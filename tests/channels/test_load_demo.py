"""The demo company: whole, published, idempotent, and with sign-ins only in the demo."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from articles.locales import locales
from articles.models import ArticleText
from articles.workflow import State
from channels.demo import content, people
from channels.models import ApiKey, Edition, Entry, UpdateRequest, Vote
from tests.demo import DEMO, SAID
from tests.importing.folder import all_counts
from tests.server import QUICK, Installation, installation

Load = Callable[..., str]


@pytest.fixture
def load(settings: Settings, tmp_path: Path) -> Load:
    settings.DEMO = True
    settings.HOME = tmp_path

    def run(*arguments: str) -> str:
        out = io.StringIO()
        call_command("load_demo", *arguments, stdout=out, stderr=out)
        return out.getvalue()

    return run


@pytest.fixture
def loaded(
    load: Load, settings: Settings, django_db_blocker: DjangoDbBlocker
) -> Iterator[Installation]:
    """An installation in which the demo was loaded once; Django looks into it for the moment."""
    with installation(QUICK, content=DEMO) as hub, django_db_blocker.unblock():
        settings.HOME = hub.home
        settings.MEDIA_ROOT = hub.home / "media"
        usual = connection.settings_dict["NAME"]
        look_into(hub.database)
        try:
            yield hub
        finally:
            look_into(usual)


def look_into(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database
    ContentType.objects.clear_cache()


def test_the_demo_is_one_edition_in_all_locales_and_a_second_load_changes_nothing(
    loaded: Installation, load: Load, client: Client
) -> None:
    assert Edition.objects.get().note == "The demo company"
    assert not ArticleText.objects.exclude(state=State.PUBLISHED).exists()
    for locale in locales():
        entries = Entry.objects.live().filter(locale=locale)
        for kind in ("product", "sales", "support"):
            assert entries.filter(kind=kind).count() >= 8

    sign_ins = loaded.home / people.SIGN_INS
    assert stat.S_IMODE(sign_ins.stat().st_mode) == 0o600
    key = ApiKey.objects.get()
    secret = sign_ins.read_text().split()[-1]
    assert secret in (loaded.home / SAID).read_text()
    assert secret.startswith(f"kh_{key.prefix}_")
    assert client.login(username="agnes", password="demo-agnes")
    assert User.objects.get(username="paula").has_perm("channels.publish_edition")
    assert not User.objects.get(username="agnes").is_staff

    assert set(UpdateRequest.objects.values_list("state", flat=True)) >= {
        "open",
        "planned",
        "in_work",
        "declined",
    }
    assert Vote.objects.count() == sum(UpdateRequest.objects.values_list("votes_count", flat=True))

    before = all_counts()
    assert secret not in load()
    assert load("--if-empty") == ""
    assert all_counts() == before
    assert secret in sign_ins.read_text()


@pytest.mark.django_db
def test_outside_the_demo_nobody_gets_a_known_password(
    load: Load, settings: Settings, tmp_path: Path
) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="only in the demo"):
        load()
    assert not User.objects.exists()
    assert not ApiKey.objects.exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_nobody_has_a_known_password_before_the_home_is_marked_as_the_demos(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(secret: str) -> Path:
        raise OSError("No space left on device")

    monkeypatch.setattr(people, "write_sign_ins", full_disk)
    with pytest.raises(OSError, match="No space"):
        load()
    assert not User.objects.filter(username="admin").exists()


@pytest.mark.django_db
def test_content_alone_brings_no_people(
    load: Load, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = False
    small = tmp_path / "demo"
    small.mkdir()
    (small / "topics.yaml").write_text("[{slug: sim, names: {en: SIM}}]")
    (small / "snippets.yaml").write_text("company.name: {kind: text, value: Tidewave}")
    (small / "requests.yaml").write_text("[]")
    (small / "sim.md").write_text("# SIM\n\nOf {{ company.name }}.\n")
    monkeypatch.setattr(content, "FOLDER", small)
    load("--without-people")
    assert set(User.objects.values_list("username", flat=True)) == {"system"}
    assert not ApiKey.objects.exists()
    assert Edition.objects.count() == 1
