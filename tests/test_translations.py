"""The interface speaks every language of the settings, whole: each word the code says is in both
catalogues, and what runs (the .mo files) is what was written (the .po files)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, override, to_locale
from django.utils.translation.template import templatize

ROOT = settings.BASE_DIR
CODE = ("articles", "channels", "knowledgehub")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
LOCALES = ("zh_Hans", "zh_Hant")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\{ \w+ \}\}")

# Common characters of the interface that one of the two scripts does not have.
ONLY_SIMPLIFIED = set("这个们发来时会说对没关开问题读书写应该过还进选择语类请为与从审编辑册线载录")
ONLY_TRADITIONAL = set("這個們發來時會說對沒關開問題讀書寫應該過還進選擇語類請為與從審編輯冊線載錄")
BOTH = ONLY_SIMPLIFIED & ONLY_TRADITIONAL

Key = tuple[str | None, str]


def in_python() -> Iterator[Key]:
    """What the Python code says, as (context, message)."""
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _said(path.read_bytes())


def in_templates() -> Iterator[Key]:
    """What the templates say. Django makes of one what looks like calls between blotted words;
    in brackets the extractor for Python reads it, whatever its indentation."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield from _said(f"({templatize(path.read_text(), origin=str(path))}\n)".encode())


def _said(source: bytes) -> Iterator[Key]:
    for _line, message, _comments, context in extract("python", BytesIO(source), KEYWORDS):
        yield context, message if isinstance(message, str) else message[0]


@pytest.fixture(scope="module")
def wanted() -> set[Key]:
    return {*in_python(), *in_templates()}


@pytest.fixture(scope="module", params=LOCALES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return _catalogue(request.param)


def _catalogue(locale: str) -> Catalog:
    with (_folder(locale) / "django.po").open("rb") as file:
        return read_po(file, locale=locale)


def _folder(locale: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES"


def _messages(catalogue: Catalog) -> dict[Key, Message]:
    return {(m.context, _forms(m.id)[0]): m for m in catalogue if m.id}


def _forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_each_language_of_the_settings_but_english_has_a_catalogue() -> None:
    assert {to_locale(code) for code in settings.LOCALES if code != "en"} == set(LOCALES)


def test_the_extraction_finds_what_is_known_to_be_said(wanted: set[Key]) -> None:
    assert {
        (None, "How can we help?"),  # a template's tag
        (None, "What is wrong, missing or unclear?"),  # a template's argument
        (None, "Nothing found for “%(q)s”"),  # a template's block
        (None, "in review"),  # a model's choice
        (None, "Say why the text is sent back."),  # an operation's refusal
        ("kinds", "all"),
    } <= wanted


def test_every_message_is_translated(catalogue: Catalog, wanted: set[Key]) -> None:
    known = {
        key
        for key, message in _messages(catalogue).items()
        if all(_forms(message.string)) and not message.fuzzy
    }
    untranslated = wanted - known
    assert not untranslated, "run `make messages` and translate what is new"


def test_no_message_is_kept_that_nobody_says(catalogue: Catalog, wanted: set[Key]) -> None:
    unsaid = set(_messages(catalogue)) - wanted
    assert not unsaid, "run `make messages`"


def test_placeholders_are_kept(catalogue: Catalog) -> None:
    wrong = [
        message.id
        for message in _messages(catalogue).values()
        for form in _forms(message.string)
        # Of a plural, the last form is the general one.
        if set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(_forms(message.id)[-1]))
    ]
    assert not wrong


@pytest.mark.parametrize("locale", LOCALES)
def test_what_runs_is_what_was_written(locale: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, _catalogue(locale))
    compiled.seek(0)
    with (_folder(locale) / "django.mo").open("rb") as running:
        assert _sayings(running) == _sayings(compiled), "run `make messages`"


def _sayings(file: BinaryIO) -> dict[object, str]:
    sayings: dict[object, str] = vars(GNUTranslations(file))["_catalog"]  # type: ignore[arg-type]
    return {message: said for message, said in sayings.items() if message}  # but the header


@pytest.mark.parametrize(
    ("locale", "foreign"),
    [("zh_Hans", ONLY_TRADITIONAL - BOTH), ("zh_Hant", ONLY_SIMPLIFIED - BOTH)],
)
def test_no_character_of_the_other_script_slips_in(locale: str, foreign: set[str]) -> None:
    assert len(foreign) > 30
    wrong = [
        form
        for message in _messages(_catalogue(locale)).values()
        for form in _forms(message.string)
        if foreign & set(form)
    ]
    assert not wrong


def test_months_keep_their_names() -> None:
    """Our catalogue comes before Django's: a word of ours that is a month's would rename it."""
    with override("zh-hans"):
        assert gettext("May") == "五月"
