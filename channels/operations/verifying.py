"""Proving what was told: every edition's manifest digest, recomputed from the rows themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from channels.models import Blob, Edition, Entry, SnippetEntry, TopicEntry
from channels.operations.candidate import manifest_digest
from channels.operations.stored import read_back


def broken_editions() -> Iterator[tuple[int, str]]:
    """Yield (number, what is wrong) for each edition that is not what it was, in order."""
    previous, expected = "", 1
    for edition in Edition.objects.order_by("number").iterator():
        if edition.number != expected:
            yield edition.number, f"edition {expected} is missing"
        expected = edition.number + 1
        if edition.previous_digest != previous:
            yield edition.number, "it does not follow the edition before it"
        if _digest_of(edition) != edition.manifest_digest:
            yield edition.number, "its entries are not those of its manifest"
        previous = edition.manifest_digest
    for entry, said in read_back(Entry.objects.order_by("pk").values_list("pk", flat=True)):
        if said.digest() != entry.entry_digest:
            yield entry.from_edition_id, f"entry {entry.public_id} ({entry.locale}) was changed"


def broken_bytes() -> Iterator[str]:
    """Yield the hash of each stored rendering whose bytes are no longer those of its hash."""
    for blob in Blob.objects.iterator(chunk_size=100):
        if hashlib.sha256(bytes(blob.body)).hexdigest() != blob.sha256:
            yield blob.sha256


def _digest_of(edition: Edition) -> str:
    return manifest_digest(
        number=edition.number,
        previous=edition.previous_digest,
        published_at=edition.published_at,
        entries=_entries(edition.number),
        snippets=_snippets(edition.number),
        topics=_topics(edition.number),
    )


def _entries(number: int) -> Iterator[tuple[str, str, str, str]]:
    fields = ("public_id", "locale", "entry_digest")
    begun = {
        (public_id, locale): digest
        for public_id, locale, digest in Entry.objects.filter(from_edition=number).values_list(
            *fields
        )
    }
    ended = {
        (public_id, locale): digest
        for public_id, locale, digest in Entry.objects.filter(until_edition=number).values_list(
            *fields
        )
    }
    for key, digest in begun.items():
        yield ("changed" if key in ended else "added", *key, digest)
    for key, digest in ended.items():
        if key not in begun:
            yield ("removed", *key, digest)


def _snippets(number: int) -> Iterator[tuple[str, int | None]]:
    rows = SnippetEntry.objects.filter(from_edition=number)
    begun = dict(rows.values_list("snippet__key", "revision__number"))
    yield from begun.items()
    ended = SnippetEntry.objects.filter(until_edition=number)
    for key in ended.values_list("snippet__key", flat=True):
        if key not in begun:
            yield (key, None)


def _topics(number: int) -> Iterator[tuple[Any, ...]]:
    begun = set()
    for row in TopicEntry.objects.filter(from_edition=number):
        begun.add(row.slug)
        names = [list(name) for name in sorted(row.names.items())]
        yield (row.slug, row.parent, row.position, names)
    for slug in TopicEntry.objects.filter(until_edition=number).values_list("slug", flat=True):
        if slug not in begun:
            yield (slug,)
