"""Writing and approving snippets: facts that many articles state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext

from articles.document.facts import validate_value
from articles.document.text import clean_text
from articles.exceptions import InvalidInput, Stale
from articles.models import Snippet, SnippetKind, SnippetRevision
from articles.operations.attachments import note_uses_in_snippet
from articles.operations.audit import operation, record
from articles.problem_messages import translated
from articles.roles import REVIEW, WRITE, require


@operation()
def save_snippet(
    *,
    actor: AbstractUser,
    key: str,
    kind: str,
    value: Any,
    based_on: int,
    now: datetime | None = None,
) -> SnippetRevision:
    """Save a value as a new revision on top of revision `based_on` (0: the snippet is new).

    Saving the value it has makes no new revision. Raises InvalidInput, Stale, NotAllowed.
    """
    require(actor, WRITE)
    if kind == SnippetKind.TEXT:
        value = _cleaned(value)
    _check(key=key, kind=kind, value=value)
    now = now or timezone.now()
    snippet, _ = Snippet.objects.select_for_update().get_or_create(key=key, defaults={"kind": kind})
    head = snippet.head
    current = head.number if head else 0
    if based_on != current:
        raise Stale(gettext("Another revision of this snippet came first."), current=current)
    if snippet.kind != kind:
        raise InvalidInput(
            gettext("This snippet is a %(kind)s.") % {"kind": snippet.get_kind_display()},
            field="kind",
        )
    if head and head.value == value:
        return head
    revision = SnippetRevision.objects.create(
        snippet=snippet, number=current + 1, value=value, author_id=actor.pk, created_at=now
    )
    note_uses_in_snippet(revision)
    snippet.head = revision
    snippet.save(update_fields=["head"])
    record(
        actor=actor,
        action="save-snippet",
        subject=f"snippet {key}",
        now=now,
        detail={"revision": revision.number, "value": value},
    )
    return revision


@operation()
def approve_snippet(
    *, actor: AbstractUser, snippet: Snippet, revision: int, now: datetime | None = None
) -> Snippet:
    """Approve `revision`, the newest, so that it can be published. Raises Stale, NotAllowed."""
    require(actor, REVIEW)
    held = Snippet.objects.select_for_update().get(pk=snippet.pk)
    current = held.head.number if held.head else 0
    if current != revision:
        raise Stale(gettext("A newer value of this snippet was saved meanwhile."), current=current)
    if held.approved_id != held.head_id:
        held.approved = held.head
        held.save(update_fields=["approved"])
        record(
            actor=actor,
            action="approve-snippet",
            subject=f"snippet {held.key}",
            now=now or timezone.now(),
            detail={"revision": revision},
        )
    return held


def _cleaned(value: Any) -> Any:
    """Return a text, or the text for each locale, as an article's body is stored: a browser sends
    other line ends. What is no text stays what it is."""
    if isinstance(value, dict):
        return {locale: _cleaned_text(text) for locale, text in value.items()}
    return _cleaned_text(value)


def _cleaned_text(text: Any) -> Any:
    return clean_text(text).strip("\n") if isinstance(text, str) else text


def _check(*, key: str, kind: str, value: Any) -> None:
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
