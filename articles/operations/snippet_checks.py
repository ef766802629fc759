"""What a snippet's value must be before it is saved or approved."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from articles.document.facts import validate_value
from articles.document.regional import EVERYWHERE, REGIONS, is_regional, regions_of
from articles.document.text import clean_text
from articles.exceptions import InvalidInput
from articles.locales import is_region
from articles.models import Snippet, SnippetKind
from articles.problem_messages import translated
from articles.snippet_uses import circle_through


def cleaned(kind: str, value: Any) -> Any:
    """Return a text, or the text for each locale and region, as an article's body is stored: a
    browser sends other line ends. What is no text stays what it is."""
    return _cleaned(value) if kind == SnippetKind.TEXT else value


def check_value(*, key: str, kind: str, value: Any) -> None:
    """Raise InvalidInput unless a snippet can be called so and say this."""
    if kind not in SnippetKind.values:
        raise InvalidInput(
            gettext("There is no kind of snippet “%(kind)s”.") % {"kind": kind[:20]}, field="kind"
        )
    try:
        Snippet(key=key, kind=kind).clean_fields(exclude=["head", "approved"])
    except ValidationError:
        raise InvalidInput(
            gettext(
                "A key is made of small letters and digits, joined by dots, dashes or underscores."
            ),
            field="key",
        ) from None
    try:
        validate_value(kind, value)
    except ValueError as error:
        raise InvalidInput(translated(str(error)), field="value") from None
    for region in regions_of(value):
        if not is_region(region):
            message = gettext("There is no region “%(region)s” here.") % {"region": region[:40]}
            raise InvalidInput(message, field="value")


def refuse_circle(*, key: str, kind: str, value: Any, approved: bool = False) -> None:
    """Raise InvalidInput, naming the way, where the value leads back to its own snippet by the
    newest values of the others, or by the `approved` ones.

    Two that are saved at one moment and lead to each other are met when one is approved.
    """
    if way := circle_through(key, kind, value, approved=approved):
        message = gettext("This value leads back to itself: %(way)s.") % {"way": " → ".join(way)}
        raise InvalidInput(message, field="value")


def _cleaned(value: Any) -> Any:
    if is_regional(value):
        regions = value[REGIONS]
        parts = {EVERYWHERE: _cleaned_part(value[EVERYWHERE])} if EVERYWHERE in value else {}
        if isinstance(regions, dict):
            regions = {region: _cleaned_part(part) for region, part in regions.items()}
        return value | parts | {REGIONS: regions}
    return _cleaned_part(value)


def _cleaned_part(part: Any) -> Any:
    if isinstance(part, dict):
        return {locale: _cleaned_text(text) for locale, text in part.items()}
    return _cleaned_text(part)


def _cleaned_text(text: Any) -> Any:
    return clean_text(text).strip("\n") if isinstance(text, str) else text
