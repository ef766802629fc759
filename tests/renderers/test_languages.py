"""Locales as browsers and speech engines name them."""

from __future__ import annotations

import pytest

from channels.languages import html_lang, speech_lang


@pytest.mark.parametrize(
    ("locale", "written", "spoken"),
    [
        ("en", "en", "en-GB"),
        ("zh-hans", "zh-Hans", "zh-CN"),
        ("zh-Hant", "zh-Hant", "zh-TW"),
        ("fr", "fr", "fr"),
        ("pt-BR", "pt-BR", "pt-BR"),
    ],
)
def test_a_locale_is_named_for_eyes_and_for_ears(locale: str, written: str, spoken: str) -> None:
    assert (html_lang(locale), speech_lang(locale)) == (written, spoken)
