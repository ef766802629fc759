"""Files of one article in several languages, imported together, say the same."""

from __future__ import annotations

import pytest

from articles.models import Revision
from tests.importing.folder import Folder, article, head

pytestmark = pytest.mark.django_db


def named(slug: str, locale: str) -> Revision | None:
    return head(slug, locale).translation_of


def test_a_translation_names_the_sources_revision_of_its_run(folder: Folder) -> None:
    folder.write("en/a.md", "One.\n", title="A")
    folder.write("zh-hans/a.md", "一。\n", title="甲")
    folder.load()
    assert article("a").source_locale == "en"
    assert named("a", "zh-hans") == head("a")
    assert named("a", "en") is None

    folder.write("en/a.md", "Two.\n", title="A")
    folder.write("zh-hans/a.md", "二。\n", title="甲")
    folder.load()
    translated = named("a", "zh-hans")
    assert translated is not None
    assert translated.number == 2


def test_a_translations_file_that_was_left_as_it_was_does_not_follow_the_source(
    folder: Folder,
) -> None:
    folder.write("en/a.md", "One.\n", title="A")
    folder.write("zh-hans/a.md", "一。\n", title="甲")
    folder.load()
    folder.write("en/a.md", "Two.\n", title="A")
    folder.write("zh-hans/a.md", "一。\n", title="甲", tags="[new]")
    folder.load()
    translated = named("a", "zh-hans")
    assert translated is not None
    assert (translated.number, head("a").number, head("a", "zh-hans").number) == (1, 2, 1)


def test_an_article_that_comes_without_the_default_language_has_another_source(
    folder: Folder,
) -> None:
    folder.write("zh-hans/a.md", "一。\n", title="甲")
    folder.write("zh-hant/a.md", "一。\n", title="甲")
    folder.load()
    source = head("a", "zh-hans")
    assert source.text.article.source_locale == "zh-hans"
    assert named("a", "zh-hant") == source
