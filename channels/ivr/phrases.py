"""What the telephone says between the menus, by locale."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Phrases:
    choose_language: str  # {key}; the language as callers call it, who hear no script
    welcome: str  # {site}
    other: str  # articles that belong to no topic
    not_found: str
    main_menu: str


_PHRASES = {
    "en": Phrases(
        choose_language="For English, press {key}.",
        welcome="Welcome to {site}. What would you like to know about?",
        other="other questions",
        not_found="Sorry, what you asked for is not here any more.",
        main_menu="Back to the main menu.",
    ),
    "zh-hans": Phrases(
        choose_language="普通话，请按{key}。",
        welcome="欢迎致电{site}。请问您想了解什么？",
        other="其他问题",
        not_found="抱歉，您要找的内容已经不在这里了。",
        main_menu="现在返回主菜单。",
    ),
    "zh-hant": Phrases(
        choose_language="國語，請按{key}。",
        welcome="歡迎致電{site}。請問您想了解什麼？",
        other="其他問題",
        not_found="抱歉，您要找的內容已經不在這裡了。",
        main_menu="現在返回主選單。",
    ),
}


def phrases(locale: str) -> Phrases:
    """Return the phrases of a locale, the English ones where it has none of its own."""
    return _PHRASES.get(locale, _PHRASES["en"])


def language_choice(locale: str, key: int) -> str:
    """Return the sentence that offers a locale, said in that locale where we can."""
    if locale in _PHRASES:
        return _PHRASES[locale].choose_language.format(key=key)
    return f"{settings.LOCALES[locale]}: {key}."
