"""Which of our locales a name in a front matter, a folder or a file name means."""

from __future__ import annotations

import re

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
    named: str | None = None
    for position, folder in enumerate(folders):
        if found := locale_named(folder):
            named = found
            del folders[position]
            break
    stem, dot, suffix = name.rpartition(".")
    if dot and stem and (found := locale_named(suffix)):
        named, name = named or found, stem
    return named, "/".join([*folders, name])
