"""What was told can be proved, and what was forged behind the triggers' back is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from articles.immutability import install, remove
from articles.operations.audit import system_user
from channels.models import Edition, Entry, Rendering
from channels.operations.candidate import PreparedEntry, manifest_digest
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from channels.operations.verifying import broken_bytes, broken_editions
from tests.building import publish_texts, published, snippet, write_approved

pytestmark = pytest.mark.django_db


def forge(model: type[models.Model], change: Callable[[], object]) -> None:
    remove(connection, model)
    change()
    install(connection, model)


def test_every_edition_can_be_proved_afterwards() -> None:
    snippet("name", "text", "Tidewave")
    article = published("First", "{{ name }}", summary="In short.", questions=["How?", "Why?"])
    published("Second")
    publish(items=[snippet("name", "text", "Tidewave Ltd")], actor=system_user())
    publish(items=[Retirement(article)], actor=system_user())
    go_back(number=2, actor=system_user())
    assert list(broken_editions()) == []
    assert list(broken_bytes()) == []


def test_an_edition_that_was_published_in_another_time_zone_can_be_proved() -> None:
    beijing = timezone(timedelta(hours=8))
    publish_texts(write_approved("One"), now=datetime(2025, 7, 2, 0, 30, tzinfo=beijing))
    assert list(broken_editions()) == []


@pytest.mark.parametrize("column", PreparedEntry.TOLD)
def test_whatever_an_entry_says_it_cannot_be_forged_unseen(column: str) -> None:
    published("First")
    published("Second", summary="In short.", questions=["How?"])
    entries = Entry.objects.filter(from_edition=2)
    said = entries.values_list(column, flat=True).get()
    others = {"questions": ["Forged?"], "products": ["Forged"], "audience_rank": 3}
    forged = others.get(column, f"{str(said)[1:]}x")

    forge(Entry, lambda: entries.update(**{column: forged}))

    assert {number for number, _ in broken_editions()} == {2}


def test_a_forged_digest_is_named() -> None:
    published("First")
    published("Second")
    forge(Entry, lambda: Entry.objects.filter(from_edition=2).update(entry_digest="0" * 64))
    assert {number for number, _ in broken_editions()} == {2}


def test_a_rendering_that_was_added_or_taken_away_is_named() -> None:
    published("First")
    published("Second")
    rows = Rendering.objects.filter(entry__from_edition=1, format="text")
    forge(Rendering, lambda: rows.update(audience_rank=2))
    assert {number for number, _ in broken_editions()} == {1}
    forge(Rendering, lambda: rows._raw_delete("default"))
    assert {number for number, _ in broken_editions()} == {1}


def test_an_entry_has_no_column_that_is_forgotten_when_it_is_read_back() -> None:
    columns = {field.attname for field in Entry._meta.concrete_fields}
    own = {"id", "entry_digest", "from_edition_id", "until_edition_id"}
    assert columns - own == set(PreparedEntry.COLUMNS)


def test_a_manifest_can_be_computed_from_public_names_alone() -> None:
    snippet("other", "text", "Not told")
    snippet("name", "text", "Tidewave")
    snippet("name", "text", "Tidewave Ltd")
    article = published("First", "{{ name }}")
    edition, entry = Edition.objects.get(), Entry.objects.get()
    assert edition.manifest_digest == manifest_digest(
        number=1,
        previous="",
        published_at=edition.published_at,
        entries=[("added", article.public_id, "en", entry.entry_digest)],
        snippets=[("name", 2)],
        topics=[],
    )


def test_a_publish_without_snippets_asks_for_none() -> None:
    revision = write_approved("One")
    with CaptureQueriesContext(
        connection,
    ) as told:
        publish_texts(revision)
    inside = [query["sql"] for query in told.captured_queries if "articles_snippet" in query["sql"]]
    assert inside == []


def test_the_command_says_that_all_is_well_or_names_what_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    published("Roaming")
    call_command("verify_editions")
    assert "1 editions are what they were" in capsys.readouterr().out
    forge(Entry, lambda: Entry.objects.update(title="Forged"))
    with pytest.raises(SystemExit) as ended:
        call_command("verify_editions")
    assert ended.value.code == 1
    assert "edition 1: entry" in capsys.readouterr().err
