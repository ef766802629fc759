"""What a snippet's value says: as it is written and as it is spoken, in each locale and region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.admin.comparisons import marked
from articles.comparing import word_diff
from articles.document import facts
from articles.document.blocks import Fact, Link, Text
from articles.document.errors import DocumentError
from articles.document.regional import in_region, regions_of
from articles.locales import locale_choices, region_choices
from articles.models import SnippetKind


@dataclass(frozen=True, slots=True)
class Said:
    written: str = ""  # "" where it says nothing
    spoken: str = ""  # "" where a voice reads what is written


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A locale and region with what one value says there, and the other; what differs is marked."""

    locale: str
    language: str
    region: str  # in words; "" for everywhere
    before: SafeString
    after: SafeString
    spoken_before: SafeString
    spoken_after: SafeString
    changed: bool


def told_rows(kind: str, value: Any, before: Any = None) -> list[ToldRow]:
    """Return what `value` says, beside what `before` (None: nothing) said, where either says
    something."""
    return list(_rows(kind, value, before))


def _rows(kind: str, value: Any, before: Any) -> Iterator[ToldRow]:
    names = dict(region_choices())
    for region in dict.fromkeys(("", *regions_of(value), *regions_of(before))):
        for locale, language in locale_choices():
            after, old = _said(kind, value, locale, region), _said(kind, before, locale, region)
            if after == old == Said():
                continue
            old = old if before is not None else after
            written = list(word_diff(old.written, after.written))
            spoken = list(word_diff(old.spoken, after.spoken))
            yield ToldRow(
                locale=locale,
                language=language,
                region=names.get(region, region),
                before=marked(piece for piece in written if piece.kind != "added"),
                after=marked(piece for piece in written if piece.kind != "removed"),
                spoken_before=marked(piece for piece in spoken if piece.kind != "added"),
                spoken_after=marked(piece for piece in spoken if piece.kind != "removed"),
                changed=old != after,
            )


def _said(kind: str, value: Any, locale: str, region: str) -> Said:
    if value is None:
        return Said()
    try:
        if kind == SnippetKind.TEXT:
            part = in_region("", value, region)
            return Said(part.get(locale, "") if isinstance(part, dict) else part)
        presented = facts.present("", kind, value, locale, region)
    except DocumentError:
        return Said()
    match presented:
        case Fact(text=written, spoken=spoken):
            return Said(written, "" if spoken == written else spoken)
        case Link(href, (Text(words),)):
            return Said(_("%(words)s (%(address)s)") % {"words": words, "address": href}, words)
    return Said()
