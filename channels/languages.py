"""Language tags: how a locale of ours is named to browsers (BCP 47) and to speech engines."""

from __future__ import annotations

_HTML_LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}

# Speech engines choose a voice by region, so a locale without one gets the usual region.
_SPEECH_LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN", "zh-hant": "zh-TW"}


def html_lang(locale: str) -> str:
    """Return the BCP 47 tag for `lang` attributes; a locale we do not know is its own tag."""
    return _HTML_LANGUAGES.get(locale.lower(), locale)


def speech_lang(locale: str) -> str:
    """Return the tag that a speech engine chooses a voice by, such as `en-GB`."""
    return _SPEECH_LANGUAGES.get(locale.lower(), html_lang(locale))
