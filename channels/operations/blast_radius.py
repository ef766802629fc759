"""The blast radius: what each kind of reader gets otherwise when a candidate goes live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from types import MappingProxyType

from articles.audiences import AGENT, AUDIENCES, PUBLIC, rank
from channels.models import Blob
from channels.operations.candidate import Candidate, LiveEntry, PreparedEntry
from channels.operations.chunks import chunks
from channels.operations.stored import read_back
from channels.renderers.speech_time import seconds_of_speech
from channels.renderers.spoken_script import spoken_script

BATCH = 50  # texts whose scripts are in memory at a time

# Which readers a channel tells, and by which stored format. The API tells its keys' holders all.
CHANNELS: Mapping[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "website": (frozenset({PUBLIC}), ("html",)),
    "phone": (frozenset({PUBLIC}), ("ssml",)),
    "feeds": (frozenset(AUDIENCES), ("html", "text")),
    "agents": (frozenset({AGENT}), ("html",)),
    "api": (frozenset(AUDIENCES), ("html", "text", "markdown", "ssml", "document")),
}
# What lists and pages say of a text beside its renderings; on the phone only the title is said.
SAID = ("title", "summary", "questions", "slug", "kind", "topic", "audience", "converted_from")
WITH_DIGEST = {"html", "document"}
SAID_ON_THE_PHONE = ("title", "topic")


@dataclass(frozen=True, slots=True)
class Told:
    """What readers of one audience get of a text: its entry, and per format what tells whether it
    is the same."""

    entry: PreparedEntry
    shas: Mapping[str, str]

    def said(self, name: str) -> str:
        value = getattr(self.entry, name)
        return "\n".join(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Change:
    """What readers of some audiences get otherwise of one text."""

    article_id: int
    locale: str
    converted_from: str  # the locale that a conversion is made from, "" for what people wrote
    title: str
    change: str  # added, changed or removed
    audiences: tuple[str, ...]
    channels: tuple[str, ...]
    said: tuple[tuple[str, str, str], ...]  # what, before, after
    before: str  # the plain text's SHA-256; "" where these readers get none
    after: str
    seconds_before: int = 0
    seconds_after: int = 0


Pair = tuple[PreparedEntry | None, PreparedEntry | None]


def changes_of(candidate: Candidate) -> Iterator[list[Change]]:
    """Yield what changes, for some tens of texts at a time; one text may have several changes."""
    coming = partial(_with_before, candidate)
    for entries in chunks(candidate.entries, BATCH):
        yield _changes(coming(entries))
    for removed in chunks(candidate.removed, BATCH):
        yield _changes([(entry, None) for entry in _stored(removed)])


def changes_between(pairs: Iterable[Pair], bodies: Mapping[str, bytes]) -> list[Change]:
    """Return what changes from the first to the second of each pair; `bodies` holds bytes, by
    their SHA-256, that are not stored."""
    return _changes(pairs, bodies)


def _with_before(candidate: Candidate, entries: Sequence[PreparedEntry]) -> list[Pair]:
    replaced = [candidate.replaced[e.key] for e in entries if e.key in candidate.replaced]
    before = {entry.key: entry for entry in _stored(replaced)}
    return [(before.get(entry.key), entry) for entry in entries]


def _stored(live: Iterable[LiveEntry]) -> list[PreparedEntry]:
    return [prepared for _, prepared in read_back(entry.id for entry in live)]


def _changes(
    pairs: Iterable[Pair], bodies: Mapping[str, bytes] = MappingProxyType({})
) -> list[Change]:
    found: list[tuple[Change, Told | None, Told | None]] = []
    for before, after in pairs:
        by_audience = [(a, _told(before, a), _told(after, a)) for a in AUDIENCES]
        # Readers who got the same and will get the same are told of together.
        for (was, will), group in groupby(by_audience, key=lambda told: told[1:]):
            audiences = tuple(audience for audience, *_ in group)
            if change := _change(was, will, audiences):
                found.append((change, was, will))
    return list(_with_seconds(found, bodies))


def _told(entry: PreparedEntry | None, audience: str) -> Told | None:
    """Return what readers of this audience get of an entry: per format the rendering of the
    highest rank that is not above theirs."""
    if entry is None or entry.audience_rank > rank(audience):
        return None
    shas: dict[str, str] = {}
    versions: dict[str, int] = {}
    for rendering in sorted(entry.renderings, key=lambda r: r.audience_rank):
        if rendering.audience_rank <= rank(audience):
            shas[rendering.format] = rendering.sha256
            versions[rendering.format] = rendering.renderer_version
    # These name the digest of all that the text says to anybody: to these readers they are the
    # same as long as their Markdown is.
    for format in WITH_DIGEST & shas.keys():
        shas[format] = f"{shas['markdown']} {versions[format]}"
    return Told(entry, shas)


def _change(was: Told | None, will: Told | None, audiences: tuple[str, ...]) -> Change | None:
    entry = will.entry if will else was.entry if was else None
    if entry is None:
        return None
    said: tuple[tuple[str, str, str], ...] = ()
    if was and will:
        compared = [(name, was.said(name), will.said(name)) for name in SAID]
        said = tuple(row for row in compared if row[1] != row[2])
    channels = tuple(
        name
        for name, (told, formats) in CHANNELS.items()
        if not told.isdisjoint(audiences) and _differs(name, formats, was, will, said)
    )
    if not channels:
        return None
    return Change(
        article_id=entry.article_id,
        locale=entry.locale,
        converted_from=entry.converted_from,
        title=entry.title,
        change="changed" if was and will else "added" if will else "removed",
        audiences=audiences,
        channels=channels,
        said=said,
        before=was.shas.get("text", "") if was else "",
        after=will.shas.get("text", "") if will else "",
    )


def _differs(
    channel: str,
    formats: tuple[str, ...],
    was: Told | None,
    will: Told | None,
    said: tuple[tuple[str, str, str], ...],
) -> bool:
    if was is None or will is None:
        return True
    told_otherwise = {name for name, *_ in said}
    if channel == "phone":
        told_otherwise &= set(SAID_ON_THE_PHONE)
    return bool(told_otherwise) or any(
        was.shas.get(name) != will.shas.get(name) for name in formats
    )


def _with_seconds(
    found: list[tuple[Change, Told | None, Told | None]], bodies: Mapping[str, bytes]
) -> Iterator[Change]:
    wanted = {told.shas["ssml"] for _, *both in found for told in both if told}
    scripts = {sha: bodies[sha] for sha in wanted & bodies.keys()}
    for some in chunks(sorted(wanted - scripts.keys())):
        rows = Blob.objects.filter(pk__in=some).values_list("sha256", "body")
        scripts |= {sha: bytes(body) for sha, body in rows}
    seconds = {sha: seconds_of_speech(spoken_script(body)) for sha, body in scripts.items()}
    for change, was, will in found:
        yield replace(
            change,
            seconds_before=seconds[was.shas["ssml"]] if was else 0,
            seconds_after=seconds[will.shas["ssml"]] if will else 0,
        )
