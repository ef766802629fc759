"""Which snippets use which, and which texts name them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from articles.document.snippet_texts import circle, keys_in, keys_in_text
from articles.models import ArticleText, Snippet, SnippetKind, SnippetUse

_MOST_LEVELS = 20  # more than can be published


def uses_of_snippets() -> dict[str, set[str]]:
    """Return which others each snippet's text uses, in its newest or its approved value. One
    statement."""
    uses = {}
    texts = Snippet.objects.filter(kind=SnippetKind.TEXT).select_related("head", "approved")
    for snippet in texts.order_by():
        values = [row.value for row in {snippet.head, snippet.approved} if row]
        if used := {key for value in values for key in keys_in(snippet.kind, value)}:
            uses[snippet.key] = used
    return uses


def circle_through(key: str, kind: str, value: object, *, approved: bool) -> tuple[str, ...]:
    """Return the way on which `value` would lead back to its own snippet `key`, by the newest
    values of the others, or by the `approved` ones; () where it does not. A statement a level."""
    uses: dict[str, tuple[str, ...]] = {key: keys_in(kind, value)}
    front = set(uses[key])
    which = "approved" if approved else "head"
    for _level in range(_MOST_LEVELS):
        if not front:
            break
        rows = Snippet.objects.filter(key__in=front - uses.keys(), kind=SnippetKind.TEXT)
        found = {
            name: keys_in(SnippetKind.TEXT, used)
            for name, used in rows.exclude(**{which: None}).values_list("key", f"{which}__value")
        }
        uses |= found
        front = {used for keys in found.values() for used in keys} - uses.keys()
    return circle(key, uses)


def note_snippets(text: ArticleText, body: str) -> None:
    """Keep which snippets the newest revision of a text names."""
    named = set(keys_in_text(body))
    kept = set(text.snippet_uses.values_list("key", flat=True))
    if gone := kept - named:
        text.snippet_uses.filter(key__in=gone).delete()
    SnippetUse.objects.bulk_create(
        [SnippetUse(text=text, key=key) for key in sorted(named - kept)], ignore_conflicts=True
    )


def texts_naming(keys: Iterable[str]) -> Q:
    """Return which texts name one of `keys` in their newest revision."""
    return Q(pk__in=SnippetUse.objects.filter(key__in=list(keys)).values("text_id"))


def keys_by_text(texts: Iterable[int], keys: Iterable[str]) -> dict[int, list[str]]:
    """Return which of `keys` each of these texts names in its newest revision. One statement."""
    found: dict[int, list[str]] = {}
    rows = SnippetUse.objects.filter(text__in=list(texts), key__in=list(keys)).order_by("key")
    for text, key in rows.values_list("text_id", "key"):
        found.setdefault(text, []).append(key)
    return found
