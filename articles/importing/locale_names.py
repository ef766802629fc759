"""Which of our locales a name in a front matter, a folder or a file name means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from articles.locales import locales

# Chinese is written in two ways, and sites name them by country as often as by script.
_CHINESE = {
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-hans-cn": "zh-hans",
    "zh-hans-sg": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "zh-hant-tw": "zh-hant",
    "zh-hant-hk": "zh-hant",
    "zh-hant-mo": "zh-hant",
}
_WITH_REGION = re.compile(r"([a-z]{2,3})-(?:[a-z]{2}|[0-9]{3})")
_ANY = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?")
# Where generators keep one folder for each language.
_OF_LANGUAGES = {"i18n", "_i18n"}


def locale_named(name: str) -> str | None:
    """Return the locale that `name` (en, en_US, zh-CN, zh-Hant …) means, None for any other."""
    known = locales()
    code = name.strip().lower().replace("_", "-")
    if code in known:
        return code
    if _CHINESE.get(code) in known:
        return _CHINESE[code]
    with_region = _WITH_REGION.fullmatch(code)
    return with_region[1] if with_region and with_region[1] in known else None


def take_locale(path: str) -> tuple[str | None, str]:
    """Return the locale that a path without its ending names, and the path without it.

    The first folder that is a locale counts, else a suffix as in `name.zh-hant`.
    """
    *folders, name = path.split("/")
    position = _locale_folder(folders)
    named = None if position is None else locale_named(folders.pop(position))
    stem, dot, suffix = name.rpartition(".")
    if dot and stem and (found := locale_named(suffix)):
        named, name = named or found, stem
    return named, "/".join([*folders, name])


def language_folders(paths: Iterable[str]) -> set[str]:
    """Return the folders ("" is the root) whose subfolders are languages, as far as they are named
    like one: the root, one called `i18n`, and one where a locale of ours is told."""
    found = {""}
    for path in paths:
        folders = path.split("/")[:-1]
        position = _locale_folder(folders)
        if position is not None:
            found.add("/".join(folders[:position]))
        found.update(
            "/".join(folders[: n + 1]) for n, name in enumerate(folders) if name in _OF_LANGUAGES
        )
    return found


def foreign_language(path: str, *, language_folders: Collection[str]) -> str | None:
    """Return the language other than ours that a path without its ending names, None for none: by
    a folder in one of `language_folders`, or by a suffix."""
    *folders, name = path.split("/")
    for position, folder in enumerate(folders):
        if "/".join(folders[:position]) in language_folders and _is_language(folder):
            return folder
    stem, dot, suffix = name.rpartition(".")
    return suffix if dot and stem and _is_language(suffix) else None


def _locale_folder(folders: list[str]) -> int | None:
    return next((n for n, folder in enumerate(folders) if locale_named(folder)), None)


@lru_cache(maxsize=1000)
def _is_language(name: str) -> bool:
    """Whether `name` is a language, or one of a script or region, that CLDR knows."""
    code = name.lower().replace("_", "-")
    if not _ANY.fullmatch(code):
        return False
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return code not in ("und", "root")
