"""Which other snippets a snippet's text uses, and where that leads back to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from articles.document.parse import parse
from articles.document.references import snippet_keys
from articles.document.regional import parts_of


def texts_of(value: Any) -> Iterator[str]:
    """Yield the Markdown of a valid text value, of each region and locale."""
    for _region, part in parts_of(value):
        yield from part.values() if isinstance(part, dict) else (part,)


def keys_in_text(source: str) -> tuple[str, ...]:
    """Return the keys of the snippets that Markdown uses, each once."""
    return snippet_keys(parse(source, locale="en").body) if "{{" in source else ()


def keys_in(kind: str, value: Any) -> tuple[str, ...]:
    """Return the keys that a valid value uses, each once: only texts use others."""
    if kind != "text":
        return ()
    keys = (key for source in texts_of(value) for key in keys_in_text(source))
    return tuple(dict.fromkeys(keys))


def circle(key: str, uses: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the shortest way from `key` back to itself, both ends included; () for none."""
    came_from: dict[str, str] = {}
    front = [key]
    while front:
        further = []
        for here in front:
            for used in uses.get(here, ()):
                if used == key:
                    return (*_way(key, here, came_from), key)
                if used not in came_from:
                    came_from[used] = here
                    further.append(used)
        front = further
    return ()


def users_of(key: str, uses: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return each snippet that uses `key`, directly or through others, and through which one of
    them first: user -> the next on the way to `key`."""
    used_by: dict[str, list[str]] = {}
    for user, used in uses.items():
        for one in used:
            used_by.setdefault(one, []).append(user)
    found: dict[str, str] = {}
    front = [key]
    while front:
        further = []
        for here in front:
            for user in used_by.get(here, ()):
                if user != key and user not in found:
                    found[user] = here
                    further.append(user)
        front = further
    return found


def _way(start: str, end: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
