"""Converted texts: what readers get in a locale that has no text of its own, where the settings say
what it is converted from (decision 14).

A conversion is told like any text, by an entry of its own, and follows its origin: it begins,
changes and ends with it, in the same edition. A text of its own takes its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from articles.chinese import converter
from articles.locales import locale_conversions
from channels.models import Entry
from channels.operations.candidate import LiveEntry
from channels.operations.chunks import chunks
from channels.operations.subjects import Subject, again, said_live

LONGEST_SLUG = 120  # characters, as Entry has it

Key = tuple[str, str]  # public id and locale


def crowding_out(texts: Iterable[Subject]) -> set[int]:
    """Return the articles (ids) with a live conversion at an address that one of the `texts` is to
    get: no conversion keeps a text of people's own from its address."""
    wanted: dict[str, dict[str, str]] = {target: {} for target in locale_conversions()}
    for text in texts:
        if text.locale in wanted:
            wanted[text.locale][text.slug] = text.public_id
    found = set()
    for locale, takers in wanted.items():
        for slugs in chunks(sorted(takers)):
            rows = Entry.objects.live().filter(locale=locale, slug__in=slugs)
            rows = rows.exclude(converted_from="")
            for article_id, public_id, slug in rows.values_list("article_id", "public_id", "slug"):
                if takers[slug] != public_id:
                    found.add(article_id)
    return found


def conversions_of(texts: Sequence[Subject], live: Mapping[Key, LiveEntry]) -> list[Subject]:
    """Return the conversions that the articles of `live` and of `texts` are to have, when `texts`
    are told and what else is live of them stays."""
    conversions = locale_conversions()
    if not conversions:
        return []
    found: list[Subject] = []
    told = {key: again(entry, said_live(entry)) for key, entry in _own(live).items()}
    told |= {(text.public_id, text.locale): text for text in texts}
    for target, origin in conversions.items():
        subjects = [
            replace(
                text,
                locale=target,
                renames=False,
                converted_from=origin,
                converter=converter(target),
            )
            for (public_id, locale), text in told.items()
            if locale == origin and (public_id, target) not in told
        ]
        found += _addressed(subjects, locale=target, told=told.values(), live=live)
    return found


def no_longer_converted(
    subjects: Iterable[Subject], live: Mapping[Key, LiveEntry]
) -> Iterator[LiveEntry]:
    """Yield the live conversions that none of the `subjects` follows."""
    told = {(subject.public_id, subject.locale) for subject in subjects}
    for key, entry in live.items():
        if entry.converted_from and key not in told:
            yield entry


def _own(live: Mapping[Key, LiveEntry]) -> dict[Key, LiveEntry]:
    return {key: entry for key, entry in live.items() if not entry.converted_from}


def _addressed(
    subjects: Sequence[Subject],
    *,
    locale: str,
    told: Iterable[Subject],
    live: Mapping[Key, LiveEntry],
) -> Iterator[Subject]:
    """Yield each conversion at an address that is free: its origin's, or that with the article's id
    behind it. Where it has one of the two already, it stays there."""
    taken = {text.slug: text.public_id for text in told if text.locale == locale}
    taken |= _taken_elsewhere(subjects, locale=locale, live=live)
    for subject in subjects:
        choices = [subject.slug, _longer(subject)]
        before = live.get((subject.public_id, locale))
        if before and before.slug in choices:
            choices.insert(0, before.slug)
        free = (slug for slug in choices if slug not in taken)
        slug = next(free, choices[-1])  # Where neither is, the address is named as taken.
        taken[slug] = subject.public_id
        yield replace(subject, slug=slug)


def _taken_elsewhere(
    subjects: Sequence[Subject], *, locale: str, live: Mapping[Key, LiveEntry]
) -> dict[str, str]:
    """Return the addresses that articles outside of this publish have."""
    found: dict[str, str] = {}
    inside: dict[str, list[int]] = defaultdict(list)
    for entry in live.values():
        inside[entry.locale].append(entry.id)
    choices = {slug for subject in subjects for slug in (subject.slug, _longer(subject))}
    ours = set(inside[locale])
    for slugs in chunks(sorted(choices)):
        rows = Entry.objects.live().filter(locale=locale, slug__in=slugs)
        for pk, slug, public_id in rows.values_list("pk", "slug", "public_id"):
            if pk not in ours:
                found[slug] = public_id
    return found


def _longer(subject: Subject) -> str:
    """Return the origin's address with the article's id, which no other article has."""
    return f"{subject.slug[: LONGEST_SLUG - len(subject.public_id) - 1]}-{subject.public_id}"
