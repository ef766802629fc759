"""What differs between two editions, whichever came first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.admin.compared_versions import detail_of
from articles.admin.comparisons import Version, marked
from articles.admin.snippet_forms import summary
from articles.chinese import convert_markdown
from articles.comparing import word_diff
from articles.models import Kind, Topic
from articles.models.article import AUDIENCE_CHOICES
from channels.models import Entry, SnippetEntry
from channels.queries import at_edition

MOST_ON_PAGE = 100
MOST_SNIPPETS = 200


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What became of one text; `entry` is the newer of both, or the one that is gone."""

    kind: str  # added, changed or removed
    entry: Entry


@dataclass(frozen=True, slots=True)
class EditionChanges:
    added: int
    changed: int
    removed: int
    page: Page
    changes: list[EntryChange]  # those of the page


@dataclass(frozen=True, slots=True)
class SnippetChange:
    key: str
    value: SafeString


def compare_editions(before: int, after: int, *, page: int = 1) -> EditionChanges:
    """Return the texts that edition `after` told otherwise than `before`, a page of them. Texts
    that were told the same again, as after going back, are none. Three statements."""
    old, new = _only_in(before, after), _only_in(after, before)
    kinds: dict[tuple[str, str], tuple[str, int]] = {}
    for key, (pk, digest) in new.items():
        if key not in old:
            kinds[key] = "added", pk
        elif old[key][1] != digest:
            kinds[key] = "changed", pk
    kinds |= {key: ("removed", pk) for key, (pk, _digest) in old.items() if key not in new}
    order = {"removed": 0, "changed": 1, "added": 2}
    rows = sorted(kinds.items(), key=lambda row: (order[row[1][0]], row[0]))
    shown = Paginator([found for _key, found in rows], MOST_ON_PAGE).get_page(page)
    entries = Entry.objects.in_bulk([pk for _kind, pk in shown])
    counts = Counter(kind for kind, _pk in kinds.values())
    return EditionChanges(
        added=counts["added"],
        changed=counts["changed"],
        removed=counts["removed"],
        page=shown,
        changes=[EntryChange(kind, entries[pk]) for kind, pk in shown],
    )


def compared_snippets(before: int, after: int) -> list[SnippetChange]:
    """Return the snippets whose values differ, with the words marked. Two statements."""
    old, new = _values_only_in(before, after), _values_only_in(after, before)
    return [
        SnippetChange(key, marked(word_diff(old.get(key, ""), new.get(key, ""))))
        for key in sorted(old.keys() | new.keys())[:MOST_SNIPPETS]
        if old.get(key) != new.get(key)
    ]


def entry_of(public_id: str, locale: str, *, edition: int) -> Entry | None:
    """Return what an edition told of a text; None where it told nothing."""
    return (
        at_edition(Entry.objects.select_related("revision__author"), edition)
        .filter(public_id=public_id, locale=locale)
        .first()
    )


def version_of(entry: Entry, name: str) -> Version:
    """Return an entry as a side of a comparison. It comes with its revision."""
    body, detail = entry.revision.body, _("revision %(number)d: %(detail)s")
    if entry.converted_from:
        body = convert_markdown(body, to=entry.locale)
        detail = _("converted from %(language)s, revision %(number)d: %(detail)s")
    topic = Topic.objects.filter(slug=entry.topic).prefetch_related("names").first()
    return Version(
        name=name,
        detail=detail
        % {
            "language": entry.converted_from_name,
            "number": entry.revision.number,
            "detail": detail_of(entry.revision),
        },
        title=entry.title,
        summary=entry.summary,
        questions=entry.questions,
        body=body,
        locale=entry.locale,
        about={
            _("Address"): entry.slug,
            _("Kind"): str(dict(Kind.choices).get(entry.kind, entry.kind)),
            _("Topic"): str(topic or entry.topic),
            _("Audience"): str(dict(AUDIENCE_CHOICES).get(entry.audience, entry.audience)),
            _("Products"): ", ".join(entry.products),
        },
    )


def _only_in(edition: int, other: int) -> Mapping[tuple[str, str], tuple[int, str]]:
    """Return id and digest of the entries that `edition` told and `other` did not, by text."""
    rows = at_edition(Entry.objects.all(), edition).exclude(_told_at(other))
    return {
        (public_id, locale): (pk, digest)
        for public_id, locale, pk, digest in rows.values_list(
            "public_id", "locale", "pk", "entry_digest"
        )
    }


def _values_only_in(edition: int, other: int) -> dict[str, str]:
    rows: QuerySet[SnippetEntry] = at_edition(
        SnippetEntry.objects.select_related("snippet", "revision"), edition
    )
    return {
        row.snippet.key: summary(row.snippet.kind, row.revision.value)
        for row in rows.exclude(_told_at(other))
    }


def _told_at(edition: int) -> Q:
    return Q(from_edition_id__lte=edition) & (
        Q(until_edition_id__gt=edition) | Q(until_edition_id=None)
    )
