"""A snippet's value in converted texts: what it changes is told of them as well."""

from __future__ import annotations

import pytest

from articles.operations.audit import system_user
from articles.operations.snippets import save_snippet
from channels.models import EntrySnippet
from channels.operations.snippet_effect import effect_of
from tests.admin.conftest import author_desk
from tests.admin.desk import Desk, words
from tests.building import published, snippet

__all__ = ["author_desk"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("converting")]


def test_the_review_of_a_value_shows_what_it_changes_in_converted_texts(
    author_desk: Desk,
) -> None:
    old = snippet("name", "text", "汐浪")
    published("漫游", "{{ name }} 的网络", locale="zh-hans")
    new = save_snippet(
        actor=system_user(), key="name", kind="text", value="汐浪移动", based_on=old.number
    )
    page = words(author_desk.open("articles_snippet_review", old.snippet_id))
    assert "Used in 2 live texts" in page
    (entry,) = EntrySnippet.objects.filter(entry__locale="zh-hant").values_list("entry", flat=True)
    effect = effect_of(new, [entry])
    (change,) = effect.changes
    assert (change.locale, change.converted_from, effect.unchanged) == ("zh-hant", "zh-hans", 0)
    assert "汐浪移动的網路" in effect.bodies[change.after].decode().replace(" ", "")
