"""What an import cannot convert stays out, by the name of its file; the rest is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.models import Article
from tests.converting.told import locales_told
from tests.importing.folder import Folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("converting")]


def test_a_text_that_cannot_be_converted_is_refused_and_the_others_are_published(
    tmp_path: Path,
) -> None:
    folder = Folder(tmp_path)
    folder.write("good.md", title="软件", article_id="good-one")
    folder.write("long.md", title="博客" * 100, article_id="long-one")
    said = folder.load("--publish", locale="zh-hans")
    assert said.failed
    assert "long.md" in said.err
    assert "converted from 简体中文" in said.err
    told = {article.public_id: locales_told(article) for article in Article.objects.all()}
    assert told == {"good-one": {"zh-hans": "", "zh-hant": "zh-hans"}, "long-one": {}}
