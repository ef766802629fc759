"""Which slug each imported text gets."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from articles.importing.addresses import path_parts
from articles.importing.groups import Group
from articles.importing.matching import KnownText, Match
from articles.importing.pages import Page
from articles.models import ArticleText

_LONGEST = 120


def choose_slugs(
    groups: Sequence[Group], matches: Mapping[str, Match], *, overwrite: bool
) -> dict[str, str]:
    """Return the slug of each page, by its path.

    What a new or changed file says itself is taken. Otherwise a text keeps the slug it has, unless
    it has it from the path of a file that was moved. All others get the first that is free of
    `install`, `guide-install`, `guide-install-2` …, the files higher up first.
    """
    chosen: dict[str, str] = {}
    waiting: list[Page] = []
    taken = set(ArticleText.objects.values_list("locale", "slug"))
    for group in groups:
        match = matches[group.key]
        for page in group.in_order():
            text = match.texts.get(page.locale)
            if text is not None:
                taken.discard((page.locale, text.slug))
            if page.slug and (overwrite or text is None or text.sha256 != page.sha256):
                chosen[page.path] = page.slug
            elif text is not None and (page.slug or not _follows_the_file(text, match, page)):
                chosen[page.path] = text.slug
            else:
                waiting.append(page)
    taken |= {(page.locale, chosen[page.path]) for page in _pages(groups) if page.path in chosen}
    for page in sorted(waiting, key=lambda page: (len(page.parts), page.path)):
        slugs = _slugs(page.parts)
        slug = next(slug for slug in slugs if (page.locale, slug) not in taken)
        chosen[page.path] = slug
        taken.add((page.locale, slug))
    return chosen


def _pages(groups: Iterable[Group]) -> Iterator[Page]:
    return (page for group in groups for page in group.in_order())


def _follows_the_file(text: KnownText, match: Match, page: Page) -> bool:
    """Whether the text has its slug from a path that its file no longer has."""
    former = path_parts(match.former_source.partition(":")[2])
    return text.slug in _of_path(former) and text.slug not in _of_path(page.parts)


def _of_path(parts: Sequence[str]) -> list[str]:
    """Return `install`, `guide-install`, `help-guide-install` for a path of these parts."""
    return [
        "-".join(parts[start:])[-_LONGEST:].strip("-_") for start in reversed(range(len(parts)))
    ]


def _slugs(parts: Sequence[str]) -> Iterator[str]:
    slugs = _of_path(parts)
    yield from slugs
    yield from (f"{slugs[-1][: _LONGEST - 8]}-{number}" for number in itertools.count(2))
