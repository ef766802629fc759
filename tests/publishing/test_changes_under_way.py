"""What somebody is changing while an edition is made: it waits for them, and tells what they said.

The change begins first and is committed while a publisher waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from articles.exceptions import Stale
from articles.operations.audit import system_user
from articles.operations.reviewing import approve, submit
from articles.operations.snippets import approve_snippet, save_snippet
from channels.exceptions import PublishRefused
from channels.models import Edition, Entry
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from channels.queries import current_number
from tests.building import narrow, publish_texts, published, snippet, write, write_approved

pytestmark = pytest.mark.django_db(transaction=True)

WAITS = 0.3  # seconds in which a publisher would be done who waits for nobody
FEE = {"amount": "5.00", "currency": "GBP"}


def while_changing(change: Callable[[], object], publishing: Callable[[], Edition]) -> object:
    """Let `publishing` begin when `change` is made but not committed; return what came of it."""

    def work() -> object:
        try:
            return publishing()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            change()
            publisher = pool.submit(work)
            wait([publisher], timeout=WAITS)
        return publisher.result(timeout=20)


def test_a_value_is_not_published_when_a_newer_one_is_being_approved() -> None:
    actor = system_user()
    old = snippet("fee", "money", FEE)
    new = save_snippet(
        actor=actor, key="fee", kind="money", value=FEE | {"amount": "7.00"}, based_on=1
    )
    result = while_changing(
        lambda: approve_snippet(actor=actor, snippet=new.snippet, revision=2),
        lambda: publish(items=[old], actor=actor),
    )
    assert isinstance(result, Stale), result
    assert result.current == 2
    assert current_number() == 0


def test_a_text_is_not_published_when_a_newer_one_is_being_approved() -> None:
    actor = system_user()
    old = write_approved("Roaming", "Old words.")
    new = write("Roaming", "New words.", article=old.text.article)
    submit(actor=actor, text=new.text, revision=2)
    result = while_changing(
        lambda: approve(actor=actor, text=new.text, revision=2), lambda: publish_texts(old)
    )
    assert isinstance(result, Stale), result
    assert result.current == 2
    assert current_number() == 0


def test_a_text_is_published_for_those_alone_to_whom_its_article_is_being_narrowed() -> None:
    revision = write_approved("Margins")
    article = revision.text.article
    result = while_changing(lambda: narrow(article), lambda: publish_texts(revision))
    assert isinstance(result, Edition), result
    assert Entry.objects.live().get().audience == "agent"


def test_nobody_goes_back_to_more_readers_than_an_article_is_being_narrowed_to() -> None:
    article = published("Margins", "Old words.")
    published("Margins", "New words.", article=article)
    result = while_changing(lambda: narrow(article), lambda: go_back(number=1, actor=system_user()))
    assert isinstance(result, PublishRefused), result
    assert "narrowed" in str(result)
    assert current_number() == 2
