"""Which locale a field, a folder or a suffix means."""

from __future__ import annotations

import pytest

from articles.importing.locale_names import (
    foreign_language,
    language_folders,
    locale_named,
    take_locale,
)


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("en", "en"),
        ("en_US", "en"),
        ("EN-gb", "en"),
        ("zh", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh_TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("zh-Hans", "zh-hans"),
        ("fr", None),
        ("en-route", None),
        ("english", None),
    ],
)
def test_a_name_means_one_of_our_locales_or_none(name: str, locale: str | None) -> None:
    assert locale_named(name) == locale


@pytest.mark.parametrize(
    ("path", "locale", "key"),
    [
        ("guides/install", None, "guides/install"),
        ("en/guides/install", "en", "guides/install"),
        ("docs/zh-TW/guides/install", "zh-hant", "docs/guides/install"),
        ("guides/install.zh-hans", "zh-hans", "guides/install"),
        ("guides/install.v2", None, "guides/install.v2"),
        ("en/zh/tones", "en", "zh/tones"),
    ],
)
def test_the_same_path_in_another_locale_is_the_same_key(
    path: str, locale: str | None, key: str
) -> None:
    assert take_locale(path) == (locale, key)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("de/a", "de"),
        ("pt-BR/a", "pt-BR"),
        ("guides/a.fr", "fr"),
        ("guides/de/a", None),
        ("i18n/de/docs/a", "de"),
        ("docs/de/a", "de"),
        ("guides/a.v2", None),
        ("api/a", None),
        ("a", None),
    ],
)
def test_another_language_is_known_by_folder_or_suffix(path: str, language: str | None) -> None:
    folders = language_folders(["docs/en/a", "guides/install", path])
    assert foreign_language(path, language_folders=folders) == language
