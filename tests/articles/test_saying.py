"""What is said about an article: every change names the version it is based on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles.exceptions import InvalidInput, NotAllowed, Stale
from articles.models import Article, AuditRecord
from articles.operations.audit import system_user
from articles.operations.writing import create_article, update_article

pytestmark = pytest.mark.django_db

AT_ONCE = 8


def say(article: Article, *, based_on: int | None, **said: object) -> Article:
    everything = {"kind": "support", "topic": None, "audience": "public", **said}
    actor = everything.pop("actor", None) or system_user()
    return update_article(actor=actor, article=article, based_on=based_on, **everything)  # type: ignore[arg-type]


def changes() -> int:
    return AuditRecord.objects.filter(action="update-article").count()


def test_a_change_makes_the_next_version_and_is_recorded(author: User) -> None:
    article = create_article(actor=author, kind="support", audience="public")

    changed = say(article, based_on=1, tags=["esim"], review_by=date(2027, 1, 1), owner=author)

    assert (changed.version, changed.tags, changed.owner) == (2, ["esim"], author)
    assert changes() == 1


def test_a_change_on_an_old_version_is_refused_and_told_which_came_first() -> None:
    article = create_article(actor=system_user(), kind="support", audience="public")
    say(article, based_on=1, audience="agent")

    with pytest.raises(Stale) as refusal:
        say(article, based_on=1, audience="public", tags=["esim"])

    assert refusal.value.current == 2
    article.refresh_from_db()
    assert (article.audience, article.tags) == ("agent", [])


def test_saying_what_is_said_already_is_no_change_on_any_base() -> None:
    article = create_article(actor=system_user(), kind="support", audience="public")
    say(article, based_on=1, tags=["esim"])

    assert say(article, based_on=1, tags=["esim"]).version == 2
    assert changes() == 1


def test_a_change_that_names_no_base_is_refused() -> None:
    article = create_article(actor=system_user(), kind="support", audience="public")

    with pytest.raises(InvalidInput) as refusal:
        say(article, based_on=None, tags=["esim"])

    assert refusal.value.field == "based_on"


def test_agents_may_not_say_anything_about_an_article(agent: User) -> None:
    article = create_article(actor=system_user(), kind="support")

    with pytest.raises(NotAllowed):
        say(article, based_on=1, actor=agent)


@pytest.mark.django_db(transaction=True)
def test_of_many_changes_on_one_version_at_once_exactly_one_is_made() -> None:
    actor = system_user()
    article = create_article(actor=actor, kind="support", audience="public")
    barrier = Barrier(AT_ONCE)

    def change(number: int) -> object:
        try:
            barrier.wait(timeout=20)
            return say(article, based_on=1, tags=[f"tag {number}"])
        except Stale as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(change, range(AT_ONCE)))

    assert [type(result) for result in results].count(Article) == 1
    assert [type(result) for result in results].count(Stale) == AT_ONCE - 1
    assert changes() == 1
