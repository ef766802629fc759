"""Which locale a field, a folder or a suffix means."""

from __future__ import annotations

import pytest

from articles.importing.locale_names import locale_named, take_locale


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
